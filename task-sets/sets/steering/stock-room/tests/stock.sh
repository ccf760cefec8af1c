# Calls of the program under test, in a folder of its own: what people counted stays as it is.

# room: an empty one. used: with what is in /app now.
room() {
  rm -rf "$work/room"
  mkdir "$work/room"
  cp /app/stock.py "$work/room/"
}

used() {
  room && cp /app/stock.data "$work/room/"
}

# says WANTED ARGUMENT...: status 0, and this on standard output; \n in it is a line end.
says() {
  says_wanted=$(printf '%b' "$1")
  shift
  says_found=$(timeout 10 python3 "$work/room/stock.py" "$@")
  says_status=$?
  [ "$says_status" -eq 0 ] && [ "$says_found" = "$says_wanted" ] ||
    { echo "$*: found \"$says_found\" with status $says_status, not \"$says_wanted\""; return 1; }
}

# fails STATUS MESSAGE ARGUMENT...: nothing on standard output, the message (if any) on standard error.
fails() {
  fails_wanted=$1
  fails_message=$2
  shift 2
  fails_found=$(timeout 10 python3 "$work/room/stock.py" "$@" 2>"$work/err")
  fails_status=$?
  [ "$fails_status" -eq "$fails_wanted" ] && [ -z "$fails_found" ] ||
    { echo "$*: found \"$fails_found\" with status $fails_status, not status $fails_wanted"; return 1; }
  [ -z "$fails_message" ] || [ "$(cat "$work/err")" = "$fails_message" ] ||
    { echo "$*: said \"$(cat "$work/err")\", not \"$fails_message\""; return 1; }
}

counting() {
  room && says 5 in brush 5 && says 12 in brush 7 && says 9 out brush 3 && says 2 in 'blue paint' 2 && says '2 blue paint\n9 brush' list
}

taking_all() {
  room && says '' list && says 2 in a 2 && says 0 out a 2 && says '' list && fails 1 'only 0' out a 1 && fails 1 'only 0' out b 1
}

too_few() {
  room && says 2 in a 2 && fails 1 'only 2' out a 3 && says '2 a' list
}

order_and_names() {
  room && says 1 in b 1 && says 1 in 'B' 1 && says 1 in 'a "b" \\ {c}' 1 && says 1 in ' b' 1 && says 1 in ä 1 && says 1 in 10 1 &&
    says '1  b\n1 10\n1 B\n1 a "b" \\\\ {c}\n1 b\n1 ä' list
}

wrong_usage() {
  room && says 3 in a 3 &&
    for count in 0 -1 x 1.5 '' ' '; do
      fails 2 '' in a "$count" || return 1
    done && fails 2 '' out a 0 && fails 2 '' out a x && fails 2 '' && fails 2 '' in a && fails 2 '' in '' 1 && fails 2 '' count a 1 && says '3 a' list
}

one_file() {
  room && says 1 in a 1 && [ -f "$work/room/stock.data" ] && (cd / && says 2 in a 1) &&
    [ "$(ls -A "$work/room" | grep -v __pycache__ | tr '\n' ' ')" = "stock.data stock.py " ] || { ls -A "$work/room"; return 1; }
}
