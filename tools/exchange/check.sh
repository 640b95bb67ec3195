#!/usr/bin/env bash
# Every export of a record, read back by the programs that it is made for: tools/exchange/check.sh [RECORD].
# Without one, a record is made with a tiny random model. WEIGH names a built `weigh`. Needs Python 3.11 with pip.
set -euo pipefail
cd "$(dirname "$0")/../.."
target="${CARGO_TARGET_DIR:-$PWD/target}" work="${CARGO_TARGET_DIR:-$PWD/target}/exchange"
weigh="${WEIGH:-$target/debug/weigh}" record="${1:-$work/record}"
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q inspect_ai==0.3.285 pyarrow==26.0.1 duckdb==2.0.1 huggingface_hub==2.4.0 pyyaml==6.0.4 \
  'cyclonedx-python-lib[json-validation]==11.12.0'
# It asks for Python 3.12, and what is used of it runs with 3.11.
"$work/venv/bin/pip" install -q --no-deps --ignore-requires-python every-eval-ever==0.3.0
[ -n "${WEIGH:-}" ] || cargo build -q --workspace --locked --bin weigh
if [ $# -eq 0 ]; then
  rm -rf "$work/record" "$work/models"
  tools/example.sh model_files "$work/models" > /dev/null
  export WEIGH_CONFIG_DIR="$work/config" WEIGH_OFFLINE=1
  # What a random model writes is cut, so one suite scores nothing: the run is complete and no success.
  "$weigh" run --model "$work/models/llama" --suite choices --suite knowledge --suite safety/refusal --limit 2 \
    --out "$record" > /dev/null 2>&1 || [ $? -eq 6 ]
fi
out="$work/out"
rm -rf "$out" && mkdir -p "$out"
datasets=()
for suite in "$record"/suites/*/*; do
  id="$(basename "$(dirname "$suite")")/$(basename "$suite")"
  datasets+=(--dataset "$id=example/$(basename "$suite")")
done
for format in csv parquet cyclonedx; do
  "$weigh" export "$format" "$record" --out "$out/$format" > /dev/null
done
"$weigh" export inspect "$record" --out "$out/inspect" > /dev/null
"$weigh" export every-eval-ever "$record" --out "$out/store" --model-id example/model > /dev/null 2>&1
"$weigh" export hf "$record" --out "$out/page" "${datasets[@]}" > /dev/null 2>&1
"$work/venv/bin/python" tools/exchange/check.py "$record" "$out"
