#!/bin/sh
# build.sh [test]: compiles everything into out/, and runs the tests.
set -eu
cd "$(dirname "$0")"
rm -rf out
mkdir out
javac -Xlint:all -d out $(find src test -name '*.java')
[ "${1:-}" != test ] || java -cp out pennywise.check.Check
