#!/bin/sh
. "$(dirname "$0")/checks.sh"

# listing DIR: every file with its content (all are one-liners), links and folders, in byte order.
listing() {
  (
    cd "$1" || exit 1
    ls -AR . | awk '/:$/ { sub(/:$/, ""); dir = $0; next } NF { print dir "/" $0 }' | LC_ALL=C sort |
      while IFS= read -r path; do
        if [ -L "$path" ]; then
          printf '%s -> %s\n' "$path" "$(readlink "$path")"
        elif [ -d "$path" ]; then
          printf '%s/\n' "$path"
        else
          printf '%s: %s\n' "$path" "$(cat "$path")"
        fi
      done
  )
}

put() {
  mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"
}

sorter() {
  timeout 10 sh /app/sort-inbox.sh "$@"
}

example_is_sorted() {
  cat >"$work/want" <<'EOF'
./2025/
./2025/12/
./2025/12/2025-12-31-tax.letter.txt: tax letter
./2026/
./2026/03/
./2026/03/2026-03-02 roof quote.txt: old roof quote
./2026/03/2026-03-02 roof quote~2.txt: new roof quote
./2026/03/2026-03-14_water.txt: water, march, 41.20
./undated/
./undated/.scanner: dot
./undated/2026-03-14water.txt: joined
./undated/2026-13-01_odd.txt: x
./undated/notes: no date
EOF
  listing /app/archive >"$work/got"
  same "$work/want" "$work/got" || return 1
  printf './drafts/\n./drafts/2026-01-01_draft.txt: still writing\n' >"$work/want"
  listing /app/inbox >"$work/got"
  same "$work/want" "$work/got"
}

other_inbox_is_sorted() {
  in=$work/a/in
  out=$work/a/out/deep
  put "$in/1999-01-31_a" one
  put "$in/2024-00-10_b" two
  put "$in/2024-10-00_c" three
  put "$in/2024-10-32-d" four
  put "$in/2024-10-31" five
  put "$in/2024-10-31 e  f.txt" six
  put "$in/x2024-10-31_g" seven
  put "$in/12024-10-31_h" eight
  put "$in/*" star
  put "$in/-n" dash
  put "$in/back\\slash" nine
  put "$in/.2024-10-31_hidden" ten
  put "$in/..odd" eleven
  put "$in/sub/2024-10-31_in-sub" twelve
  ln -s 1999-01-31_a "$in/2024-10-31_link"
  sorter "$in" "$out" >"$work/said.out" || { echo "exit status $?"; return 1; }
  [ "$(tail -n 1 "$work/said.out")" = "moved 13, dropped 0" ] || { tail -n 1 "$work/said.out"; return 1; }
  cat >"$work/want" <<'EOF'
./1999/
./1999/01/
./1999/01/1999-01-31_a: one
./2024/
./2024/10/
./2024/10/2024-10-31 e  f.txt: six
./undated/
./undated/*: star
./undated/-n: dash
./undated/..odd: eleven
./undated/.2024-10-31_hidden: ten
./undated/12024-10-31_h: eight
./undated/2024-00-10_b: two
./undated/2024-10-00_c: three
./undated/2024-10-31: five
./undated/2024-10-32-d: four
./undated/back\slash: nine
./undated/x2024-10-31_g: seven
EOF
  LC_ALL=C sort "$work/want" >"$work/want.sorted"
  listing "$out" | LC_ALL=C sort >"$work/got"
  same "$work/want.sorted" "$work/got" || return 1
  printf './2024-10-31_link -> 1999-01-31_a\n./sub/\n./sub/2024-10-31_in-sub: twelve\n' >"$work/want"
  listing "$in" >"$work/got"
  same "$work/want" "$work/got"
}

clashes_get_numbers() {
  in=$work/b/in
  out=$work/b/out
  put "$in/2024-05-06_a.b.txt" new
  put "$out/2024/05/2024-05-06_a.b.txt" first
  put "$out/2024/05/2024-05-06_a.b~2.txt" second
  put "$in/plain" new
  put "$out/undated/plain" first
  put "$in/.conf" new
  put "$out/undated/.conf" first
  put "$in/same" kept
  put "$out/undated/same" kept
  put "$in/again.txt" kept
  put "$out/undated/again.txt" other
  put "$out/undated/again~2.txt" another
  put "$out/undated/again~3.txt" kept
  # The first of these takes the name that the second one had in the inbox.
  put "$in/chain.txt" newer
  put "$in/chain~2.txt" newest
  put "$out/undated/chain.txt" oldest
  sorter "$in" "$out" >"$work/said.out" || { echo "exit status $?"; return 1; }
  [ "$(tail -n 1 "$work/said.out")" = "moved 5, dropped 2" ] || { tail -n 1 "$work/said.out"; return 1; }
  cat >"$work/want" <<'EOF'
./2024/
./2024/05/
./2024/05/2024-05-06_a.b.txt: first
./2024/05/2024-05-06_a.b~2.txt: second
./2024/05/2024-05-06_a.b~3.txt: new
./undated/
./undated/.conf: first
./undated/.conf~2: new
./undated/again.txt: other
./undated/again~2.txt: another
./undated/again~3.txt: kept
./undated/chain.txt: oldest
./undated/chain~2.txt: newer
./undated/chain~2~2.txt: newest
./undated/plain: first
./undated/plain~2: new
./undated/same: kept
EOF
  LC_ALL=C sort "$work/want" >"$work/want.sorted"
  listing "$out" | LC_ALL=C sort >"$work/got"
  same "$work/want.sorted" "$work/got" || return 1
  [ -z "$(ls -A "$in")" ] || { echo "left in the inbox:"; ls -A "$in"; return 1; }
}

empty_inbox_is_fine() {
  mkdir -p "$work/c/in"
  [ "$(sorter "$work/c/in" "$work/c/out" | tail -n 1)" = "moved 0, dropped 0" ]
}

missing_inbox_is_an_error() {
  sorter "$work/none" "$work/d" >"$work/stdout" 2>"$work/stderr"
  status=$?
  [ "$status" -eq 2 ] || { echo "exit status $status"; return 1; }
  [ ! -s "$work/stdout" ] || { echo "standard output is not empty"; return 1; }
  [ -s "$work/stderr" ] || { echo "standard error is empty"; return 1; }
  [ ! -e "$work/d" ] && [ ! -e "$work/none" ] || { echo "something was created"; return 1; }
}

check "the example inbox is sorted" example_is_sorted
check "another inbox is sorted by date" other_inbox_is_sorted
check "clashing names get numbers, equal files are dropped" clashes_get_numbers
check "an empty inbox is fine" empty_inbox_is_fine
check "a missing inbox is an error" missing_inbox_is_an_error
verdict
