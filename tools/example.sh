#!/usr/bin/env bash
# Runs an example from the project's root, built as the tests build it: `cargo run -p` would compile every dependency again,
# with the features that one crate alone asks for: tools/example.sh NAME [ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build -q --workspace --locked --example "$1"
exec "${CARGO_TARGET_DIR:-target}/debug/examples/$1" "${@:2}"
