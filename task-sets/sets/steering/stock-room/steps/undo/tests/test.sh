#!/bin/sh
. "$(dirname "$0")/checks.sh"
. "$(dirname "$0")/stock.sh"

nothing_lost() {
  used && says '3 blue paint\n15 brush' list && says '1 blue paint' list 'top shelf' && says '5 brush' list cellar &&
    says '2 blue paint\n10 brush' list main
}

not_before_this_version() {
  used && fails 1 'nothing to undo' undo && says 6 in brush 1 cellar && says 'in brush 1 cellar' undo && fails 1 'nothing to undo' undo &&
    says '3 blue paint\n15 brush' list
}

in_turn() {
  room && says 9 in brush 9 && says 2 out brush 7 && says 1 in 'blue paint' 1 'top shelf' && says 1 move brush 1 main cellar &&
    says 'move brush 1 main cellar' undo && says '2 brush' list main && says 'in blue paint 1 top shelf' undo && says '2 brush' list &&
    says 3 in brush 1 && says 'in brush 1 main' undo && says 'out brush 7 main' undo && says '9 brush' list && says 'in brush 9 main' undo &&
    says '' list && fails 1 'nothing to undo' undo && fails 1 'nothing to undo' undo
}

no_changes() {
  room && says 2 in a 2 && fails 1 'only 2' out a 3 && says 2 move a 1 main main && fails 2 '' in a 0 && says '2 a' list && fails 2 '' undo now &&
    says 'in a 2 main' undo && fails 1 'nothing to undo' undo
}

many() {
  room
  for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
    says "$n" in a 1 x || return 1
  done
  for n in 11 10 9 8 7 6 5 4 3 2 1; do
    says 'in a 1 x' undo || return 1
  done
  says '1 a' list x
}

check "nothing is lost" nothing_lost
check "nothing before this version" not_before_this_version
check "changes are taken back in turn" in_turn
check "what is no change" no_changes
check "many changes" many
check "counting as before" counting
check "order and names as before" order_and_names
check "wrong usage as before" wrong_usage
check "one file as before" one_file
verdict
