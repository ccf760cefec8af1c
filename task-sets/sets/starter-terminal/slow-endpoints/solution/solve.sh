#!/bin/sh
set -eu
cat >/app/report.sh <<'EOF'
#!/bin/sh
# Slow routes of access logs.
LC_ALL=C
export LC_ALL
min=1
while getopts m: option; do
  case $option in
    m) min=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
for log in "$@"; do
  if [ ! -f "$log" ] || [ ! -r "$log" ]; then
    echo "report: cannot read $log" >&2
    exit 2
  fi
done
parts=$(mktemp -d)
trap 'rm -rf "$parts"' EXIT
: >"$parts/times"
for log in "$@"; do
  # A last line without its newline still counts.
  awk '{ print }' "$log"
done | awk -v times="$parts/times" '
  /^[^ ]+ [^ ]+ "[A-Z]+ \/[^ "]* HTTP\/(1\.0|1\.1|2)" [0-9][0-9][0-9] ([0-9]+|-) [0-9]+\.[0-9][0-9][0-9]$/ {
    method = substr($3, 2)
    path = $4
    sub(/\?.*/, "", path)
    n = split(path, segment, "/")
    path = ""
    for (i = 2; i <= n; i++) {
      path = path "/" (segment[i] ~ /^[0-9]+$/ ? ":id" : segment[i])
    }
    ms = $8
    sub(/\./, "", ms)
    # Some awks read a leading zero as the mark of an octal number.
    sub(/^0+/, "", ms)
    printf "%s %s\t%d\t%d\n", method, path, ms, ($6 >= 500) > times
    next
  }
  { skipped++ }
  END { print "# skipped " (skipped + 0) }' >"$parts/skipped"
printf 'requests\terrors\tp50_ms\tp95_ms\troute\n'
tab=$(printf '\t')
sort -t "$tab" -k1,1 -k2,2n "$parts/times" | awk -F '\t' -v min="$min" '
  function rank(p) { return int((p * n + 99) / 100) }
  function flush() {
    if (n >= min && n > 0) printf "%d\t%d\t%d\t%d\t%s\n", n, errors, time[rank(50)], time[rank(95)], route
  }
  $1 != route { flush(); route = $1; n = 0; errors = 0 }
  { time[++n] = $2; errors += $3 }
  END { flush() }' | sort -t "$tab" -k4,4nr -k5,5
cat "$parts/skipped"
EOF
sh /app/report.sh /app/logs/sample.log
