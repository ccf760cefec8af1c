#!/bin/sh
. "$(dirname "$0")/checks.sh"
. "$(dirname "$0")/price.sh"

check "prices of the table" prices "home 499 299" "near 1 450" "far 1001 1650" "home 9999 999"
check "the greatest weight of a line" prices "home 500 299" "far 1000 1190" "near 5000 1290"
check "just above a line" prices "home 501 549" "far 501 1190" "home 2001 999"
check "no price" no_price "near 5001" "moon 10" "hom 10" "zone 1"
table 'zone,up_to_grams,cents' 'far,900,5' 'far,1000,7' 'moon,20,3'
check "another table" prices "far 900 5" "far 901 7" "moon 20 3"
check "no price in another table" no_price "home 1" "far 1001" "moon 21"
verdict
