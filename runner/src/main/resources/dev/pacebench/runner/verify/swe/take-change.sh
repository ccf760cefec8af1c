# Writes the difference between the base and the work tree, with an index and settings of its own:
# what was done to the repository's own index, settings and hooks does not matter.
set -e
cd "$PB_WORKDIR" 2>/dev/null || exit 90
git init -q --bare --template= "$PB_OWN/git"
printf '%s\n' "$PB_OBJECTS" >"$PB_OWN/git/objects/info/alternates"
export GIT_DIR="$PB_OWN/git" GIT_WORK_TREE="$PB_WORKDIR"
git config core.bare false
git config core.autocrlf false
git cat-file -e "$PB_BASE^{tree}" 2>/dev/null || exit 97
git read-tree "$PB_BASE" 2>/dev/null || exit 97
git add -A . 2>"$PB_OWN/warnings" || exit 98
git diff --cached --binary --full-index --no-renames --no-ext-diff --no-textconv --no-color \
  "$PB_BASE" >"$PB_OWN/change.patch" || exit 97
wc -c <"$PB_OWN/change.patch"
