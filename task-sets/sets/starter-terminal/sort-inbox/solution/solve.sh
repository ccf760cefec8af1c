#!/bin/sh
set -eu
cat >/app/sort-inbox.sh <<'EOF'
#!/bin/sh
# Moves the files of an inbox into dated folders of an archive.
LC_ALL=C
export LC_ALL
inbox=$1
archive=$2
if [ ! -d "$inbox" ]; then
  echo "sort-inbox: $inbox is not a directory" >&2
  exit 2
fi
moved=0
dropped=0

folder_of() {
  case $1 in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][_\ -]*)
      year=${1%%-*}
      rest=${1#*-}
      month=${rest%%-*}
      rest=${rest#*-}
      day=$(printf %.2s "$rest")
      case $month in 0[1-9] | 1[0-2]) ;; *) echo undated; return ;; esac
      case $day in 0[1-9] | [12][0-9] | 3[01]) ;; *) echo undated; return ;; esac
      echo "$year/$month"
      ;;
    *) echo undated ;;
  esac
}

place() {
  file=$1
  name=${file##*/}
  folder=$archive/$(folder_of "$name")
  stem=$name
  ending=
  case $name in
    ?*.*)
      stem=${name%.*}
      ending=.${name##*.}
      ;;
  esac
  target=$folder/$name
  number=1
  while [ -e "$target" ] || [ -L "$target" ]; do
    if [ -f "$target" ] && [ "$(sha256sum <"$file")" = "$(sha256sum <"$target")" ]; then
      rm -f -- "$file"
      dropped=$((dropped + 1))
      return
    fi
    number=$((number + 1))
    target=$folder/$stem~$number$ending
  done
  mkdir -p -- "$folder"
  mv -- "$file" "$target"
  moved=$((moved + 1))
}

case $inbox in -*) inbox=./$inbox ;; esac
# One list in byte order: the three patterns together match every name but . and ..
ls -A -- "$inbox" >/dev/null || exit 2
list=$(mktemp)
trap 'rm -f "$list"' EXIT
for file in "$inbox"/* "$inbox"/.[!.]* "$inbox"/..?*; do
  if [ -f "$file" ] && [ ! -L "$file" ]; then printf '%s\n' "$file"; fi
done | sort >"$list"
while IFS= read -r file; do
  place "$file"
done <"$list"
echo "moved $moved, dropped $dropped"
EOF
sh /app/sort-inbox.sh /app/inbox /app/archive
