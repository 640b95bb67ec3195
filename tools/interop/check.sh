#!/usr/bin/env bash
# Signed reports against the verifiers of others, and our verifier against one in Python that knows docs/record.md alone, over tampered and harmless
# records and a table of trust policies: tools/interop/check.sh [COUNT]; EACH=50 for as many tampered records of each class as the tests try. Needs openssl 3, Python 3.11 with pip, node with npm.
set -euo pipefail
cd "$(dirname "$0")/../.."
count="${1:-200}" work="${CARGO_TARGET_DIR:-target}/interop"
rm -rf "$work/reports" && mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q securesystemslib==1.6.0 cryptography sigstore==4.5.1 in-toto-attestation==0.9.3 \
  model-signing==1.1.1 pyopenssl
[ -d "$work/node_modules/@sigstore/verify" ] ||
  npm install --prefix "$work" --no-audit --no-fund --silent @sigstore/verify@4.1.3 @sigstore/bundle
tools/example.sh interop "$work/reports" "$count"
"$work/venv/bin/python" tools/interop/check.py "$work/reports"
cp tools/interop/check.mjs "$work/check.mjs"
node "$work/check.mjs" "$work/reports"
rm -rf "$work/tampered"
tools/example.sh tampered "$work/tampered" "${EACH:-5}"
python3 tools/interop/agree.py "$work/reports" "$work/tampered"
rm -rf "$work/models"
tools/example.sh model_files "$work/models" > "$work/models.json"
"$work/venv/bin/python" tools/interop/models.py "$work/models" < "$work/models.json"
