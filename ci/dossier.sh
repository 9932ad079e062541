#!/usr/bin/env bash
# Checks descriptors in a pipeline, makes their reports, and writes what a reviewer of the change should read:
# problems, budgets, and what changed against the commit that the change starts from.
#
#   LCA_FILES     descriptors, one a line (default: every *.lca.yaml that is under version control)
#   LCA_BUDGET    the most that totals may be, such as "gwp100=3t adpe=20g"
#   LCA_STRICT    true: unanswered rows, placeholders and doubtful claims fail too (default)
#   LCA_BASE      commit that the change starts from (default: none, nothing is compared)
#   LCA_LANG      en or fr (default: each descriptor's)
#   LCA_OUT       folder of the reports (default: reports)
#   LCA_COMMENT   file of the text (default: comment.md in that folder)
#   LCA           the program (default: `run` of the clone that this script is of)
#
# Status: 1 a descriptor has errors, 3 a budget is not kept, 0 else; reports and text are written in each case.
set -euo pipefail

lca=${LCA:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/run}
export LCA_COMMAND=lca # what messages call it
out=${LCA_OUT:-reports}
comment=${LCA_COMMENT:-$out/comment.md}
language=()
[ -z "${LCA_LANG:-}" ] || language=(--lang "$LCA_LANG")

judged=()
[ "${LCA_STRICT:-true}" != true ] || judged+=(--strict)
for budget in ${LCA_BUDGET:-}; do judged+=(--budget "$budget"); done

files=()
if [ -n "${LCA_FILES:-}" ]; then
  while IFS= read -r file; do [ -z "$file" ] || files+=("$file"); done <<<"$LCA_FILES"
else
  while IFS= read -r -d '' file; do files+=("$file"); done < <(git ls-files -z -- '*.lca.yaml' '*.lca.yml')
fi
if [ "${#files[@]}" = 0 ]; then
  echo "no descriptor was found: name them in LCA_FILES, or let their names end in .lca.yaml" >&2
  exit 2
fi

# What the program prints, between fences that it cannot close.
fenced() { printf '~~~~~text\n'; sed 's/~~~*/~/g'; printf '~~~~~\n\n'; }

scratch=$(mktemp -d)
clean() {
  [ ! -d "$scratch/base" ] || git worktree remove --force "$scratch/base"
  rm -rf "$scratch"
}
trap clean EXIT

if [ -n "${LCA_BASE:-}" ]; then
  # The whole of the base, since a descriptor may name other files.
  git cat-file -e "$LCA_BASE^{commit}" 2>/dev/null || git fetch --quiet --depth=1 origin "$LCA_BASE"
  git worktree add --quiet --detach "$scratch/base" "$LCA_BASE"
fi

mkdir -p "$out" "$(dirname "$comment")"
printf '<!-- lca -->\n' >"$comment"
worst=0
for file in "${files[@]}"; do
  status=0
  "$lca" check "${judged[@]}" "${language[@]}" -- "$file" >"$scratch/said" 2>"$scratch/problems" || status=$?
  cat "$scratch/problems" "$scratch/said"
  case $status in 0 | 1 | 3) ;; *) exit "$status" ;; esac
  [ "$status" != 1 ] || worst=1
  [ "$status" != 3 ] || [ "$worst" = 1 ] || worst=3

  # How it stands, what changed, and then each problem.
  { printf '### `%s`\n\n' "${file//\`/}"; fenced <"$scratch/said"; } >>"$comment"
  [ ! -f "$scratch/base/$file" ] ||
    if "$lca" diff "${language[@]}" -- "$scratch/base/$file" "$file" >"$scratch/said" 2>/dev/null; then
      sed "s|$scratch/base/|base: |" "$scratch/said" | fenced >>"$comment"
    fi
  [ ! -s "$scratch/problems" ] || fenced <"$scratch/problems" >>"$comment"
  # Of a descriptor with errors there is no report; a strict check fails on less.
  "$lca" report "${language[@]}" -o "$out/$(dirname "$file")" -- "$file" 2>"$scratch/said" || {
    [ "$worst" = 1 ] || cat "$scratch/said" >&2
    worst=1
  }
done
exit "$worst"
