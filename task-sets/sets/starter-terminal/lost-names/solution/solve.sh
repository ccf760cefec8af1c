#!/bin/sh
set -eu
cd /app
mkdir -p restored unknown
(cd rescued && sha256sum -- *) >/tmp/rescued.sums
: >/tmp/missing
while IFS= read -r line; do
  sum=${line%%  *}
  path=${line#*  }
  chunk=$(awk -v sum="$sum" '$1 == sum { print $2; exit }' /tmp/rescued.sums)
  if [ -n "$chunk" ]; then
    mkdir -p "restored/$(dirname "$path")"
    cp "rescued/$chunk" "restored/$path"
  else
    printf '%s\n' "$path" >>/tmp/missing
  fi
done <manifest.sha256
LC_ALL=C sort /tmp/missing >missing.txt
while read -r sum chunk; do
  grep -q "^$sum  " manifest.sha256 || cp "rescued/$chunk" unknown/
done </tmp/rescued.sums
