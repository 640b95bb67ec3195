#!/usr/bin/env bash
# The action, the GitLab template and the hook of pre-commit, as far as they can be tried without a service: tools/ci/try.sh.
# Needs Python 3.11 with pip, git, and `weigh` on the PATH or CARGO_TARGET_DIR/debug/weigh, which is made if it is not there.
set -euo pipefail
cd "$(dirname "$0")/../.."
root="$PWD" target="${CARGO_TARGET_DIR:-$PWD/target}"
work="$target/ci-try"
command -v weigh >/dev/null || { cargo build -q --workspace --locked --bin weigh && export PATH="$target/debug:$PATH"; }
rm -rf "$work/try" && mkdir -p "$work/try"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q check-jsonschema==0.39.0 pre-commit==4.7.0 pyyaml==6.0.4

echo "schemas of GitHub, GitLab and pre-commit"
"$work/venv/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
"$work/venv/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci ci/gitlab.yml
"$work/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml

echo "the action: a run without a baseline, the same with it, and another model against it"
tools/example.sh model_files "$work/try/models" > /dev/null
cd "$work/try"
export WEIGH_CONFIG_DIR="$work/try/config" WEIGH_OFFLINE=1 GITHUB_STEP_SUMMARY="$work/try/step.md" GITHUB_OUTPUT="$work/try/output"
action() { "$work/venv/bin/python" "$root/tools/ci/action.py" suites="choices knowledge" limit=2 "$@" > log 2>&1; }
ends() { local code=0; "${@:2}" || code=$?; [ "$code" = "$1" ] || { cat log; echo "ended with $code, not $1: ${*:2}"; exit 1; }; }
ends 3 action model=models/llama out=first
ends 0 action model=models/llama out=second baseline=first profile=none
ends 0 action model=models/qwen2 out=third baseline=first profile=none margin=0.5
grep "^\*\*" step.md
grep "^sarif=third.sarif" output

echo "the hook of pre-commit: a suite without a fault, and one with"
git init -q local && cd local && mkdir suites
weigh suite new own --lang en > /dev/null 2>&1 && git add -A
ends 0 "$work/venv/bin/pre-commit" try-repo "$root" weigh-suite-check --all-files
find suites -name "cases.en.jsonl" -exec sed -i '$s/"id"/"idd"/' {} +
ends 1 "$work/venv/bin/pre-commit" try-repo "$root" weigh-suite-check --all-files
