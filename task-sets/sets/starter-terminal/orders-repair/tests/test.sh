#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
cases=$here/cases

# repaired NAME INPUT
repaired() {
  rm -f "$work/clean" "$work/rejects"
  timeout 20 python3 /app/repair.py "$2" "$work/clean" "$work/rejects" || { echo "exit status $?"; return 1; }
  python3 "$here/compare.py" "$cases/$1.clean" "$work/clean" && same "$cases/$1.rejects" "$work/rejects"
}

check "the clean file of the export" python3 "$here/compare.py" "$cases/orders.clean" /app/clean.jsonl
check "the rejects of the export" same "$cases/orders.rejects" /app/rejects.txt
check "the same export again" repaired orders /app/orders.csv
check "another export" repaired other "$cases/other.csv"
check "a long export with CRLF and duplicates" repaired long "$cases/long.csv"
check "an export without rejects" repaired small "$cases/small.csv"
verdict
