#!/bin/sh
. "$(dirname "$0")/checks.sh"

rotate() {
  timeout 10 sh /app/rotate.sh "$@"
}

# state DIR: each file with its content in one line, in byte order.
state() {
  (cd "$1" && ls -A | LC_ALL=C sort | while IFS= read -r name; do
    printf '%s: %s\n' "$name" "$(tr '\n' '|' <"$name")"
  done)
}

# holds DIR: its state equals standard input.
holds() {
  LC_ALL=C sort >"$work/want"
  state "$1" | LC_ALL=C sort >"$work/got"
  same "$work/want" "$work/got"
}

service_log_rotated() {
  mkdir -p "$work/x" && cp /app/service.log* "$work/x/" && holds "$work/x" <<'EOF'
service.log: 
service.log.1: 08:00:01 started|08:00:02 listening|08:14:40 took 3 orders|08:31:07 took 11 orders|
service.log.2: old 1|
service.log.3: old 2|
service.log.4: old 4|
EOF
}

same_inode_and_open_writer() {
  mkdir -p "$work/a"
  log=$work/a/s.log
  exec 3>>"$log"
  echo one >&3
  before=$(stat -c %i "$log")
  rotate "$log" || { echo "exit status $?"; return 1; }
  echo two >&3
  rotate "$log" || { echo "exit status $?"; return 1; }
  echo three >&3
  exec 3>&-
  [ "$(stat -c %i "$log")" = "$before" ] || { echo "the log became another file"; return 1; }
  printf 's.log: three|\ns.log.1: two|\ns.log.2: one|\n' | holds "$work/a"
}

chain_and_default_keep() {
  mkdir -p "$work/b"
  for i in 1 2 3 4 5; do echo "old $i" >"$work/b/l.$i"; done
  echo new >"$work/b/l"
  rotate "$work/b/l" || { echo "exit status $?"; return 1; }
  holds "$work/b" <<'EOF'
l: 
l.1: new|
l.2: old 1|
l.3: old 2|
l.4: old 3|
l.5: old 4|
EOF
}

keep_removes_strays_only() {
  mkdir -p "$work/c"
  for i in 1 3 4 9 10 100 123456789012345678901 07 old 1.bak 1x ''; do echo "old $i" >"$work/c/l.$i"; done
  echo other >"$work/c/k.9"
  echo other >"$work/c/lx9"
  echo new >"$work/c/l"
  rotate -k 3 "$work/c/l" || { echo "exit status $?"; return 1; }
  holds "$work/c" <<'EOF'
k.9: other|
l: 
l.: old |
l.07: old 07|
l.1: new|
l.1.bak: old 1.bak|
l.1x: old 1x|
l.2: old 1|
l.3: old 3|
l.old: old old|
lx9: other|
EOF
}

double_digits() {
  mkdir -p "$work/d"
  i=1
  while [ $i -le 12 ]; do echo "old $i" >"$work/d/l.$i"; i=$((i + 1)); done
  echo new >"$work/d/l"
  rotate -k 11 "$work/d/l" || { echo "exit status $?"; return 1; }
  { echo "l: "; echo "l.1: new|"; i=1; while [ $i -le 10 ]; do echo "l.$((i + 1)): old $i|"; i=$((i + 1)); done; } |
    holds "$work/d"
}

size_limit() {
  mkdir -p "$work/e"
  printf 12345 >"$work/e/l"
  rotate -s 5 "$work/e/l" || { echo "exit status $?"; return 1; }
  echo "l: 12345" | holds "$work/e" || return 1
  rotate -s 4 "$work/e/l" || { echo "exit status $?"; return 1; }
  printf 'l: \nl.1: 12345\n' | holds "$work/e" || return 1
  rotate "$work/e/l" || { echo "exit status $?"; return 1; }
  printf 'l: \nl.1: 12345\n' | holds "$work/e"
}

odd_names() {
  mkdir -p "$work/f [1]"
  echo new >"$work/f [1]/my log*[a].txt"
  echo old >"$work/f [1]/my log*[a].txt.1"
  echo bystander >"$work/f [1]/my logXa.txt.9"
  (cd "$work/f [1]" && rotate -k 2 "my log*[a].txt") || { echo "exit status $?"; return 1; }
  holds "$work/f [1]" <<'EOF'
my log*[a].txt: 
my log*[a].txt.1: new|
my log*[a].txt.2: old|
my logXa.txt.9: bystander|
EOF
}

# refuses STATUS ARGUMENTS...: in a folder with a log and a copy that must not change.
refuses() {
  want_status=$1
  shift
  rm -rf "$work/g"
  mkdir -p "$work/g/folder"
  echo new >"$work/g/l"
  echo old >"$work/g/l.1"
  (cd "$work/g" && rotate "$@") >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq "$want_status" ] || { echo "rotate.sh $*: exit status $status"; return 1; }
  [ -s "$work/err" ] || { echo "rotate.sh $*: no message"; return 1; }
  rmdir "$work/g/folder"
  printf 'l: new|\nl.1: old|\n' | holds "$work/g"
}

usage_errors() {
  [ -f /app/rotate.sh ] || { echo "there is no /app/rotate.sh"; return 1; }
  refuses 2 && refuses 2 l l.1 && refuses 2 -k 0 l && refuses 2 -k 100 l && refuses 2 -k x l &&
    refuses 2 -k -1 l && refuses 2 -s 1k l && refuses 2 -z l && refuses 1 none && refuses 1 folder
}

check "the service's log is rotated" service_log_rotated
check "the log stays the same file for its writer" same_inode_and_open_writer
check "copies move up and the default keeps five" chain_and_default_keep
check "strays above KEEP go, other files stay" keep_removes_strays_only
check "numbers of two digits" double_digits
check "a size limit" size_limit
check "odd file names" odd_names
check "bad calls change nothing" usage_errors
verdict
