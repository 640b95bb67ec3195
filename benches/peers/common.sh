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
        return 1
    }
    echo "$file"
}

# The folder of mc200's items, as the tests of the engine find it.
reference() {
    local folder=${WEIGH_SHARED:-../shared}/reference
    [[ -f $folder/mc200.jsonl ]] || {
        echo "no items are scored: no $folder/mc200.jsonl; WEIGH_SHARED names the folder above" >&2
        return 1
    }
    (cd "$folder" && pwd)
}

# The default model's weights in F32 as a Hugging Face folder, for what reads no GGUF file.
hf_folder() {
    benches/peers/llama.sh
    python_with gguf==0.19.0 safetensors==0.8.0 tokenizers==0.23.3
    [[ -f $peers/hf/model.safetensors ]] ||
        "$peers/venv/bin/python" benches/peers/hf_folder.py "$peers/models/F32.gguf" "$peers/hf"
}
