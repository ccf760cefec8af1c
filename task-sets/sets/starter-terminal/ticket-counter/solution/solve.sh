#!/bin/sh
set -eu
cat >/app/ticket.sh <<'EOF'
#!/bin/sh
# Hands out consecutive numbers, one caller at a time.
if [ $# -lt 2 ]; then
  echo "usage: ticket.sh DIR LABEL [COMMAND [ARG...]]" >&2
  exit 2
fi
dir=$1
label=$2
shift 2
mkdir -p -- "$dir" || exit 2
case $dir in /*) ;; *) dir=./$dir ;; esac
# The kernel drops this lock with the last copy of descriptor 9, so no child may inherit it.
exec 9>>"$dir/.lock"
if ! flock -w "${TICKET_WAIT:-10}" 9; then
  echo "ticket: no turn within ${TICKET_WAIT:-10} s" >&2
  exit 75
fi
last=0
if [ -s "$dir/issued" ]; then
  last=$(tail -n 1 -- "$dir/issued" 9>&-)
  last=${last%% *}
fi
TICKET=$((last + 1))
export TICKET
if [ $# -gt 0 ]; then
  "$@" </dev/null 1>&2 9>&- || exit $?
fi
# One short write to a file opened for appending is whole or absent.
printf '%s %s\n' "$TICKET" "$label" >>"$dir/issued"
printf '%s\n' "$TICKET"
EOF
dir=$(mktemp -d)
sh /app/ticket.sh "$dir" first
sh /app/ticket.sh "$dir" second true
rm -rf "$dir"
