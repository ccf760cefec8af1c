#!/bin/sh
. "$(dirname "$0")/checks.sh"
. "$(dirname "$0")/price.sh"

surcharges() {
  printf '%s\n' zone,percent "$@" >/app/surcharges.csv
}

check "raised and rounded up" prices "home 500 320" "home 501 588" "far 1000 1369" "far 500 1024"
check "zones without a surcharge" prices "near 500 450" "near 5000 1310" "island 1000 2001"
check "still no price" no_price "near 5001" "moon 10" "island 1001"
surcharges near,20 island,0 moon,5
check "other surcharges" prices "near 500 540" "near 5000 1572" "island 1 2001" "home 500 299"
check "a surcharge without a rate" no_price "moon 1"
table zone,up_to_grams,cents near,100,100 near,200,1
surcharges near,100
check "other rates" prices "near 100 200" "near 101 2"
verdict
