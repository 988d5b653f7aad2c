#!/usr/bin/env bash
# Checks, annotates, and leaves the answer as Markdown and SARIF. The inputs come from the environment, never from the
# text of a command: what a pull request says must not become one.
set -euo pipefail

# Never empty, which an older bash would call unset.
arguments=(check)
# Adds each line of $2 that is not empty, behind $1 if there is any.
add() {
  local line
  while IFS= read -r line; do
    line="${line%$'\r'}"
    [ -z "$line" ] || arguments+=(${1:+"$1"} "$line")
  done <<<"$2"
}
add -f "$VALUES"
add "" "$ARGUMENTS"
add --each "$EACH"

markdown="$RUNNER_TEMP/rollcast.md"
sarif="$RUNNER_TEMP/rollcast.sarif"
rollcast "${arguments[@]}" --fail-on never --format markdown >"$markdown"
rollcast "${arguments[@]}" --fail-on never --format sarif >"$sarif"
cat "$markdown" >>"$GITHUB_STEP_SUMMARY"
{
  echo "markdown=$markdown"
  echo "sarif=$sarif"
} >>"$GITHUB_OUTPUT"

# The log shows the annotations' commands only; so the text comes first, for whoever reads it.
rollcast "${arguments[@]}" --fail-on never
exec rollcast "${arguments[@]}" --fail-on "$FAIL_ON" --format github
