#!/bin/sh
# What is wanted after all, as interruptions/ say.
set -eu
cd /app
: >CHANGES.txt
for file in services/*.conf; do
  name=$(basename "$file" .conf)
  # What the file says, without blanks and carriage returns: section, key, value.
  said=$(awk '{ gsub(/[ \t\r]/, "") } /^\[/ { section = $0; next } /^[a-z_]+=/ { print section $0 }' "$file")
  has() { printf '%s\n' "$said" | grep -qxF "$1"; }
  if has '[service]owner=payments' || ! has '[listen]port=8080'; then
    continue
  fi
  port=9090
  if has '[listen]tls=yes'; then port=9443; fi
  awk -v port="$port" 'BEGIN { ORS = "" }
    { line = $0 }
    /^\[/ { listen = /^\[listen\]/ }
    listen && /^port[ \t]*=/ { sub(/8080/, port, line) }
    NR > 1 { print "\n" }
    { print line }' "$file" >new.conf
  [ -n "$(tail -c 1 "$file")" ] || echo >>new.conf
  cat new.conf >"$file"
  rm new.conf
  echo "$name $port" >>CHANGES.txt
done
LC_ALL=C sort -o CHANGES.txt CHANGES.txt
cat CHANGES.txt
