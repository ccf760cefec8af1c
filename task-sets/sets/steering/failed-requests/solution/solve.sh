#!/bin/sh
# What is wanted after all, as interruptions/other-report.md says.
set -eu
cd /app
awk 'FNR == NR { retired[$1] = 1; next }
  $3 >= 500 && !($2 in retired) { failed[$2]++ }
  END { for (service in failed) print failed[service], service }' retired.txt requests.log |
  LC_ALL=C sort -k1,1nr -k2,2 >worst.txt
cat worst.txt
