#!/bin/sh
set -eu
cat >/app/keep-alive.sh <<'EOF'
#!/bin/sh
# Keeps a command running.
usage() {
  echo "usage: keep-alive.sh -p PIDFILE -l LOG [-r MAX] [-d SECONDS] COMMAND [ARG...]" >&2
  exit 2
}
pidfile= log= max=3 delay=1
while getopts :p:l:r:d: option; do
  case $option in
    p) pidfile=$OPTARG ;;
    l) log=$OPTARG ;;
    r) max=$OPTARG ;;
    d) delay=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ -n "$pidfile" ] && [ -n "$log" ] && [ $# -gt 0 ] || usage

asked=
child=
pause=
stop() {
  asked=$1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
  # Not TERM: a child that has not become sleep yet would swallow it.
  [ -z "$pause" ] || kill -KILL "$pause" 2>/dev/null
}
trap 'stop 143' TERM
trap 'stop 130' INT

# Gives the child two seconds to follow the TERM. A process that has ended is reaped on the way.
patience() {
  i=0
  while [ "$i" -lt 40 ] && kill -0 "$child" 2>/dev/null; do
    sleep 0.05
    i=$((i + 1))
  done
  kill -KILL "$child" 2>/dev/null
}

# wait comes back early when a trapped signal arrives, with a status that tells of the signal only.
await() {
  while :; do
    wait "$child"
    result=$?
    kill -0 "$child" 2>/dev/null || break
    [ -z "$asked" ] || patience
  done
  wait "$child" 2>/dev/null
  again=$?
  [ "$again" -eq 127 ] || result=$again
}

finish() {
  rm -f "$pidfile"
  exit "$1"
}

n=0
while [ -z "$asked" ]; do
  n=$((n + 1))
  echo "keep-alive: start $n" >>"$log"
  "$@" </dev/null >>"$log" 2>&1 &
  child=$!
  echo "$child" >"$pidfile"
  [ -z "$asked" ] || stop "$asked"
  await
  child=
  rm -f "$pidfile"
  echo "keep-alive: end $n status $result" >>"$log"
  [ -z "$asked" ] || break
  status=$result
  [ "$status" -ne 0 ] || finish 0
  [ "$n" -le "$max" ] || finish "$status"
  sleep "$delay" >/dev/null 2>&1 &
  pause=$!
  while [ -z "$asked" ] && kill -0 "$pause" 2>/dev/null; do wait "$pause"; done 2>/dev/null
  kill -KILL "$pause" 2>/dev/null
  wait "$pause" 2>/dev/null
  pause=
done
finish "$asked"
EOF
