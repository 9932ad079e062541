#!/usr/bin/env bash
# Puts a text under a merge request: over the one of before, where there is one.
#   ci/comment-gitlab.sh FILE       in a job of a merge request, with LCA_TOKEN set: a token that may write notes
set -euo pipefail

notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
# The token is read from a file descriptor, so that no list of processes shows it.
ask() { curl --silent --show-error --fail --header @<(printf 'PRIVATE-TOKEN: %s\n' "$LCA_TOKEN") "$@"; }

before=$(ask "$notes?per_page=100" | python3 -c '
import json, sys
print(next((note["id"] for note in json.load(sys.stdin) if note["body"].startswith("<!-- lca -->")), ""))
')
if [ -n "$before" ]; then
  ask --output /dev/null --request PUT --data-urlencode "body@$1" "$notes/$before"
else
  ask --output /dev/null --request POST --data-urlencode "body@$1" "$notes"
fi
