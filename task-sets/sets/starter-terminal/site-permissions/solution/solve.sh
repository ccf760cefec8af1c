#!/bin/sh
set -eu
cat >/app/lockdown.sh <<'EOF'
#!/bin/sh
# Gives a site's files and folders their modes.
LC_ALL=C
export LC_ALL
dry=
if [ "${1:-}" = -n ]; then
  dry=1
  shift
fi
dir=${1:-}
while :; do
  case $dir in
    ?*/) dir=${dir%/} ;;
    *) break ;;
  esac
done
if [ -L "$dir" ] || [ ! -d "$dir" ]; then
  echo "lockdown: $dir is not a folder" >&2
  exit 2
fi
case $dir in
  -*) start=./$dir cut=./ ;;
  *) start=$dir cut= ;;
esac
top=$(cd "$start" && pwd -P)
export dry cut top start

# Folders last and deepest first, so that nothing is locked before what lies in it is done.
find "$start" -depth \( -type f -o -type d \) -exec sh -c '
  for path do
    case "/${top##*/}/${path#"$start"}/" in
      */uploads/*) uploads=1 ;;
      *) uploads= ;;
    esac
    if [ -d "$path" ]; then
      [ "$uploads" ] && new=2770 || new=0750
    else
      parent=${path%/*}
      case "/${top##*/}/${parent#"$start"}/" in
        */uploads/*) uploads=1 ;;
        *) uploads= ;;
      esac
      new=
      case $path in *.key | *.pem) new=0600 ;; esac
      if [ -z "$new" ] && head -n 1 <"$path" | grep -aq "PRIVATE KEY"; then new=0600; fi
      if [ -z "$new" ] && [ "$uploads" ]; then new=0660; fi
      if [ -z "$new" ] && [ "$(head -c 2 <"$path" | tr "\0" x)" = "#!" ]; then new=0750; fi
      new=${new:-0640}
    fi
    old=$(printf %04o "0$(stat -c %a -- "$path")")
    [ "$old" = "$new" ] && continue
    [ "$dry" ] || chmod -- "$new" "$path"
    # GNU chmod keeps the set-group-ID bit of a folder unless it is taken away by name.
    if [ -z "$dry" ] && [ -d "$path" ] && [ "$new" = 0750 ]; then chmod -- ug-s "$path"; fi
    printf "%s %s %s\n" "$old" "$new" "$(printf "%s." "${path#"$cut"}" | tr "\n" "?" | sed "s/\.\$//")"
  done' sh {} + | sort -k3
EOF
sh /app/lockdown.sh /app/site
