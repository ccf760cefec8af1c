#!/bin/sh
. "$(dirname "$0")/checks.sh"
here=$(cd "$(dirname "$0")" && pwd)

no_first_report() {
  [ ! -e /app/report.txt ] || { echo "/app/report.txt is there"; return 1; }
}

log_untouched() {
  [ "$(cksum </app/requests.log)" = "$(cat "$here/log.cksum")" ] || { echo "the log was changed"; return 1; }
}

check "the report that was wanted in the end" same "$here/worst.txt" /app/worst.txt
check "the first report is not there" no_first_report
check "the log is as it was" log_untouched
verdict
