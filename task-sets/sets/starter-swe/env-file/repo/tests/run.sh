#!/bin/sh
. "$(dirname "$0")/tap.sh"

# value LINE...: what the variable V is with a file of these lines.
value() {
  lines "$@" >file.env
  "$top/withenv" file.env printenv V
}

plain() {
  same one "$(value 'V=one')" && same two "$(value '# first' 'V=one' '' 'V=two')"
}

status_of_the_command() {
  lines A=1 >file.env
  status=0
  "$top/withenv" file.env sh -c 'exit 7' || status=$?
  same 7 "$status"
}

no_equals() {
  same "withenv: file.env:2: there is no =" "$(value A=1 oops 2>&1)"
}

comments() {
  same one "$(value 'V=one # the first')"
}

test_that "plain values" plain
test_that "the status is the command's" status_of_the_command
test_that "a line without =" no_equals
test_that "comments" comments
finish
