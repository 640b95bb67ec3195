#!/usr/bin/env bash
# Five tasks and a group of two by lm-eval's `hf` backend and by weigh, both on the same weights in float32 on one thread of the CPU: tools/lm_eval/parity.sh DATA [TASK...]
# DATA holds the public data sets (documents.py names them). Needs PyTorch for the system's Python 3.11 (Debian: python3-torch libopenblas0), pip and venv.
set -euo pipefail
data="$(realpath "$1")" && shift
cd "$(dirname "$0")/../.."
target="$(realpath -m "${CARGO_TARGET_DIR:-target}")" && work="$target/lm_eval/parity"
mkdir -p "$work"
if ! [ -x "$work/venv/bin/lm-eval" ]; then
  /usr/bin/python3 -m venv --system-site-packages "$work/venv"
  # The last releases that take torch 1.13.
  "$work/venv/bin/pip" install -q lm_eval==0.4.13 transformers==4.44.2 'accelerate<1' gguf safetensors 'datasets<4' 'pyarrow<19' 'numpy<2' \
    'pandas<2.3' 'scikit-learn<1.6' 'typing_extensions>=4.13'
fi
[ -n "${WEIGH:-}" ] || cargo build -q --release --locked --bin weigh
weigh="${WEIGH:-$target/release/weigh}" python="$work/venv/bin/python"
model="${MODEL:-$HOME/.cache/weighhouse/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf}"
[ -f "$model" ] || "$weigh" model pull smollm2-135m-instruct
[ -f "$work/model/config.json" ] || "$python" benches/peers/hf_folder.py "$model" "$work/model"
"$python" tools/lm_eval/documents.py "$data" "$work" > "$work/documents.log"
cp tools/lm_eval/tasks/*.yaml "$work"
export HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 TOKENIZERS_PARALLELISM=false TQDM_DISABLE=1 OMP_NUM_THREADS=1
echo "| task | documents | answers differ by | figures of both | processor seconds lm-eval | weigh |"
echo "|---|---:|---|---|---:|---:|"
[ $# -gt 0 ] || set -- arc openbook boolq udhr gsm8k group
# Seconds of the processor, as a machine has other work, too.
TIMEFORMAT='%U %S'
seconds() { awk '{ print $1 + $2 }' "$1"; }
failed=0
for task in "$@"; do
  rm -rf "$work/theirs/$task" "$work/record_$task" "$work/ours_$task"
  # lm-eval looks for the documents where it is started, and for a group by its name.
  folder="$work" named="$task.yaml" file="$work/$task.yaml"
  if [ "$task" = group ]; then
    folder="$work/group" named=parity_group file="$work/group/group.yaml"
    mkdir -p "$folder" && cp tools/lm_eval/tasks/{arc,boolq,group/group}.yaml "$folder"
    head -n 30 "$work/arc.jsonl" > "$folder/arc.jsonl" && head -n 20 "$work/boolq.jsonl" > "$folder/boolq.jsonl"
  fi
  { time (cd "$folder" && "$work/venv/bin/lm-eval" run --model hf --model_args "pretrained=$work/model,dtype=float32" --include_path . --tasks "$named" \
    --batch_size 1 --device cpu --output_path "$work/theirs/$task" --log_samples > "$work/$task.lm_eval.log" 2>&1); } 2> "$work/$task.theirs"
  # An exit code that is no success says what the report says of the model, not that the run failed.
  { time "$weigh" run --model "$model" --compute f32 --threads 1 --tier full --suite "$file" --out "$work/record_$task" \
    > "$work/$task.weigh.log" 2>&1; } 2> "$work/$task.ours" || [ -f "$work/record_$task/report.json" ]
  "$weigh" export lm-eval "$work/record_$task" --out "$work/ours_$task" > "$work/$task.export.log"
  "$python" tools/lm_eval/compare.py "parity_$task" "$work/theirs/$task" "$work/ours_$task" \
    "$(seconds "$work/$task.theirs")" "$(seconds "$work/$task.ours")" || failed=1
done
exit $failed
