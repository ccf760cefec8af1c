#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
cases=$here/cases

# table WANT ARGUMENTS...
table() {
  want=$1
  shift
  timeout 20 sh /app/report.sh "$@" >"$work/got" || { echo "exit status $?"; return 1; }
  same "$want" "$work/got"
}

blank_in_path() {
  cp "$cases/edge.log" "$work/two words.log"
  table "$cases/edge.want" "$work/two words.log"
}

empty_log() {
  : >"$work/empty.log"
  printf 'requests\terrors\tp50_ms\tp95_ms\troute\n# skipped 0\n' >"$work/want"
  table "$work/want" "$work/empty.log"
}

unreadable_log() {
  timeout 20 sh /app/report.sh "$cases/edge.log" "$work/none.log" >"$work/out" 2>"$work/err"
  status=$?
  [ -f /app/report.sh ] || { echo "there is no /app/report.sh"; return 1; }
  [ "$status" -ne 0 ] || { echo "exit status 0"; return 1; }
  [ ! -s "$work/out" ] || { echo "standard output is not empty"; return 1; }
  [ -s "$work/err" ] || { echo "standard error is empty"; return 1; }
}

check "the sample log" table "$cases/sample.want" /app/logs/sample.log
check "a larger log with invalid lines" table "$cases/big.want" "$cases/big.log"
check "two logs and a minimum" table "$cases/both.want" -m 10 "$cases/big.log" "$cases/part.log"
check "ranks, ties and odd paths" table "$cases/edge.want" "$cases/edge.log"
check "a blank in a log's name" blank_in_path
check "an empty log" empty_log
check "a log that cannot be read" unreadable_log
verdict
