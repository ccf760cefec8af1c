#!/bin/sh
. "$(dirname "$0")/checks.sh"

keep_alive() {
  timeout 20 sh /app/keep-alive.sh "$@"
}

# wait_for SECONDS COMMAND...: until the command holds.
wait_for() {
  deadline=$(($(date +%s%N) / 1000000 + $1 * 1000))
  shift
  until "$@" 2>/dev/null; do
    [ $(($(date +%s%N) / 1000000)) -lt "$deadline" ] || { echo "waited in vain for: $*"; return 1; }
    sleep 0.02
  done
}

has_line() {
  grep -qx "$2" "$1"
}

# no_process MARK: no process other than this one has MARK among its arguments.
no_process() {
  for entry in /proc/[0-9]*; do
    [ "${entry#/proc/}" != $$ ] || continue
    if tr '\0' '\n' <"$entry/cmdline" 2>/dev/null | grep -qxF -- "$1"; then
      echo "still there: $(tr '\0' ' ' <"$entry/cmdline")"
      return 1
    fi
  done
}

# ends STATUS: the supervisor in the background, $supervisor, ended with it and left no pid file.
ends() {
  wait "$supervisor"
  status=$?
  [ "$status" -eq "$1" ] || { echo "the script ended with $status, not $1"; return 1; }
  [ ! -e "$work/pid" ] || { echo "the pid file is still there"; return 1; }
}

logged() {
  cat >"$work/want"
  same "$work/want" "$work/log"
}

clean_end() {
  echo "from before" >"$work/log"
  keep_alive -p "$work/pid" -l "$work/log" sh -c 'cat; until [ -s "$0" ]; do sleep 0.01; done; echo "args: $*"; echo "own pid $$, file $(cat "$0")" >"$0.seen"; echo warn >&2' \
    "$work/pid" -r '*' "two  words" '' >"$work/out" 2>&1 <<'EOF' &
this is not for the command
EOF
  supervisor=$!
  ends 0 || return 1
  [ ! -s "$work/out" ] || { echo "the script printed:"; cat "$work/out"; return 1; }
  awk '{ exit $3 != $5 "," }' "$work/pid.seen" || { cat "$work/pid.seen"; return 1; }
  logged <<'EOF'
from before
keep-alive: start 1
args: -r * two  words 
warn
keep-alive: end 1 status 0
EOF
}

restarts_until_success() {
  keep_alive -d 0.05 -p "$work/pid" -l "$work/log" sh -c 'echo x >>"$0"; [ "$(wc -l <"$0")" -lt 3 ] || exit 0; exit 9' "$work/n" &
  supervisor=$!
  ends 0 || return 1
  logged <<'EOF'
keep-alive: start 1
keep-alive: end 1 status 9
keep-alive: start 2
keep-alive: end 2 status 9
keep-alive: start 3
keep-alive: end 3 status 0
EOF
}

restarts_are_limited() {
  keep_alive -r 2 -d 0 -p "$work/pid" -l "$work/log" sh -c 'kill -9 $$' &
  supervisor=$!
  ends 137 || return 1
  logged <<'EOF' || return 1
keep-alive: start 1
keep-alive: end 1 status 137
keep-alive: start 2
keep-alive: end 2 status 137
keep-alive: start 3
keep-alive: end 3 status 137
EOF
  rm "$work/log"
  # Without a restart left there is nothing to wait for.
  timeout 5 sh /app/keep-alive.sh -r 0 -d 30 -p "$work/pid" -l "$work/log" sh -c 'exit 3' &
  supervisor=$!
  ends 3 || return 1
  rm "$work/log"
  keep_alive -d 0.01 -p "$work/pid" -l "$work/log" sh -c 'exit 4' &
  supervisor=$!
  ends 4 || return 1
  has_line "$work/log" "keep-alive: end 4 status 4" && ! has_line "$work/log" "keep-alive: start 5"
}

delay_is_kept() {
  begin=$(date +%s%N)
  keep_alive -r 1 -d 0.7 -p "$work/pid" -l "$work/log" sh -c 'exit 1' &
  supervisor=$!
  ends 1 || return 1
  took=$((($(date +%s%N) - begin) / 1000000))
  [ "$took" -ge 690 ] || { echo "two starts within $took ms"; return 1; }
}

