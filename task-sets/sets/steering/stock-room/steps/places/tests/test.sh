#!/bin/sh
. "$(dirname "$0")/checks.sh"
. "$(dirname "$0")/stock.sh"

nothing_lost() {
  used && says '3 blue paint\n10 brush' list && says '3 blue paint\n10 brush' list main && says '' list cellar &&
    says 9 out brush 1 && says 4 in 'blue paint' 1 main
}

places() {
  room && says 2 in a 2 && says 5 in a 5 cellar && says 3 in a 1 main && says '8 a' list && says '5 a' list cellar && says '3 a' list main &&
    says 4 out a 1 cellar && fails 1 'only 3' out a 4 && fails 1 'only 4' out a 5 cellar && fails 1 'only 0' out a 1 attic && says '7 a' list
}

moving() {
  room && says 4 in a 4 && says 3 move a 3 main cellar && says 4 move a 1 main cellar && says '4 a' list cellar && says '' list main &&
    fails 1 'only 0' move a 1 main cellar && fails 1 'only 4' move a 5 cellar main && says 4 move a 2 cellar cellar &&
    fails 1 'only 4' move a 5 cellar cellar && says '4 a' list
}

names_of_places() {
  room && says 1 in a 1 'top shelf' && says 2 in a 2 'a b' && says 1 in 'a b' 1 a && says '1 a' list 'top shelf' && says '2 a' list 'a b' &&
    says '1 a b' list a && says '3 a\n1 a b' list
}

wrong_places() {
  room && says 1 in a 1 && fails 2 '' in a 1 '' && fails 2 '' in a 1 b c && fails 2 '' move a 1 main && fails 2 '' move a 0 main b &&
    fails 2 '' list a b && says '1 a' list
}

check "nothing is lost" nothing_lost
check "places" places
check "moving" moving
check "names of places" names_of_places
check "wrong usage with places" wrong_places
check "counting as before" counting
check "taking all as before" taking_all
check "order and names as before" order_and_names
verdict
