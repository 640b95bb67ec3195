#!/usr/bin/env bash
# `weigh suite check` as a hook of pre-commit: with the `weigh` that is installed, else with the one that this repository makes.
set -euo pipefail
if command -v weigh >/dev/null; then exec weigh suite check "$@"; fi
exec cargo run --quiet --release --locked --manifest-path "$(dirname "$0")/../crates/weigh/Cargo.toml" -- suite check "$@"
