#!/bin/sh
. "$(dirname "$0")/tap.sh"

snapkeep() {
  "$top/snapkeep" "$@"
}

listing() {
  touch wiki-2.tar wiki-1.tar wiki-3.tar wiki-old.tar other-9.tar
  same "$(lines wiki-1.tar wiki-2.tar wiki-3.tar)" "$(snapkeep list . wiki)"
}

adding() {
  mkdir src && echo hello >src/page
  same wiki-1.tar "$(snapkeep add . wiki src)" && same wiki-2.tar "$(snapkeep add . wiki src)" &&
    same hello "$(tar -xOf wiki-2.tar ./page)"
}

pruning() {
  touch wiki-1.tar wiki-2.tar wiki-3.tar
  same "removed wiki-1.tar" "$(snapkeep prune . wiki 2)" && same "" "$(snapkeep prune . wiki 2)"
}

nothing_there() {
  ! snapkeep latest . wiki && same "" "$(snapkeep list . wiki)"
}

test_that "a series is listed" listing
test_that "numbers go on" adding
test_that "old ones are pruned" pruning
test_that "nothing there" nothing_there
finish
