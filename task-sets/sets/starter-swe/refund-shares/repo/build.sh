#!/bin/sh
# build.sh [test]: compiles everything into out/, and runs the tests.
set -eu
cd "$(dirname "$0")"
rm -rf out
mkdir out
javac -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -Xlint:all -d out $(find src test -name '*.java')
[ "${1:-}" != test ] || java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp out pennywise.check.Check
