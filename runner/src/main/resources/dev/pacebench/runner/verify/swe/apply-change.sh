# Applies a change to the untouched repository, index included, and names the files it touched.
set -e
cd "$PB_WORKDIR"
# Who owns the files has changed since the index was written.
git update-index -q --refresh || :
git apply --index --binary --whitespace=nowarn "$PB_PATCH" || exit 99
rm -f "$PB_PATCH"
git diff --cached --name-only --no-renames -z HEAD >"$PB_PATCH.touched"
git diff --cached --name-only --no-renames --diff-filter=A -z HEAD >"$PB_PATCH.added"
