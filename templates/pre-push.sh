#!/bin/sh
# Written by `growth-engine init`, called by the pre-push hook: judges each branch that is about to be pushed by the
# rules of the default branch. `git push --no-verify` passes by; only the check at the merge decides.
tool=.growth-engine/cli.cjs
[ -f "$tool" ] || tool=node_modules/growth-engine/dist/cli.cjs
[ -f "$tool" ] || exit 0
while read -r ref commit _; do
  case "$ref" in refs/heads/*) ;; *) continue ;; esac
  case "$commit" in *[!0]*) node "$tool" guard all --head "$commit" </dev/null >&2 || exit $? ;; esac
done
