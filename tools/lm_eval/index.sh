#!/usr/bin/env bash
# What each name and each group of lm-eval's own package is to lm-eval and to weigh: tools/lm_eval/index.sh. Needs Python 3.11 with pip and venv; no torch.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/lm_eval/package.sh
cargo build -q --workspace --locked --example lm_eval_index
"$work/render/bin/python" tools/lm_eval/index.py "$target/debug/examples/lm_eval_index" 2> "$work/index.log"
