#!/usr/bin/env bash
# Weighs a model and lets it pass or not: what the GitHub action and the GitLab template run.
# WEIGH_MODEL must be set. WEIGH_SUITES and WEIGH_LANGUAGES are lists with spaces; WEIGH_TIER, WEIGH_LIMIT, WEIGH_SEED, WEIGH_BASELINE,
# WEIGH_PROFILE and WEIGH_MARGIN are single values; what is empty is left out. WEIGH_OUT is the record's folder; beside it come
# $WEIGH_OUT.junit.xml, .sarif and, without GITHUB_STEP_SUMMARY, .md.
set -euo pipefail
: "${WEIGH_MODEL:?name a model: a file, a folder or a name of \`weigh model list\`}"
out="${WEIGH_OUT:-weigh-record}"

run=(--model "$WEIGH_MODEL" --out "$out")
for suite in ${WEIGH_SUITES:-}; do run+=(--suite "$suite"); done
for language in ${WEIGH_LANGUAGES:-}; do run+=(--lang "$language"); done
[ -z "${WEIGH_TIER:-}" ] || run+=(--tier "$WEIGH_TIER")
[ -z "${WEIGH_LIMIT:-}" ] || run+=(--limit "$WEIGH_LIMIT")
[ -z "${WEIGH_SEED:-}" ] || run+=(--seed "$WEIGH_SEED")

gate=("$out" --junit "$out.junit.xml" --sarif "$out.sarif")
[ -n "${GITHUB_STEP_SUMMARY:-}" ] || gate+=(--summary "$out.md")
[ -z "${WEIGH_BASELINE:-}" ] || gate+=(--baseline "$WEIGH_BASELINE")
[ -z "${WEIGH_PROFILE:-}" ] || gate+=(--profile "$WEIGH_PROFILE")
[ -z "${WEIGH_BASELINE:-}" ] || [ -z "${WEIGH_MARGIN:-}" ] || gate+=(--margin "$WEIGH_MARGIN")

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf '%s\n' "record=$out" "junit=$out.junit.xml" "sarif=$out.sarif" >> "$GITHUB_OUTPUT"
fi

# A run that lacks something ends with 6 and has a record all the same: the gate says what is missing, and ends with 6 or 100.
code=0
weigh run "${run[@]}" || code=$?
[ "$code" = 0 ] || [ "$code" = 6 ] || exit "$code"
weigh gate "${gate[@]}"
