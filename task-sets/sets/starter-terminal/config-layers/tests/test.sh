#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
cases=$here/cases

# merged WANT FILES...
merged() {
  want=$1
  shift
  timeout 20 sh /app/merge.sh "$@" >"$work/got" || { echo "exit status $?"; return 1; }
  same "$want" "$work/got"
}

odd_names() {
  mkdir -p "$work/my layers"
  cp "$cases/b.ini" "$work/my layers/a=b.ini"
  cp "$cases/l1.ini" "$work/my layers/layer one"
  cp "$cases/l2.ini" "$cases/l3.ini" "$work/my layers/"
  cd "$work/my layers" && merged "$cases/all.want" a=b.ini "layer one" l2.ini l3.ini
}

# error STATUS START FILES...
error() {
  want_status=$1
  start=$2
  shift 2
  [ -f /app/merge.sh ] || { echo "there is no /app/merge.sh"; return 1; }
  timeout 20 sh /app/merge.sh "$@" >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq "$want_status" ] || { echo "$*: exit status $status"; return 1; }
  [ ! -s "$work/out" ] || { echo "$*: standard output is not empty"; return 1; }
  case $(head -n 1 "$work/err") in
    "$start"?*) ;;
    *) echo "$*: message does not start with '$start':"; cat "$work/err"; return 1 ;;
  esac
}

line_errors() {
  cd "$cases" && error 1 "bad-base.ini:3: " bad-base.ini l1.ini && error 1 "bad-section.ini:4: " bad-section.ini &&
    error 1 "bad-key.ini:1: " b.ini l1.ini bad-key.ini bad-line.ini && error 1 "bad-line.ini:3: " b.ini bad-line.ini
}

check "the effective file" same "$cases/effective.want" /app/config/effective.ini
check "the example with one layer" merged "$cases/base-site.want" /app/config/base.ini /app/config/site.ini
check "a base alone is printed as it is" merged "$cases/only.want" "$cases/b.ini"
check "three other layers" merged "$cases/all.want" "$cases/b.ini" "$cases/l1.ini" "$cases/l2.ini" "$cases/l3.ini"
check "the same layers in reverse" merged "$cases/reverse.want" "$cases/b.ini" "$cases/l3.ini" "$cases/l2.ini" "$cases/l1.ini"
check "odd file names" odd_names
check "lines that are errors" line_errors
check "a file that cannot be read" error 2 "" "$cases/b.ini" "$work/none.ini"
verdict
