#!/bin/sh
set -eu
cat >/app/ledger.sh <<'EOF'
#!/bin/sh
# Account totals of one month, counted in whole cents.
awk -v month="$2" '
  function cents(text,    sign, dot, fraction) {
    sign = 1
    if (text ~ /^-/) { sign = -1; text = substr(text, 2) }
    dot = index(text, ".")
    fraction = dot ? substr(text, dot + 1) : ""
    if (dot) text = substr(text, 1, dot - 1)
    return sign * (text * 100 + substr(fraction "00", 1, 2))
  }
  # %d is 32 bits wide in some awks, so whole numbers go through %.0f.
  function money(c,    sign, whole) {
    sign = c < 0 ? "-" : ""
    if (c < 0) c = -c
    whole = int(c / 100)
    return sprintf("%s%.0f.%02d", sign, whole, c - whole * 100)
  }
  function close_transaction(    i, sum, account) {
    sum = 0
    for (i = 1; i <= n; i++) sum += amount[i]
    if (open_posting) amount[open_posting] = -sum
    else if (sum != 0) { off[++offs] = opened ": off by " money(sum) }
    if (date == month) {
      for (i = 1; i <= n; i++) {
        account = name[i]
        while (1) {
          total[account] += amount[i]
          if (!match(account, /:[^:]*$/)) break
          account = substr(account, 1, RSTART - 1)
        }
      }
    }
    n = 0
    open_posting = 0
  }
  { sub(/;.*/, "") }
  /^[0-9]/ { close_transaction(); opened = NR; date = substr($1, 1, 7); next }
  NF {
    name[++n] = $1
    if (NF > 1) amount[n] = cents($2)
    else { amount[n] = 0; open_posting = n }
  }
  END {
    close_transaction()
    if (offs) {
      for (i = 1; i <= offs; i++) print off[i] > "/dev/stderr"
      exit 1
    }
    for (account in total) printf "%-32s%14s\n", account, money(total[account])
  }' "$1" >"${TMPDIR:-/tmp}/ledger.$$"
status=$?
[ "$status" -eq 0 ] && LC_ALL=C sort "${TMPDIR:-/tmp}/ledger.$$"
rm -f "${TMPDIR:-/tmp}/ledger.$$"
exit "$status"
EOF
sh /app/ledger.sh /app/books.txt 2026-02
