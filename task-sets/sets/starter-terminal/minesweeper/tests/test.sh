#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"

# plays CASE: one test method of play.py, in a process of its own.
plays() {
  cd "$work" && timeout 60 python3 -B "$here/play.py" "Play.$1"
}

check "it is one executable file" test -f /app/minesweeper -a -x /app/minesweeper
check "a whole game" plays test_a_whole_game
check "flood reveal, with flags in its way" plays test_flood
check "large empty boards" plays test_large
check "flags" plays test_flags
check "chording" plays test_chord
check "the first cell is never a mine" plays test_first_cell
check "winning" plays test_win
check "losing" plays test_loss
check "seeded boards" plays test_seeds
check "invalid commands" plays test_invalid_commands
check "invalid starts" plays test_invalid_starts
check "answers at once" plays test_answers_at_once
check "many games against a model" plays test_many_games
verdict
