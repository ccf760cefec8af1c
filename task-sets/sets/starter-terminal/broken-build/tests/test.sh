#!/bin/sh
. "$(dirname "$0")/checks.sh"
LC_ALL=C
export LC_ALL

# copy NAME: a fresh copy of the tree in $work/NAME, without what a build makes, and goes there.
copy() {
  rm -rf "${work:?}/$1"
  cp -R /app "$work/$1" && cd "$work/$1" && rm -rf build bin include/version.h
}

# A compiler that notes what it is called with.
mkdir -p "$work/cc"
cat >"$work/cc/wrapped" <<EOF
#!/bin/sh
echo "\$*" >>"$work/cc/calls"
exec gcc "\$@"
EOF
chmod +x "$work/cc/wrapped"

build() {
  : >"$work/cc/calls"
  timeout 30 make CC="$work/cc/wrapped" "$@" >"$work/made" 2>&1 || { cat "$work/made"; return 1; }
}

touched() {
  # Later than everything built so far, whatever the file system's clock can tell apart.
  touch -d '+2 seconds' "$1"
}

serial_build() {
  copy serial && build && [ -x bin/tally ]
}

parallel_build() {
  for round in 1 2 3; do
    copy parallel && build -j4 && [ -x bin/tally ] || return 1
  done
}

plain_make() {
  copy plain && timeout 30 make && [ -x bin/tally ]
}

no_warnings() {
  copy strict && timeout 30 make CC="gcc -Werror" || return 1
  copy noisy && build || return 1
  if grep -i warning "$work/made"; then return 1; fi
  if grep -rn -i 'pragma\|__extension__' src include; then return 1; fi
  grep -e 'src/[a-z]*\.c' "$work/cc/calls" >"$work/compiles"
  for flag in -std=c99 -O1 -Wall -Wextra -Wpedantic -Iinclude; do
    if grep -v -e "\(^\| \)$flag\( \|\$\)" "$work/compiles"; then echo "compiled without $flag"; return 1; fi
  done
  if tr ' ' '\n' <"$work/cc/calls" | grep -e '^-W' -e '^-w$' -e '^-isystem' -e '^-fpermissive' |
    grep -vx -e -Wall -e -Wextra -e -Wpedantic -e '-Wl,.*'; then
    echo "these flags were not there"
    return 1
  fi
  for source in main count stats histogram; do
    grep -q "src/$source\.c" "$work/compiles" || { echo "src/$source.c is not compiled"; return 1; }
  done
}

version_follows() {
  copy version && build || return 1
  [ "$(bin/tally --version)" = "tally $(cat /app/VERSION)" ] || { bin/tally --version; return 1; }
  echo '2.0-rc 1' >VERSION
  touched VERSION
  build || return 1
  [ "$(bin/tally --version)" = 'tally 2.0-rc 1' ] || { bin/tally --version; return 1; }
}

# rebuilt FILE OBJECTS...: a change of FILE compiles at least these. Built once, at the path where it is built again.
rebuilt() {
  if [ -d "$work/built" ]; then
    rm -rf "$work/incremental" && cp -Rp "$work/built" "$work/incremental" && cd "$work/incremental" || return 1
  else
    copy incremental && build && cp -Rp "$work/incremental" "$work/built" || return 1
  fi
  file=$1
  shift
  touched "$file"
  build || return 1
  for source in "$@"; do
    grep -q -e "src/$source\.c" "$work/cc/calls" || { echo "a change of $file does not compile src/$source.c"; return 1; }
  done
  grep -v -e ' -c ' "$work/cc/calls" | grep -q -e tally || { echo "a change of $file does not link"; return 1; }
}

changes_compile() {
  rebuilt include/tally.h main count stats histogram && rebuilt include/words.h count &&
    rebuilt include/histogram.h main histogram && rebuilt src/stats.c stats && rebuilt src/histogram.c histogram
}

second_make_is_idle() {
  copy idle && build && build || return 1
  [ ! -s "$work/cc/calls" ] || { echo "the second make ran:"; cat "$work/cc/calls"; return 1; }
}

# names: the files of the tree.
names() {
  ls -AR . | awk '/:$/ { sub(/:$/, ""); dir = $0; next } NF { print dir "/" $0 }' | sort | grep -vx -e ./build -e ./bin
}

clean_leaves_sources() {
  copy clean && names >"$work/want" && build && build clean && names >"$work/got" && same "$work/want" "$work/got" || return 1
  build clean && names >"$work/got" && same "$work/want" "$work/got"
}

check_passes() {
  copy check && build check || return 1
  grep -qx passed "$work/made" || { cat "$work/made"; return 1; }
}

results() {
  copy results && build || return 1
  printf "It's a dog-eat-dog w0rld,\n\nisn't it? %s tail" \
    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhh" >"$work/text"
  cat >"$work/want" <<'EOF'
lines 2
words 10
mean 9.400
deviation 18.238
 1 ##############
 2 ##############
 3 ########################################
 4 ###########################
 5 ###########################
64 ##############
EOF
  bin/tally <"$work/text" >"$work/got" || return 1
  same "$work/want" "$work/got" || return 1
  printf 'lines 0\nwords 0\nmean 0.000\ndeviation 0.000\n' >"$work/want"
  bin/tally /dev/null /dev/null >"$work/got" && same "$work/want" "$work/got" || return 1
  ! bin/tally "$work/none" >/dev/null 2>&1
}

check "make builds a fresh copy" serial_build
check "make -j4 builds a fresh copy" parallel_build
check "make with the default compiler" plain_make
check "no warnings, same flags, all sources" no_warnings
check "the version follows VERSION" version_follows
check "changes are compiled and linked" changes_compile
check "a second make does nothing" second_make_is_idle
check "make clean removes what was made" clean_leaves_sources
check "make check passes" check_passes
check "results are right" results
verdict
