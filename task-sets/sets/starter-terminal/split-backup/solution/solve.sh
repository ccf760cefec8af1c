#!/bin/sh
set -eu
cat >/app/restore.sh <<'EOF'
#!/bin/sh
# Lists and restores backups from their parts.
LC_ALL=C
export LC_ALL
mode=$1
parts=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# index: one line "backup no of file-number" per good part; files are numbered, since names may be anything.
number=0
: >"$scratch/index"
for file in "$parts"/* "$parts"/.[!.]* "$parts"/..?*; do
  [ -f "$file" ] || continue
  header=$(head -n 1 <"$file" | tr '\0' '?')
  printf '%s\n' "$header" | grep -Eq \
    '^PART backup=[A-Za-z0-9._-]+ no=[0-9]+ of=[0-9]+ bytes=[0-9]+ cksum=[0-9]+$' || continue
  number=$((number + 1))
  tail -n +2 <"$file" >"$scratch/data.$number"
  found=$(cksum <"$scratch/data.$number")
  printf '%s\n' "$header" | sed 's/[a-z]*=//g' | {
    read -r _ backup no of bytes sum
    [ "$found" != "$sum $bytes" ] || echo "$backup $no $of $number"
  } >>"$scratch/index"
done
sort -k1,1 -k2,2n -u "$scratch/index" >"$scratch/good"

if [ "$mode" = list ]; then
  awk '
    function flush(    i, missing) {
      if (name == "") return
      for (i = 1; i <= of; i++) if (!(i in have)) missing = missing (missing == "" ? "" : ",") i
      print name, n "/" of, (missing == "" ? "complete" : "missing " missing)
    }
    $1 "" != name { flush(); name = $1 ""; n = 0; split("", have) }
    { have[$2 + 0] = 1; n++; of = $3 + 0 }
    END { flush() }' "$scratch/good"
  exit
fi

backup=$3
out=$4
if [ -e "$out" ] || [ -L "$out" ]; then
  echo "restore: $out exists" >&2
  exit 1
fi
if ! awk -v name="$backup" '$1 "" == name "" { n++; of = $3 } END { exit !(n > 0 && n == of) }' "$scratch/good"; then
  echo "restore: $backup is not complete" >&2
  exit 1
fi
awk -v name="$backup" '$1 "" == name "" { print $4 }' "$scratch/good" |
  while read -r number; do cat "$scratch/data.$number"; done | gzip -dc >"$scratch/archive.tar"
mkdir -p -- "$out"
tar -xf "$scratch/archive.tar" -C "$out"
EOF
sh /app/restore.sh extract /app/parts ledger /app/restored
