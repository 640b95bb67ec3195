#!/usr/bin/env bash
# JUnit and SARIF of a gate against the schemas of others: tools/report/validate.sh RUN [BASELINE], two records of one plan.
# The schema of Jenkins' xUnit plugin comes with pytest's sources, that of SARIF 2.1.0 with the crate serde-sarif; neither is copied.
# Needs Python 3.11 with pip, cargo, and `weigh` on the PATH.
set -euo pipefail
run="$(realpath "$1")" baseline="${2:+$(realpath "$2")}"
cd "$(dirname "$0")/../.."
work="${CARGO_TARGET_DIR:-$PWD/target}/report-validate"
mkdir -p "$work/sarif/src"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q xmlschema==4.3.2 check-jsonschema==0.39.0
if [ ! -f "$work/junit-10.xsd" ]; then
  "$work/venv/bin/pip" download -q --no-deps --no-build-isolation --no-binary :all: -d "$work" pytest==8.3.4
  tar -xzf "$work/pytest-8.3.4.tar.gz" -C "$work" --strip-components 3 pytest-8.3.4/testing/example_scripts/junit-10.xsd
fi
printf '[package]\nname = "schema"\nedition = "2024"\n[dependencies]\nserde-sarif = "=0.8.0"\n[workspace]\n' > "$work/sarif/Cargo.toml"
touch "$work/sarif/src/lib.rs"
(cd "$work/sarif" && cargo vendor -q vendor > /dev/null)

code=0
weigh gate "$run" ${baseline:+--baseline "$baseline" --profile none} --junit "$work/junit.xml" --sarif "$work/log.sarif" || code=$?
echo "the gate ended with $code"
"$work/venv/bin/xmlschema-validate" --schema "$work/junit-10.xsd" "$work/junit.xml"
# The schema has a pattern that ECMAScript's strict mode refuses.
"$work/venv/bin/check-jsonschema" --regex-variant python --schemafile "$work/sarif/vendor/serde-sarif/src/schema.json" "$work/log.sarif"
