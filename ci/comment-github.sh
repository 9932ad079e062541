#!/usr/bin/env bash
# Puts a text under a pull request: over the one of before, where there is one.
#   ci/comment-github.sh FILE PULL_REQUEST       with gh, and GH_TOKEN and GITHUB_REPOSITORY set
set -euo pipefail

comments="repos/$GITHUB_REPOSITORY/issues"
before=$(gh api --paginate "$comments/$2/comments" --jq '.[] | select(.user.type == "Bot" and (.body | startswith("<!-- lca -->"))) | .id' | head -n 1)
if [ -n "$before" ]; then
  gh api --silent --method PATCH "$comments/comments/$before" --field "body=@$1"
else
  gh api --silent --method POST "$comments/$2/comments" --field "body=@$1"
fi
