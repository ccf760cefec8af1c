# Applies a change in the order in which SWE-bench tries.
cd "$PB_WORKDIR" || exit 90
again() { git checkout -q -- . && git clean -q -fd; }
git apply --verbose "$PB_PATCH" && exit 0
again
git apply --verbose --3way "$PB_PATCH" && exit 0
again
git apply --verbose --reject "$PB_PATCH" && exit 0
again
if command -v patch >/dev/null 2>&1; then
  patch --batch --forward --fuzz=5 -p1 -i "$PB_PATCH" && exit 0
  again
fi
git apply --check --reverse "$PB_PATCH" && exit 0
exit 99
