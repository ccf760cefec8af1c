#!/bin/sh
. "$(dirname "$0")/tap.sh"

snapkeep() {
  sh "$top/snapkeep" "$@"
}

snapshots() {
  for number in "$@"; do
    echo "$number" >"wiki-$number.tar"
  done
}

# The times say the opposite of the numbers.
misleading_times() {
  touch -d '2026-01-02 00:00' wiki-9.tar
  touch -d '2026-01-01 00:00' wiki-10.tar
}

ten() {
  snapshots 1 2 3 4 5 6 7 8 9 10
  misleading_times
  same "$(lines 'removed wiki-1.tar' 'removed wiki-2.tar' 'removed wiki-3.tar' 'removed wiki-4.tar' 'removed wiki-5.tar')" \
    "$(snapkeep prune . wiki 5)" &&
    same "$(lines wiki-10.tar wiki-6.tar wiki-7.tar wiki-8.tar wiki-9.tar)" "$(ls)"
}

latest_of_ten() {
  snapshots 8 9 10
  misleading_times
  same wiki-10.tar "$(snapkeep latest . wiki)"
}

adding_after_ten() {
  snapshots 9 10
  mkdir src
  same wiki-11.tar "$(snapkeep add . wiki src)" && same 10 "$(cat wiki-10.tar)"
}

gaps() {
  snapshots 100000000 99 1000 9 200 999999999
  same "$(lines wiki-9.tar wiki-99.tar wiki-200.tar wiki-1000.tar wiki-100000000.tar wiki-999999999.tar)" "$(snapkeep list . wiki)"
}

dashes_and_digits() {
  snapshots 2 10
  touch wiki-2-images-7.tar wiki-2-images-10.tar wiki-2-images-9.tar wiki-2-3.tar
  same "$(lines wiki-2.tar wiki-10.tar)" "$(snapkeep list . wiki)" &&
    same "$(lines wiki-2-images-7.tar wiki-2-images-9.tar wiki-2-images-10.tar)" "$(snapkeep list . wiki-2-images)" &&
    same "removed wiki-2-images-7.tar" "$(snapkeep prune . wiki-2-images 2)"
}

blanks() {
  touch "team 2026-9.tar" "team 2026-10.tar" "team 2026-11.tar" team
  same "$(lines 'removed team 2026-9.tar' 'removed team 2026-10.tar')" "$(snapkeep prune . 'team 2026' 1)" &&
    same "$(lines team 'team 2026-11.tar')" "$(ls)"
}

odd_names() {
  for name in '-n' 'a*b' 'a.b' 'x\ny' '[z]' 'q"$HOME'; do
    : >"./$name-9.tar"
    : >"./$name-10.tar"
    : >./a-b-11.tar
    : >./aXb-12.tar
    same "$(lines "$name-9.tar" "$name-10.tar")" "$(snapkeep list . "$name")" || return 1
  done
}

others_are_left_alone() {
  touch wiki-1.tar wiki-2.tar wiki-3.tar wiki-old.tar wiki-007.tar wiki-5.tar.part wiki-.tar wiki-4x.tar wiki-0.tar
  mkdir wiki-6.tar
  same "$(lines 'removed wiki-1.tar' 'removed wiki-2.tar')" "$(snapkeep prune . wiki 1)" &&
    same 7 "$(ls -d wiki-old.tar wiki-007.tar wiki-5.tar.part wiki-.tar wiki-4x.tar wiki-0.tar wiki-6.tar | wc -l | tr -d ' ')"
}

times_say_nothing() {
  snapshots 1 2 3
  touch -d '2026-01-01 00:00' wiki-3.tar
  touch -d '2026-01-03 00:00' wiki-1.tar
  same "removed wiki-1.tar" "$(snapkeep prune . wiki 2)"
}

none_kept() {
  snapshots 1 2
  same "$(lines 'removed wiki-1.tar' 'removed wiki-2.tar')" "$(snapkeep prune . wiki 0)" && same "" "$(ls)"
}

from_elsewhere() {
  mkdir "a b"
  touch "a b/wiki-1.tar" "a b/wiki-2.tar"
  (cd / && snapkeep prune "$work/box/a b" wiki 1) && same wiki-2.tar "$(ls "a b")"
}

wrong_usage() {
  status=0
  snapkeep prune . wiki x || status=$?
  same 2 "$status"
  status=0
  snapkeep list ./none wiki || status=$?
  same 1 "$status"
  ! snapkeep latest . wiki
}

test_that "the oldest of ten are pruned" ten
test_that "the latest of ten" latest_of_ten
test_that "the number after ten" adding_after_ten
test_that "numbers with gaps" gaps
test_that "names with dashes and digits" dashes_and_digits
test_that "names with blanks" blanks
test_that "names with odd characters" odd_names
test_that "other files are left alone" others_are_left_alone
test_that "times say nothing" times_say_nothing
test_that "none are kept" none_kept
test_that "folders elsewhere" from_elsewhere
test_that "wrong usage" wrong_usage
finish
