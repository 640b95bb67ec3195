#!/usr/bin/env bash
# Measures peers and this engine one after the other and prints one table.
#
#   benches/peers/run.sh [weigh|llama|candle|lm-eval]...      all four, without arguments
#
# ITEMS (24) multiple-choice items are scored, if their folder is there. What is missing is fetched
# and built first, with pip, cmake and cargo. Everything lies in target/peers.
set -euo pipefail
cd "$(dirname "$0")/../.."
. benches/peers/common.sh
export RAYON_NUM_THREADS=2 OMP_NUM_THREADS=2
items=${ITEMS:-24} results=$peers/results
reference=$(reference) || items=0

prepare_weigh() {
    benches/peers/llama.sh
    cargo build -q --release -p weigh -p weigh-engine --bin weigh --example mc200
}
weigh() {
    "$peers/venv/bin/python" benches/peers/weigh.py "${CARGO_TARGET_DIR:-target}/release" \
        "$reference/mc200.jsonl" "$items" "$peers/models"
}

prepare_llama() { benches/peers/llama.sh; }
llama() {
    "$peers/venv/bin/python" benches/peers/llama.py "$peers/llama/bin" "$reference/mc200.jsonl" "$items" \
        "$peers"/models/{F32,BF16,Q8_0,Q4_1}.gguf
}

prepare_candle() {
    hf_folder
    CARGO_TARGET_DIR=$peers/candle cargo build -q --release --locked --manifest-path benches/peers/candle/Cargo.toml
}
candle() { "$peers/candle/release/candle-peer" "$peers/hf" "$peers"/models/{Q8_0,Q4_1}.gguf; }

# PyTorch is near 3 GB to download and 6 GB installed.
prepare_lm-eval() {
    hf_folder
    python_with 'lm-eval[hf]==0.4.13' torch==2.15.0 transformers==5.24.0
}
lm-eval() {
    [[ $items -gt 0 ]] || return 0
    HF_HOME=$peers/hf_home "$peers/venv/bin/python" benches/peers/lm_eval_items.py "$peers/hf" "$reference" "$items"
}

[[ $# -gt 0 ]] || set -- weigh llama candle lm-eval
mkdir -p "$results"
for peer in "$@"; do "prepare_$peer" >&2; done
uptime >&2
files=()
for peer in "$@"; do
    files+=("$results/$peer.jsonl")
    "$peer" > "${files[-1]}"
done
"$peers/venv/bin/python" benches/peers/table.py "${files[@]}"
