# Sourced: lm-eval's own package without torch, in `$work/render`.
target="${CARGO_TARGET_DIR:-target}" && work="$target/lm_eval"
mkdir -p "$work"
if ! [ -x "$work/render/bin/lm-eval" ]; then
  python3 -m venv "$work/render"
  "$work/render/bin/pip" install -q lm_eval==0.4.13
fi
