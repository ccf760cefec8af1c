# Tests that say how they went, in the Test Anything Protocol.
count=0
failed=0
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# test_that NAME FUNCTION: in a subshell, in an empty folder of its own.
test_that() {
  count=$((count + 1))
  rm -rf "$work/box"
  mkdir "$work/box"
  if (cd "$work/box" && "$2") >"$work/said" 2>&1 </dev/null; then
    echo "ok $count - $1"
  else
    failed=$((failed + 1))
    echo "not ok $count - $1"
    sed 's/^/# /' "$work/said"
  fi
}

# same WANTED FOUND
same() {
  [ "$1" = "$2" ] || { printf 'wanted:\n%s\nfound:\n%s\n' "$1" "$2"; return 1; }
}

# lines WORD...: one a line.
lines() {
  printf '%s\n' "$@"
}

finish() {
  echo "1..$count"
  [ "$failed" -eq 0 ]
}
