#!/usr/bin/env bash
# Plans every synthesized stack and writes what "terraform show -json" says of each to a file that is named after the stack.
# Nothing of a plan is printed: its text holds keys.
#
#   plan-stacks.sh cdktf.out plans
#
# A stack that reads what was never applied cannot be planned yet, and gets no file. Any other error ends with 1.
set -euo pipefail
output=${1:?give the folder that cdktf wrote} plans=${2:?give a folder for the plans}

mkdir -p "$plans"
chmod 700 "$plans"
failed=0
for folder in "$output"/stacks/*/; do
  stack=$(basename "$folder")
  errors=$(mktemp)
  rm -f "$plans/$stack.json"
  if terraform -chdir="$folder" init -input=false -no-color >/dev/null 2>"$errors" &&
    terraform -chdir="$folder" plan -input=false -lock=false -no-color -out=plan >/dev/null 2>"$errors"; then
    terraform -chdir="$folder" show -json plan >"$plans/$stack.json"
    echo "$stack: planned"
  elif grep -qE 'Unable to find remote state|terraform_remote_state\.[^ ]+\.outputs is object with' <(tr -s ' \n' ' ' <"$errors"); then
    echo "$stack: cannot be planned yet, for a stack on which it builds was never applied"
  else
    # Headings alone: what follows them may quote values.
    echo "$stack: $(grep -oE 'Error: .*' "$errors" || echo 'terraform ended with an error')" >&2
    failed=1
  fi
  rm -f "$folder/plan" "$errors"
done
exit "$failed"
