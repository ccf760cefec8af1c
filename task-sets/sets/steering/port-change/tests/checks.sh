# Named checks for a verifier: prints each one, writes a CTRF report and the reward.
# The reward is 0 from the first line on and becomes 1 only in `verdict`, so no way out can leave a
# pass behind.

PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LANG=C.UTF-8
export PATH LANG
unset LC_ALL CDPATH ENV BASH_ENV

verdict_dir=/logs/verifier
mkdir -p "$verdict_dir"
echo 0 >"$verdict_dir/reward.txt"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/entries"
passed=0
failed=0
started=$(date +%s)

# check NAME COMMAND...: the command, often a function, runs in a subshell; what it says is shown
# when it fails.
check() {
  check_name=$1
  shift
  if ("$@") >"$work/said" 2>&1 </dev/null; then
    passed=$((passed + 1))
    check_status=passed
    echo "ok    $check_name"
  else
    failed=$((failed + 1))
    check_status=failed
    echo "FAIL  $check_name"
    head -n 30 "$work/said" | sed 's/^/      /'
  fi
  # JSON needs escapes and no control characters; other bytes may be no UTF-8, so they go too.
  check_message=$(head -n 30 "$work/said" | LC_ALL=C tr '\t' ' ' | LC_ALL=C tr -cd '\12\40-\176' |
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' | awk '{ printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }')
  if [ "$check_status" = passed ]; then
    printf '{"name":"%s","status":"passed","duration":0}\n' "$check_name"
  else
    printf '{"name":"%s","status":"failed","duration":0,"message":"%s"}\n' "$check_name" "$check_message"
  fi >>"$work/entries"
}

# same EXPECTED ACTUAL: two files are equal, or the difference is shown where there is a diff.
same() {
  [ -f "$2" ] || { echo "there is no file $2"; return 1; }
  [ "$(sha256sum <"$1")" != "$(sha256sum <"$2")" ] || return 0
  echo "expected (-) and found (+):"
  diff -u "$1" "$2" 2>/dev/null | sed 1,2d || true
  return 1
}

verdict() {
  {
    printf '{"results":{"tool":{"name":"checks"},"summary":{"tests":%d,"passed":%d,"failed":%d,' \
      $((passed + failed)) "$passed" "$failed"
    printf '"pending":0,"skipped":0,"other":0,"start":%d000,"stop":%d000},"tests":[\n' \
      "$started" "$(date +%s)"
    sed '$!s/$/,/' "$work/entries"
    printf ']}}\n'
  } >"$verdict_dir/ctrf.json"
  echo "$passed passed, $failed failed"
  if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]; then
    echo 1 >"$verdict_dir/reward.txt"
  fi
}
