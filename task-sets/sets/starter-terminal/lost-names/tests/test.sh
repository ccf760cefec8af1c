#!/bin/sh
here=$(dirname "$0")
. "$here/checks.sh"

# entries DIR: everything below it that is not a folder, relative, in byte order.
entries() {
  (cd "$1" && ls -AR . | awk '/:$/ { sub(/:$/, ""); dir = substr($0, 3); next }
    NF { print (dir == "" ? "" : dir "/") $0 }' |
    while IFS= read -r path; do [ -d "$path" ] && [ ! -L "$path" ] || printf '%s\n' "$path"; done | LC_ALL=C sort)
}

restored_content() {
  cd /app/restored && sha256sum --quiet -c "$here/restored.sha256"
}

restored_nothing_else() {
  sed 's/^[^ ]*  //' "$here/restored.sha256" >"$work/want"
  entries /app/restored >"$work/got"
  same "$work/want" "$work/got"
}

regular_files() {
  entries /app/restored >"$work/paths"
  [ -s "$work/paths" ] || { echo "nothing was restored"; return 1; }
  while IFS= read -r path; do
    if [ -L "/app/restored/$path" ] || [ "$(stat -c %h "/app/restored/$path")" != 1 ]; then
      echo "$path is a link"
      return 1
    fi
  done <"$work/paths"
}

unknown_files() {
  awk '{ print $2 "  " $1 }' "$here/unknown.txt" >"$work/sums"
  (cd /app/unknown && sha256sum --quiet -c "$work/sums") || return 1
  awk '{ print $1 }' "$here/unknown.txt" >"$work/want"
  entries /app/unknown >"$work/got"
  same "$work/want" "$work/got"
}

inputs_untouched() {
  (cd /app && sha256sum --quiet -c "$here/untouched.sha256") || return 1
  [ "$(entries /app/rescued | wc -l)" -eq "$(grep -c ' rescued/' "$here/untouched.sha256")" ] ||
    { echo "/app/rescued holds other files than before"; return 1; }
}

here=$(cd "$here" && pwd)
check "every rescued path has its content" restored_content
check "the restored folder holds nothing else" restored_nothing_else
check "restored files are no links" regular_files
check "missing paths are listed" same "$here/missing.txt" /app/missing.txt
check "unknown files are kept apart" unknown_files
check "the rescued files and the manifest are untouched" inputs_untouched
verdict
