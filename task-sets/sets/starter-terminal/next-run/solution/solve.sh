#!/bin/sh
set -eu
cat >/app/next-run.sh <<'EOF'
#!/bin/sh
# Tells when a cron expression matches next.
count=1
if [ "${1:-}" = -n ]; then
  count=${2:-}
  shift 2 || exit 2
fi
case $count in '' | *[!0-9]*) echo "next-run: bad count" >&2; exit 2 ;; esac
if [ $# -ne 2 ]; then
  echo "usage: next-run.sh [-n COUNT] EXPRESSION 'YYYY-MM-DD HH:MM'" >&2
  exit 2
fi
EXPRESSION=$1 FROM=$2 awk -v count="$count" '
  function bad(text) { print "next-run: " text | "cat >&2"; close("cat >&2"); stop = 2; exit 2 }
  function value(text, kind) {
    text = tolower(text)
    if (text ~ /^[0-9]+$/) return text + 0
    if ((kind, text) in named) return named[kind, text]
    return -1
  }
  # Fills allowed[kind, value].
  function field(text, kind, low, high,    items, n, i, item, step, from, to, slash, dash, v) {
    star[kind] = text ~ /^\*/
    n = split(text, items, ",")
    for (i = 1; i <= n; i++) {
      item = items[i]
      step = 1
      slash = index(item, "/")
      if (slash) {
        step = substr(item, slash + 1)
        item = substr(item, 1, slash - 1)
        if (step !~ /^[0-9]+$/ || step + 0 < 1) bad("bad step in " text)
        step += 0
      }
      dash = index(item, "-")
      if (item == "*") {
        from = low
        to = kind == "dow" ? 6 : high
      } else if (dash) {
        from = value(substr(item, 1, dash - 1), kind)
        to = value(substr(item, dash + 1), kind)
      } else {
        if (slash) bad("a step needs * or a range in " text)
        from = to = value(item, kind)
      }
      if (from < low || to > high || from > to) bad("bad value in " text)
      for (v = from; v <= to; v += step) allowed[kind, kind == "dow" ? v % 7 : v] = 1
    }
    if (n == 0) bad("empty field")
  }
  function leap(y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 }
  function month_days(y, m) { return m == 2 ? 28 + leap(y) : (m == 4 || m == 6 || m == 9 || m == 11) ? 30 : 31 }
  # Day of week by Sakamoto: 0 is Sunday.
  function weekday(y, m, d,    shift) {
    split("0 3 2 5 0 3 5 1 4 6 2 4", shift, " ")
    if (m < 3) y--
    return (y + int(y / 4) - int(y / 100) + int(y / 400) + shift[m] + d) % 7
  }
  function day_matches(y, m, d,    dom, dow) {
    if (!(("month", m) in allowed)) return 0
    dom = ("dom", d) in allowed
    dow = ("dow", weekday(y, m, d)) in allowed
    return star["dom"] || star["dow"] ? dom && dow : dom || dow
  }
  BEGIN {
    if (count < 1 || count > 1000) bad("bad count")
    n = split("jan feb mar apr may jun jul aug sep oct nov dec", word, " ")
    for (i = 1; i <= n; i++) named["month", word[i]] = i
    n = split("sun mon tue wed thu fri sat", word, " ")
    for (i = 1; i <= n; i++) named["dow", word[i]] = i - 1
    from = ENVIRON["FROM"]
    if (from !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]$/) bad("bad time " from)
    split(from, t, /[-: ]/)
    year = t[1] + 0; month = t[2] + 0; day = t[3] + 0; hour = t[4] + 0; minute = t[5] + 0
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > month_days(year, month) || hour > 23 || minute > 59) bad("no such time: " from)
    # A list must not lose an empty item at its end, so that is looked for first.
    expression = ENVIRON["EXPRESSION"]
    if (expression ~ /(^| ),|,,|,( |$)/) bad("empty item")
    if (expression ~ /[^-A-Za-z0-9*,\/ ]/) bad("unknown character")
    if (split(expression, part, " ") != 5) bad("an expression has five fields")
    field(part[1], "minute", 0, 59)
    field(part[2], "hour", 0, 23)
    field(part[3], "dom", 1, 31)
    field(part[4], "month", 1, 12)
    field(part[5], "dow", 0, 7)
    last = sprintf("%04d-%02d-%02d %02d:%02d", year + 40, month, day, hour, minute)
    h = hour
    mi = minute + 1
    while (year <= t[1] + 40) {
      if (day_matches(year, month, day)) {
        for (; h < 24; h++) {
          if (("hour", h) in allowed)
            for (; mi < 60; mi++)
              if (("minute", mi) in allowed) {
                found = sprintf("%04d-%02d-%02d %02d:%02d", year, month, day, h, mi)
                if (found > last) break
                print found
                if (++hits == count) exit 0
              }
          mi = 0
        }
      }
      h = 0
      mi = 0
      if (++day > month_days(year, month)) {
        day = 1
        if (++month > 12) { month = 1; year++ }
      }
    }
    print "never"
    stop = 1
    exit 1
  }'
EOF
sh /app/next-run.sh '*/15 9-17 * * mon-fri' '2026-11-21 12:00'
