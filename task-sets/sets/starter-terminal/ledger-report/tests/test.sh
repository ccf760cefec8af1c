#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
cases=$here/cases

# report WANT BOOKS MONTH
report() {
  timeout 20 sh /app/ledger.sh "$2" "$3" >"$work/got" || { echo "exit status $?"; return 1; }
  same "$1" "$work/got"
}

month_without_postings() {
  [ -f /app/ledger.sh ] || { echo "there is no /app/ledger.sh"; return 1; }
  : >"$work/nothing"
  report "$work/nothing" "$cases/year.txt" 2031-01
}

wrong_transactions() {
  timeout 20 sh /app/ledger.sh "$cases/bad.txt" 2026-01 >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq 1 ] || { echo "exit status $status"; return 1; }
  [ ! -s "$work/out" ] || { echo "standard output is not empty"; return 1; }
  same "$cases/bad.want" "$work/err"
}

check "January of the example" report "$cases/books-2026-01.want" /app/books.txt 2026-01
check "February of the example" report "$cases/books-2026-02.want" /app/books.txt 2026-02
check "a month of a longer book" report "$cases/year-2025-11.want" "$cases/year.txt" 2025-11
check "another month of it" report "$cases/year-2026-01.want" "$cases/year.txt" 2026-01
check "large and small amounts" report "$cases/big.want" "$cases/big.txt" 2026-07
check "a month without postings" month_without_postings
check "transactions that do not add up" wrong_transactions
verdict
