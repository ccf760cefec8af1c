# Calls of the script under test; the tables are put back at the end.

mkdir "$work/kept"
cp /app/*.csv "$work/kept/"
trap 'cp "$work"/kept/*.csv /app/; rm -rf "$work"' EXIT

# prices "ZONE GRAMS CENTS"...: each parcel has its price.
prices() {
  for line in "$@"; do
    set -- $line
    found=$(timeout 10 sh /app/price.sh "$1" "$2")
    status=$?
    [ "$status" -eq 0 ] && [ "$found" = "$3" ] ||
      { echo "$1 $2: found \"$found\" with status $status, not $3"; return 1; }
  done
}

# no_price "ZONE GRAMS"...: none of the parcels has one.
no_price() {
  [ -f /app/price.sh ] || { echo "there is no /app/price.sh"; return 1; }
  for line in "$@"; do
    set -- $line
    found=$(timeout 10 sh /app/price.sh "$1" "$2" 2>/dev/null)
    status=$?
    [ "$status" -eq 2 ] && [ -z "$found" ] ||
      { echo "$1 $2: found \"$found\" with status $status, not nothing with status 2"; return 1; }
  done
}

# table LINE...: the rates from here on.
table() {
  printf '%s\n' "$@" >/app/rates.csv
}
