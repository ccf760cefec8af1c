#!/bin/sh
. "$(dirname "$0")/tap.sh"

# value LINE...: what the variable V is with a file of these lines.
value() {
  lines "$@" >file.env
  sh "$top/withenv" file.env printenv V
}

# refused LINE...: status 2, the last line's number in the message, and no command is run.
refused() {
  lines "$@" >file.env
  status=0
  said=$(sh "$top/withenv" file.env touch ran 2>&1) || status=$?
  same 2 "$status" || return 1
  [ ! -e ran ] || { echo "the command was run"; return 1; }
  case $said in "withenv: file.env:$#: "?*) ;; *) echo "it says: $said"; return 1 ;; esac
}

equals() {
  same 'x7=Qq==' "$(value 'V=x7=Qq==')" && same '==' "$(value 'V===')"
}

blanks() {
  same 'two words' "$(value 'V=two words')" && same 'a  b' "$(value '   V=  a  b 	 ')"
}

hashes() {
  same 'a#b' "$(value 'V=a#b')" && same 'a#b' "$(value 'V=a#b # c')" && same '' "$(value 'V= # all')" &&
    same '#a' "$(value 'V=#a')"
}

double_quotes() {
  same 'two words # no comment' "$(value 'V="two words # no comment"')" &&
    same ' a  ' "$(value 'V=" a  " # comment')" && same '' "$(value 'V=""')" &&
    same "it's" "$(value "V=\"it's\"")"
}

escapes() {
  same 'a"b\c' "$(value 'V="a\"b\\c"')" && same "$(lines one two)" "$(value 'V="one\ntwo"')" &&
    same '\n' "$(value 'V="\\n"')" && same '\t\$' "$(value 'V="\t\$"')" && same 'a\nb' "$(value 'V=a\nb')"
}

single_quotes() {
  same 'a' "$(value "V='a'")" && same 'a\n"b" # c' "$(value "V='a\\n\"b\" # c'   # d")"
}

exported() {
  same eu "$(value 'export V=eu')" && same 'a b' "$(value '  export   V="a b"')" && same x "$(value export=1 V=x)"
}

wrong_quotes() {
  refused 'A=1' 'V="open' && refused "V='open" && refused 'V="a"b' && refused "V='a' b" && refused 'V="a\"'
}

wrong_names() {
  refused '1V=a' && refused 'A=1' 'a-b=c' && refused '=x' && refused 'V =x' && refused 'export =x' && refused 'x y=z'
}

line_ends() {
  printf 'A="x"\r\n\r\nV=one\r\n' >file.env
  same one "$(sh "$top/withenv" file.env printenv V)" && same x "$(sh "$top/withenv" file.env printenv A)" &&
    printf 'V=last' >file.env && same last "$(sh "$top/withenv" file.env printenv V)"
}

nothing_is_expanded() {
  same '$HOME' "$(value 'V=$HOME')" && same '$(touch$IFS/x)' "$(value 'V=$(touch$IFS/x)')" &&
    same '*' "$(value 'V=*')" && same '~' "$(value 'V=~')" && same '`date`' "$(value 'V=`date`')"
}

nothing_is_expanded_in_quotes() {
  same '$HOME ${A} `date` $(id) *' "$(value 'A=1' 'V="$HOME ${A} `date` $(id) *"')" && same '$HOME' "$(value "V='\$HOME'")"
}

nothing_is_run() {
  lines 'V=a;touch ran' 'W=$(touch ran)' 'X=a&touch ran' 'Y=`touch ran`' >file.env
  sh "$top/withenv" file.env true
  [ ! -e ran ]
}

odd_values() {
  same '-n' "$(value 'V=-n')" && same '-e\c' "$(value 'V=-e\c')" && same '%s\' "$(value 'V=%s\')"
}

other_variables_stay() {
  lines 'PATH_X=1' >file.env
  same "$PATH:7" "$(KEPT=7 sh "$top/withenv" file.env sh -c 'echo "$PATH:$KEPT"')"
}

the_last_counts() {
  same two "$(value 'V=one' 'V=two')" && same new "$(V=old value 'V=new')" &&
    lines 'V=' >file.env && same "" "$(V=old sh "$top/withenv" file.env printenv V)"
}

arguments() {
  lines A=1 >file.env
  same "$(lines '[a b]' '[]' '[*]')" "$(sh "$top/withenv" file.env printf '[%s]\n' 'a b' '' '*')"
}

checking() {
  lines 'A=1' 'no' >bad.env
  lines 'A=1' >good.env
  sh "$top/withenv" --check good.env || return 1
  status=0
  sh "$top/withenv" --check bad.env || status=$?
  same 2 "$status"
}

test_that "equals signs in values" equals
test_that "blanks in values" blanks
test_that "hashes in values" hashes
test_that "double quotes" double_quotes
test_that "escapes in double quotes" escapes
test_that "single quotes" single_quotes
test_that "export" exported
test_that "wrong quotes are errors" wrong_quotes
test_that "wrong names are errors" wrong_names
test_that "line ends" line_ends
test_that "nothing is expanded" nothing_is_expanded
test_that "nothing is expanded in quotes" nothing_is_expanded_in_quotes
test_that "nothing is run" nothing_is_run
test_that "odd values" odd_values
test_that "other variables stay" other_variables_stay
test_that "the last line of a name counts" the_last_counts
test_that "arguments are handed on as they are" arguments
test_that "checking" checking
finish
