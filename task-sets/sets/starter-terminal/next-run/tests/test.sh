#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
cases=$here/cases

# run_case ID STATUS COUNT EXPRESSION TIME
run_case() {
  echo "-n $3 '$4' '$5'"
  timeout 5 sh /app/next-run.sh -n "$3" "$4" "$5" >"$work/got"
  status=$?
  same "$cases/$1.want" "$work/got" || return 1
  [ "$status" -eq "$2" ] || { echo "exit status $status, not $2"; return 1; }
}

# An entry of its own for each case would be long: the groups are by number.
group() {
  while IFS='|' read -r id status count expression time; do
    if [ "$id" -ge "$1" ] && [ "$id" -le "$2" ]; then
      run_case "$id" "$status" "$count" "$expression" "$time" || return 1
    fi
  done <"$cases/valid"
}

default_count() {
  timeout 5 sh /app/next-run.sh '5 5 * * *' '2026-12-31 05:05' >"$work/got" || return 1
  echo '2027-01-01 05:05' >"$work/want"
  same "$work/want" "$work/got"
}

invalid() {
  [ -f /app/next-run.sh ] || { echo "there is no /app/next-run.sh"; return 1; }
  while IFS='|' read -r expression time; do
    timeout 5 sh /app/next-run.sh "$expression" "$time" >"$work/out" 2>"$work/err"
    status=$?
    if [ "$status" -ne 2 ] || [ -s "$work/out" ] || [ ! -s "$work/err" ]; then
      echo "'$expression' '$time': exit status $status, standard output:"
      cat "$work/out"
      return 1
    fi
  done <"$cases/invalid"
}

check "one run by default" default_count
check "steps, ranges, names and leap years" group 1 10
check "the two kinds of days, and never" group 11 20
check "bounds of steps, years and counts" group 21 99
check "invalid input" invalid
verdict
