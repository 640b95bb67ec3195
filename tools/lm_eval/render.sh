#!/usr/bin/env bash
# What `weigh import lm-eval` asks against what lm-eval itself asks, for the task files of its package, and that files with Python code are refused:
# tools/lm_eval/render.sh [--distinct]; with it all files that differ in more than a data set. Needs Python 3.11 with pip and venv; no torch.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/lm_eval/package.sh
[ -n "${WEIGH:-}" ] || cargo build -q --workspace --locked --bin weigh
weigh="${WEIGH:-$target/debug/weigh}" python="$work/render/bin/python"
rm -rf "$work/prompts"
files=(--list tools/lm_eval/files.txt)
[ "${1:-}" != --distinct ] || files=(--distinct)
TQDM_DISABLE=1 HF_DATASETS_OFFLINE=1 "$python" tools/lm_eval/render.py "$work/prompts" "${files[@]}" 2> "$work/render.log"
"$python" tools/lm_eval/compare_prompts.py "$weigh" "$work/prompts"
"$python" tools/lm_eval/refused.py "$weigh" "$("$python" -c 'import lm_eval, pathlib; print(pathlib.Path(lm_eval.__file__).parent / "tasks")')" ${1:+--every}
