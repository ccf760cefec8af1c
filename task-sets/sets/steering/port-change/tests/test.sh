#!/bin/sh
. "$(dirname "$0")/checks.sh"
here=$(cd "$(dirname "$0")" && pwd)

# as_expected NAME...: these files, byte for byte.
as_expected() {
  for name in "$@"; do
    same "$here/expected/services/$name.conf" "/app/services/$name.conf" || { echo "in $name.conf"; return 1; }
  done
}

no_other_files() {
  [ "$(cd "$here/expected/services" && ls -A)" = "$(cd /app/services && ls -A)" ] || { ls -A /app/services; return 1; }
}

backup_untouched() {
  [ "$(cd /app/backup && cat -- * | cksum)" = "$(cat "$here/backup.cksum")" ] || { echo "the backup was changed"; return 1; }
}

check "services that move" as_expected accounts images mail payments-report search wishlist
check "services with tls" as_expected basket gateway media-store
check "payments stays" as_expected billing checkout invoices refunds
check "services with another port" as_expected catalog export thumbnails
check "the changes" same "$here/expected/CHANGES.txt" /app/CHANGES.txt
check "no other files" no_other_files
check "the backup is as it was" backup_untouched
verdict
