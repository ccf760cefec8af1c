#!/usr/bin/env bash
# Runs a command in the sandbox. One argument is shell source, several are a program with its
# arguments, none means shell source on stdin. Both outputs and the exit code are the command's;
# exit code 125 means that it was not run to its end, with the reason on stderr.
LC_ALL=C
quote=\'
quoted="'\\''"
script=
case $# in
  0) script=$(cat) ;;
  1) script=$1 ;;
  *) for word in "$@"; do script="$script'${word//$quote/"$quoted"}' "; done ;;
esac
id=$BASHPID.$RANDOM$RANDOM$RANDOM
place=/dev/tcp/127.0.0.1/@PORT@
if ! { exec 3<> "$place" && exec 4<> "$place" && exec 5<> "$place"; } 2> /dev/null; then
  echo 'pacebench: the agent phase is over' >&2
  exit 125
fi
printf 'stderr @TOKEN@ %s 0\n' "$id" >&4
printf 'end @TOKEN@ %s 0\n' "$id" >&5
printf 'stdout @TOKEN@ %s %d\n%s' "$id" "${#script}" "$script" >&3
# Only the script itself may hold the connection by which it is known to live.
cat <&4 >&2 3>&- 4>&- 5>&- &
cat <&3 3>&- 4>&- 5>&- &
exec 3>&- 4>&-
wait
code=
read -r code <&5
if [ -z "$code" ]; then
  echo 'pacebench: the command was given up' >&2
  code=125
fi
exit "$code"
