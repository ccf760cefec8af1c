# Looks at the repository of an image, and brings it to the base commit where that is asked.
set -e
command -v git >/dev/null 2>&1 || exit 91
cd "$PB_WORKDIR" 2>/dev/null || exit 90
git rev-parse -q --verify HEAD >/dev/null 2>&1 || exit 94
git cat-file -e "$PB_BASE^{commit}" 2>/dev/null || exit 93
if [ -n "$PB_CHECKOUT" ]; then
  git reset -q --hard "$PB_BASE"
  git checkout -q "$PB_BASE"
else
  git merge-base --is-ancestor "$PB_BASE" HEAD || exit 95
fi
git rev-parse HEAD
