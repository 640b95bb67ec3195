# What the scripts of this folder share; they read it with `.`, from the project's root.
peers=$PWD/target/peers

# python_with REQUIREMENT...: the peers' own Python environment, holding these packages.
python_with() {
    [[ -x $peers/venv/bin/python ]] || python3 -m venv "$peers/venv"
    "$peers/venv/bin/pip" install -q --disable-pip-version-check "$@"
}

# The default model's file, as the tests of the engine find it.
default_model() {
    local cache=${WEIGH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/weighhouse}
    local file=${WEIGH_MODEL_SMOLLM2:-$cache/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf}
    [[ -f $file ]] || {
        echo "no $file: \`weigh model pull smollm2-135m-instruct\` gets it" >&2
        exit 2
    }
    echo "$file"
}

# The folder of mc200's items, as the tests of the engine find it.
reference() {
    local folder=${WEIGH_SHARED:-../shared}/reference
    [[ -f $folder/mc200.jsonl ]] || {
        echo "no $folder/mc200.jsonl: name the folder above it in WEIGH_SHARED" >&2
        exit 2
    }
    (cd "$folder" && pwd)
}
