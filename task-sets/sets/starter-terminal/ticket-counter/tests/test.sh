#!/bin/sh
. "$(dirname "$0")/checks.sh"

ticket() {
  timeout 20 sh /app/ticket.sh "$@"
}

# gapless FILE COUNT: exactly the numbers 1 to COUNT, in order, each with a label.
gapless() {
  awk -v want="$2" '
    $1 != NR || NF < 2 { print "line " NR ": " $0; bad = 1; exit 1 }
    END { if (!bad && NR != want) { print NR " lines, not " want; exit 1 } }' "$1"
}

plain_calls() {
  dir=$work/a/new/deep
  printf '1\n2\n' >"$work/want"
  { ticket "$dir" "the first caller"; ticket "$dir" second; } >"$work/got"
  same "$work/want" "$work/got" || return 1
  printf '1 the first caller\n2 second\n' >"$work/want"
  same "$work/want" "$dir/issued"
}

parallel_calls() {
  dir=$work/b
  mkdir -p "$work/b.out"
  i=1
  while [ $i -le 40 ]; do
    ticket "$dir" "caller $i" >"$work/b.out/$i" &
    i=$((i + 1))
  done
  wait
  gapless "$dir/issued" 40 || return 1
  i=1
  while [ $i -le 40 ]; do
    echo "$(cat "$work/b.out/$i") caller $i"
    i=$((i + 1))
  done | sort -n >"$work/want"
  same "$work/want" "$dir/issued"
}

command_decides() {
  dir=$work/c
  ticket "$dir" one >/dev/null
  ticket "$dir" two sh -c 'cat; echo "number $TICKET"; echo "$1" >&2; exit 7' x 'a  b' >"$work/out" 2>"$work/err" <<'EOF'
this is not for the command
EOF
  status=$?
  [ "$status" -eq 7 ] || { echo "status $status, not that of the command"; return 1; }
  [ ! -s "$work/out" ] || { echo "standard output:"; cat "$work/out"; return 1; }
  printf 'number 2\na  b\n' >"$work/want"
  same "$work/want" "$work/err" || return 1
  gapless "$dir/issued" 1 || return 1
  [ "$(ticket "$dir" three sh -c 'test "$TICKET" = 2; echo noise' 2>/dev/null)" = 2 ] || { echo "number 2 is lost"; return 1; }
  printf '1 one\n2 three\n' >"$work/want"
  same "$work/want" "$dir/issued"
}

one_at_a_time() {
  dir=$work/d
  i=1
  while [ $i -le 12 ]; do
    ticket "$dir" "c $i" sh -c 'mkdir "$0" || { echo overlap >>"$0.bad"; exit 1; }; sleep 0.03; rmdir "$0"' "$work/d.inside" >/dev/null 2>&1 &
    i=$((i + 1))
  done
  wait
  [ ! -e "$work/d.inside.bad" ] || { echo "two commands ran at the same time"; return 1; }
  gapless "$dir/issued" 12
}

slow_holder_keeps_turn() {
  dir=$work/e
  ticket "$dir" slow sh -c 'touch "$0"; sleep 2.5' "$work/e.started" >/dev/null 2>&1 &
  holder=$!
  until [ -e "$work/e.started" ] || ! kill -0 $holder 2>/dev/null; do sleep 0.02; done
  for seconds in 0 1; do
    TICKET_WAIT=$seconds ticket "$dir" hasty >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" -eq 75 ] || { echo "TICKET_WAIT=$seconds: status $status, not 75"; return 1; }
    [ ! -s "$work/out" ] && [ -s "$work/err" ] || { echo "a message on standard error only was expected"; return 1; }
  done
  TICKET_WAIT=0 timeout 1 sh /app/ticket.sh "$work/e2" other >"$work/out" || { echo "another counter had to wait"; return 1; }
  [ "$(ticket "$dir" patient)" = 2 ] || { echo "the patient caller did not get 2"; return 1; }
  wait $holder
  printf '1 slow\n2 patient\n' >"$work/want"
  same "$work/want" "$dir/issued"
}

killed_holder_frees_turn() {
  dir=$work/f
  ticket "$dir" before >/dev/null
  sh /app/ticket.sh "$dir" victim sh -c 'echo $$ >"$0.tmp"; mv "$0.tmp" "$0"; exec sleep 15' "$work/f.pid" >/dev/null 2>&1 &
  victim=$!
  until [ -e "$work/f.pid" ] || ! kill -0 $victim 2>/dev/null; do sleep 0.02; done
  kill -9 $victim
  wait $victim 2>/dev/null
  TICKET_WAIT=1 ticket "$dir" heir >"$work/out"
  status=$?
  kill -0 "$(cat "$work/f.pid")" || { echo "the command of the killed call is gone"; return 1; }
  kill -9 "$(cat "$work/f.pid")"
  [ "$status" -eq 0 ] && [ "$(cat "$work/out")" = 2 ] || { echo "the next call: status $status, number $(cat "$work/out")"; return 1; }
  printf '1 before\n2 heir\n' >"$work/want"
  same "$work/want" "$dir/issued"
}

background_work_is_no_holder() {
  dir=$work/g
  ticket "$dir" starter sh -c 'sleep 15 & echo $! >"$0"' "$work/g.pid" >/dev/null 2>&1 || { echo "status $?"; return 1; }
  TICKET_WAIT=1 ticket "$dir" next >"$work/out"
  status=$?
  kill -9 "$(cat "$work/g.pid")"
  [ "$status" -eq 0 ] && [ "$(cat "$work/out")" = 2 ] || { echo "the next call: status $status"; return 1; }
}

storm_with_kills() {
  dir=$work/h
  mkdir -p "$dir"
  round=1
  while [ $round -le 30 ]; do
    # Padded, so that half a line would show.
    sh /app/ticket.sh "$dir" "victim $round ........................................" sleep 0.01 >/dev/null 2>&1 &
    victim=$!
    sh /app/ticket.sh "$dir" "caller $round ........................................" >/dev/null 2>&1 &
    caller=$!
    sleep "0.0$((round % 5))$((round % 7))"
    kill -9 $victim 2>/dev/null
    wait $victim $caller 2>/dev/null
    round=$((round + 1))
  done
  [ "$(grep -c ' caller .* \.\{40\}$' "$dir/issued")" -eq 30 ] || { echo "not every caller got a ticket"; return 1; }
  [ "$(grep -cv ' \.\{40\}$' "$dir/issued")" -eq 0 ] || { echo "there is half a line"; return 1; }
  lines=$(wc -l <"$dir/issued")
  gapless "$dir/issued" "$lines" || return 1
  [ "$(ticket "$dir" last)" = $((lines + 1)) ] || { echo "the count does not go on after the storm"; return 1; }
}

usage_error() {
  [ -f /app/ticket.sh ] || { echo "there is no /app/ticket.sh"; return 1; }
  ticket "$work/i" >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq 2 ] && [ -s "$work/err" ] && [ ! -s "$work/out" ] || { echo "exit status $status"; return 1; }
}

check "calls one after another" plain_calls
check "40 calls at once" parallel_calls
check "the command decides" command_decides
check "commands run one at a time" one_at_a_time
check "a slow holder keeps its turn" slow_holder_keeps_turn
check "a killed holder frees its turn" killed_holder_frees_turn
check "background work does not hold the turn" background_work_is_no_holder
check "kills at any moment leave a whole record" storm_with_kills
check "too few arguments" usage_error
verdict
