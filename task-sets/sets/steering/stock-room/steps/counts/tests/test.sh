#!/bin/sh
. "$(dirname "$0")/checks.sh"
. "$(dirname "$0")/stock.sh"

check "counting" counting
check "taking all" taking_all
check "too few" too_few
check "order and names" order_and_names
check "wrong usage" wrong_usage
check "one file" one_file
verdict
