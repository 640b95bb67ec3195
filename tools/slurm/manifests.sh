#!/usr/bin/env bash
# The manifests in docs/shards.md against the schemas of Kubernetes, GitHub and GitLab: tools/slurm/manifests.sh.
# Needs Python 3.11 with pip.
set -euo pipefail
cd "$(dirname "$0")/../.."
work="${CARGO_TARGET_DIR:-$PWD/target}/shards-manifests"
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q check-jsonschema==0.39.0 kubernetes-validate==1.37.0
# The block of YAML below each heading.
for part in Kubernetes GitHub GitLab; do
  awk -v part="## $part" '$0 == part {on=1} on && /^```$/ {exit} on && block {print} on && /^```yaml$/ {block=1}' docs/shards.md > "$work/$part.yml"
  [ -s "$work/$part.yml" ] || { echo "no manifest for $part"; exit 1; }
done
"$work/venv/bin/kubernetes-validate" --strict --kubernetes-version 1.34 "$work/Kubernetes.yml"
"$work/venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows "$work/GitHub.yml"
"$work/venv/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci "$work/GitLab.yml"