# signalled SIGNAL STATUS
signalled() {
  rm -f "$work/log"
  sh /app/keep-alive.sh -p "$work/pid" -l "$work/log" -d 30 sh -c \
    'trap "echo asked; exit 5" TERM; trap "" INT; echo ready; while :; do sleep 0.05; done' mark-signalled &
  supervisor=$!
  wait_for 20 has_line "$work/log" ready || { kill -9 $supervisor; return 1; }
  wait_for 20 test -s "$work/pid" || return 1
  [ "$(cat "$work/pid")" -gt 1 ] || return 1
  kill -s "$1" $supervisor
  ends "$2" || return 1
  logged <<'EOF' || return 1
keep-alive: start 1
ready
asked
keep-alive: end 1 status 5
EOF
  no_process mark-signalled
}

# A shell gives programs in the background an ignored SIGINT, which they cannot trap, so it is reset.
interrupted() {
  env --default-signal=INT sh /app/keep-alive.sh -p "$work/pid" -l "$work/log" -d 30 sh -c \
    'trap "echo asked; exit 5" TERM; trap "" INT; echo ready; while :; do sleep 0.05; done' mark-interrupted &
  supervisor=$!
  wait_for 20 has_line "$work/log" ready || { kill -9 $supervisor; return 1; }
  wait_for 20 test -s "$work/pid" || return 1
  kill -INT $supervisor
  ends 130 || return 1
  logged <<'EOF' || return 1
keep-alive: start 1
ready
asked
keep-alive: end 1 status 5
EOF
  no_process mark-interrupted
}

stubborn_is_killed() {
  sh /app/keep-alive.sh -p "$work/pid" -l "$work/log" sh -c 'trap "" TERM; echo ready; while :; do sleep 0.05; done' mark-stubborn &
  supervisor=$!
  wait_for 20 has_line "$work/log" ready || { kill -9 $supervisor; return 1; }
  begin=$(date +%s%N)
  kill -TERM $supervisor
  ends 143 || return 1
  took=$((($(date +%s%N) - begin) / 1000000))
  [ "$took" -ge 1900 ] && [ "$took" -le 6000 ] || { echo "it took $took ms"; return 1; }
  logged <<'EOF' || return 1
keep-alive: start 1
ready
keep-alive: end 1 status 137
EOF
  no_process mark-stubborn
}

pause_is_cut_short() {
  sh /app/keep-alive.sh -p "$work/pid" -l "$work/log" -d 47.25 sh -c 'exit 1' &
  supervisor=$!
  wait_for 20 has_line "$work/log" "keep-alive: end 1 status 1" || { kill -9 $supervisor; return 1; }
  sleep 0.2
  [ ! -e "$work/pid" ] || { echo "a pid file without a running command"; return 1; }
  begin=$(date +%s%N)
  kill -TERM $supervisor
  ends 143 || return 1
  took=$((($(date +%s%N) - begin) / 1000000))
  [ "$took" -le 1500 ] || { echo "it took $took ms"; return 1; }
  no_process 47.25 || return 1
  ! has_line "$work/log" "keep-alive: start 2"
}

usage_errors() {
  for arguments in "-p $work/pid -l $work/log" "-l $work/log true" "-p $work/pid true" "-x -p $work/pid -l $work/log true"; do
    # Meant to be split into words.
    keep_alive $arguments >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" -eq 2 ] && [ ! -s "$work/out" ] && [ -s "$work/err" ] || { echo "$arguments: status $status"; return 1; }
    [ ! -e "$work/log" ] && [ ! -e "$work/pid" ] || { echo "$arguments: a file was written"; return 1; }
  done
}

# fresh CHECK: without the files of the check before.
fresh() {
  [ -f /app/keep-alive.sh ] || { echo "there is no /app/keep-alive.sh"; return 1; }
  rm -f "$work/log" "$work/pid" "$work/n"
  "$@"
}

check "a clean end" fresh clean_end
check "restarts until it succeeds" fresh restarts_until_success
check "restarts are limited" fresh restarts_are_limited
check "the delay is kept" fresh delay_is_kept
check "SIGTERM is passed on" fresh signalled TERM 143
check "SIGINT is passed on as SIGTERM" fresh interrupted
check "a stubborn command is killed" fresh stubborn_is_killed
check "a pause is cut short" fresh pause_is_cut_short
check "usage errors" fresh usage_errors
verdict
