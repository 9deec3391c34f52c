#!/bin/sh
# Written by `growth-engine init`: judges a range of commits in any CI.
#
#   git show "$TARGET:.growth-engine/ci.sh" | sh -s -- "$TARGET" ["$HEAD" ["$FILE"]]
#
# TARGET is the tip of the branch that is merged into, HEAD what is to be merged (default: HEAD), FILE holds the text
# of the pull request. Taken from the target as shown, neither this script nor the tool, its rules and the template
# come from the pull request; the head is read as git objects only. The clone must hold both histories. GUARD narrows
# it to mcp, idle or ban; FORMAT and OUTPUT name a report, such as junit.
#
# Exit codes: 0 well, 1 no, 2 asked wrongly, 3 could not run.
set -eu

base=$(git rev-parse --verify --quiet --end-of-options "$1^{commit}") || {
  echo "growth-engine: there is no commit $1 in this clone: fetch the target branch" >&2
  exit 3
}
if ! git cat-file -e "$base:.growth-engine/init.json"; then
  echo "growth-engine: $1 holds no Growth Engine yet: it judges from its own merge on"
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# @tool: how the target's own tool comes into $folder, and how it is called
git -C "$(git rev-parse --show-toplevel)" archive "$base" .growth-engine | tar -x -C "$folder"
tool="$folder/.growth-engine/cli.cjs"
# @end
set -- --base "$base" --head "${2:-HEAD}" ${3:+--pr-body "$3"}
node "$tool" guard "${GUARD:-all}" "$@" ${FORMAT:+--format "$FORMAT"} ${OUTPUT:+--output "$OUTPUT"}
