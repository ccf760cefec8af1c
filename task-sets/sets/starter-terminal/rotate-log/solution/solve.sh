#!/bin/sh
set -eu
cat >/app/rotate.sh <<'EOF'
#!/bin/sh
# Rotates a log by copy and truncation.
usage() {
  echo "usage: rotate.sh [-k KEEP] [-s BYTES] FILE" >&2
  exit 2
}
keep=5
bytes=0
while getopts :k:s: option; do
  case $option in
    k) keep=$OPTARG ;;
    s) bytes=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || usage
case $keep in [1-9] | [1-9][0-9]) ;; *) usage ;; esac
case $bytes in '' | *[!0-9]*) usage ;; esac
file=$1
case $file in '') usage ;; /*) ;; *) file=./$file ;; esac
if [ ! -f "$file" ]; then
  echo "rotate: $1 is not a regular file" >&2
  exit 1
fi
[ "$(wc -c <"$file")" -gt "$bytes" ] || exit 0

free=1
while [ -e "$file.$free" ]; do free=$((free + 1)); done
while [ "$free" -gt 1 ]; do
  mv "$file.$((free - 1))" "$file.$free"
  free=$((free - 1))
done
cp "$file" "$file.1"
: >"$file"

name=${file##*/}
folder=${file%/*}
for copy in "${folder:-/}"/*; do
  number=${copy##*/}
  case $number in "$name".*) number=${number#"$name".} ;; *) continue ;; esac
  case $number in '' | 0* | *[!0-9]*) continue ;; esac
  if [ "${#number}" -gt 2 ] || [ "$number" -gt "$keep" ]; then rm -f "$copy"; fi
done
EOF
sh /app/rotate.sh -k 4 /app/service.log
