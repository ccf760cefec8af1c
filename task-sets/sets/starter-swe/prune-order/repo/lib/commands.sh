# What snapkeep can do.

# latest FOLDER NAME
latest() {
  newest=$(series "$1" "$2" | tail -n 1)
  [ -n "$newest" ] || { echo "snapkeep: there is no snapshot of $2" >&2; return 1; }
  printf '%s\n' "$newest"
}

# add FOLDER NAME WHAT
add() {
  [ -d "$3" ] || { echo "snapkeep: $3 is no folder" >&2; return 1; }
  newest=$(series "$1" "$2" | tail -n 1)
  next=1
  if [ -n "$newest" ]; then
    next=$(($(number_of "$2" "$newest") + 1))
  fi
  tar -C "$3" -cf "$1/$2-$next.tar.part" .
  mv "$1/$2-$next.tar.part" "$1/$2-$next.tar"
  printf '%s\n' "$2-$next.tar"
}

# prune FOLDER NAME COUNT
prune() {
  total=$(series "$1" "$2" | wc -l)
  [ "$total" -gt "$3" ] || return 0
  series "$1" "$2" | head -n $((total - $3)) | while IFS= read -r file; do
    rm "$1/$file"
    printf 'removed %s\n' "$file"
  done
}
