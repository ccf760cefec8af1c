#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"

restore() {
  timeout 20 sh /app/restore.sh "$@"
}

# entries DIR: everything below it that is not a folder, relative, in byte order.
entries() {
  (cd "$1" && ls -AR . | awk '/:$/ { sub(/:$/, ""); dir = substr($0, 3); next }
    NF { print (dir == "" ? "" : dir "/") $0 }' |
    while IFS= read -r path; do [ -d "$path" ] || printf '%s\n' "$path"; done | LC_ALL=C sort)
}

# cut BACKUP FILE COUNT DIR: cuts a file into parts DIR/BACKUP.1 and so on.
cut_up() {
  size=$(wc -c <"$2")
  step=$(((size + $3 - 1) / $3))
  i=1
  while [ "$i" -le "$3" ]; do
    tail -c +$(((i - 1) * step + 1)) "$2" | head -c "$step" >"$work/piece"
    sum=$(cksum <"$work/piece")
    { echo "PART backup=$1 no=$i of=$3 bytes=${sum#* } cksum=${sum% *}"; cat "$work/piece"; } >"$4/$1.$i"
    i=$((i + 1))
  done
}

# A second folder of parts, made here, with all that may go wrong with them.
parts=$work/other\ parts
{
  mkdir -p "$parts/folder" "$work/tree/sub dir"
  seq 1 3000 >"$work/tree/numbers"
  printf 'a\0b\n' >"$work/tree/sub dir/-odd name"
  printf '#!/bin/sh\necho hello\n' >"$work/tree/run.sh"
  chmod 755 "$work/tree/run.sh"
  tar -C "$work/tree" -czf "$work/big.tgz" .
  tar -C "$work/tree" -czf "$work/small.tgz" run.sh
  cut_up big.1 "$work/big.tgz" 12 "$parts"
  cut_up Small "$work/small.tgz" 1 "$parts"
  cut_up holes_x "$work/big.tgz" 11 "$parts"
  cut_up 10 "$work/small.tgz" 3 "$parts"
  cut_up gone "$work/small.tgz" 2 "$parts"
  mv "$parts/big.1.7" "$parts/-7"
  mv "$parts/big.1.2" "$parts/.hidden two"
  mv "$parts/big.1.10" "$parts/..."
  cp "$parts/big.1.3" "$parts/zz copy"
  # A damaged copy before the good one in the order of names, and one after it.
  { cat "$parts/big.1.5"; echo; } >"$parts/0"
  sed '1!d' "$parts/big.1.6" >"$parts/zzz"
  rm "$parts/holes_x.1" "$parts/holes_x.10"
  printf x >>"$parts/holes_x.4"
  rm "$parts/10.2"
  for i in 1 2; do printf x >>"$parts/gone.$i"; done
  sed '1s/^PART/part/' "$parts/Small.1" >"$parts/not a part"
  { echo; cat "$parts/Small.1"; } >"$parts/late header"
  printf 'PART backup=Small no=1 of=1 bytes=3 cksum=\nabc' >"$parts/short header"
  printf 'PART backup=no/good no=1 of=1 bytes=0 cksum=4294967295\n' >"$parts/bad name"
  : >"$parts/empty"
  cp "$parts/Small.1" "$parts/folder/"
} >/dev/null 2>&1
(cd "$parts" && cksum -- * .h* ... 2>/dev/null) >"$work/parts.before"

example_restored() {
  (cd /app/restored && sha256sum --quiet -c "$here/ledger.sha256") || return 1
  sed 's/^[^ ]*  //' "$here/ledger.sha256" >"$work/want"
  entries /app/restored >"$work/got"
  same "$work/want" "$work/got"
}

example_listed() {
  printf 'ledger 11/11 complete\nledger-old 2/4 missing 2,4\n' >"$work/want"
  restore list /app/parts >"$work/got" || { echo "exit status $?"; return 1; }
  same "$work/want" "$work/got"
}

others_listed() {
  cat >"$work/want" <<'EOF'
10 2/3 missing 2
Small 1/1 complete
big.1 12/12 complete
holes_x 8/11 missing 1,4,10
EOF
  restore list "$parts" >"$work/got" || { echo "exit status $?"; return 1; }
  same "$work/want" "$work/got"
}

others_extracted() {
  restore extract "$parts" big.1 "$work/new/out dir" >"$work/said.out" || { echo "exit status $?"; return 1; }
  [ ! -s "$work/said.out" ] || { cat "$work/said.out"; return 1; }
  diff -r "$work/tree" "$work/new/out dir" || return 1
  [ -x "$work/new/out dir/run.sh" ] || { echo "run.sh is not executable"; return 1; }
  restore extract "$parts" Small "$work/new/small" || { echo "exit status $?"; return 1; }
  printf 'run.sh\n' >"$work/want"
  entries "$work/new/small" >"$work/got"
  same "$work/want" "$work/got"
}

refused() {
  [ -f /app/restore.sh ] || { echo "there is no /app/restore.sh"; return 1; }
  for backup in holes_x 10 gone big small unknown; do
    restore extract "$parts" "$backup" "$work/not/there" >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" -eq 1 ] && [ -s "$work/err" ] && [ ! -s "$work/out" ] || { echo "$backup: status $status"; return 1; }
    [ ! -e "$work/not" ] || { echo "$backup: something was created"; return 1; }
  done
  mkdir "$work/is-there"
  restore extract "$parts" Small "$work/is-there" >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq 1 ] && [ -s "$work/err" ] || { echo "existing folder: status $status"; return 1; }
  [ -z "$(ls -A "$work/is-there")" ] || { echo "the existing folder was changed"; return 1; }
}

parts_untouched() {
  (cd /app && sha256sum --quiet -c "$here/parts.sha256") || return 1
  [ "$(entries /app/parts | wc -l)" -eq "$(wc -l <"$here/parts.sha256")" ] || { echo "/app/parts holds other files"; return 1; }
  (cd "$parts" && cksum -- * .h* ... 2>/dev/null) >"$work/parts.after"
  same "$work/parts.before" "$work/parts.after"
}

check "the ledger is restored" example_restored
check "the parts of the example are listed" example_listed
check "other parts are listed" others_listed
check "other backups are extracted" others_extracted
check "incomplete backups and existing folders are refused" refused
check "the parts are untouched" parts_untouched
verdict
