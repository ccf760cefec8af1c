#!/bin/sh
. "$(dirname "$0")/checks.sh"
umask 022

lockdown() {
  timeout 20 sh /app/lockdown.sh "$@"
}

# modes DIR: "MODE KIND PATH" of everything, line breaks as ?, in byte order of the path.
modes() {
  (cd "$1" && find . -printf '%m %y %p\0' | tr '\n\0' '?\n' | LC_ALL=C sort -k3)
}

site_is_locked() {
  cat >"$work/want" <<'EOF'
750 d .
750 d ./bin
640 f ./bin/NOTES
750 f ./bin/deploy
750 d ./htdocs
640 f ./htdocs/index.html
750 d ./keys
600 f ./keys/site.key
640 f ./keys/site.pub
2770 d ./uploads
2770 d ./uploads/2026
660 f ./uploads/2026/cat.txt
660 f ./uploads/2026/upload.py
EOF
  modes /app/site >"$work/got"
  same "$work/want" "$work/got"
}

# tree DIR: a tree with everything that may go wrong.
tree() {
  mkdir -p "$1/a b/uploads/deep" "$1/c/uploads-old" "$1/-d" "$1/e"
  echo text >"$1/a b/plain"
  printf '#!/bin/sh\n' >"$1/a b/run me"
  printf '#' >"$1/a b/half"
  : >"$1/a b/empty"
  printf 'x -----BEGIN RSA PRIVATE KEY-----\n' >"$1/a b/secret.txt"
  printf '\n-----BEGIN PRIVATE KEY-----\n' >"$1/a b/second line"
  printf '#!/bin/sh # PRIVATE KEY\n' >"$1/a b/uploads/keyed"
  echo text >"$1/a b/uploads/x.pem"
  printf '#!/bin/sh\n' >"$1/a b/uploads/deep/script"
  echo text >"$1/c/uploads"
  echo text >"$1/c/uploads-old/file"
  echo text >"$1/c/x.pem.txt"
  printf '\0\0\n' >"$1/c/zeros"
  echo text >"$1/-d/-n"
  echo text >"$1/-d/*"
  printf '#!x' >"$1/e/new
line"
  echo text >"$1/e/back\\slash.key"
  echo text >"$1/e/trailing
"
  chmod 0777 "$1/a b/plain" "$1/e/new
line"
  chmod 2777 "$1/c"
  chmod 1777 "$1/-d"
  chmod 4755 "$1/c/zeros"
  chmod 0600 "$1/a b/uploads/x.pem"
  chmod 0640 "$1/-d/*"
  mkdir -p "$work/outside"
  echo text >"$work/outside/file"
  chmod 0777 "$work/outside" "$work/outside/file"
  ln -s "$work/outside" "$1/e/link-to-folder"
  ln -s "$work/outside/file" "$1/e/link-to-file"
  ln -s nowhere "$1/e/dangling"
}

tree_is_locked() {
  tree "$work/t"
  find "$work/t" -type f -exec touch -d '2026-01-02 03:04:05' {} +
  lockdown "$work/t" >"$work/said.out" || { echo "exit status $?"; return 1; }
  cat >"$work/want" <<'EOF'
750 d .
750 d ./-d
640 f ./-d/*
640 f ./-d/-n
750 d ./a b
640 f ./a b/empty
640 f ./a b/half
640 f ./a b/plain
750 f ./a b/run me
640 f ./a b/second line
600 f ./a b/secret.txt
2770 d ./a b/uploads
2770 d ./a b/uploads/deep
660 f ./a b/uploads/deep/script
600 f ./a b/uploads/keyed
600 f ./a b/uploads/x.pem
750 d ./c
640 f ./c/uploads
750 d ./c/uploads-old
640 f ./c/uploads-old/file
640 f ./c/x.pem.txt
640 f ./c/zeros
750 d ./e
600 f ./e/back\slash.key
777 l ./e/dangling
777 l ./e/link-to-file
777 l ./e/link-to-folder
750 f ./e/new?line
640 f ./e/trailing?
EOF
  modes "$work/t" >"$work/got"
  same "$work/want" "$work/got" || return 1
  [ "$(stat -c %a "$work/outside" "$work/outside/file" | tr '\n' ' ')" = "777 777 " ] || { echo "a link was followed"; return 1; }
  [ "$(find "$work/t" -type f ! -newermt '2026-01-02 03:04:06' | tr -cd '\n' | wc -c)" -ge 17 ] || { echo "modification times changed"; return 1; }
  [ "$(cat "$work/t/a b/plain")" = text ]
}

changes_are_told() {
  tree "$work/u"
  (cd "$work" && lockdown -n u// >"$work/dry") || { echo "exit status $?"; return 1; }
  tree "$work/u2"
  modes "$work/u" >"$work/after-dry"
  modes "$work/u2" >"$work/untouched"
  same "$work/untouched" "$work/after-dry" || return 1
  (cd "$work" && lockdown u >"$work/wet") || { echo "exit status $?"; return 1; }
  cat >"$work/want" <<'EOF'
0755 0750 u
1777 0750 u/-d
0644 0640 u/-d/-n
0755 0750 u/a b
0644 0640 u/a b/empty
0644 0640 u/a b/half
0777 0640 u/a b/plain
0644 0750 u/a b/run me
0644 0640 u/a b/second line
0644 0600 u/a b/secret.txt
0755 2770 u/a b/uploads
0755 2770 u/a b/uploads/deep
0644 0660 u/a b/uploads/deep/script
0644 0600 u/a b/uploads/keyed
2777 0750 u/c
0644 0640 u/c/uploads
0755 0750 u/c/uploads-old
0644 0640 u/c/uploads-old/file
0644 0640 u/c/x.pem.txt
4755 0640 u/c/zeros
0755 0750 u/e
0644 0600 u/e/back\slash.key
0777 0750 u/e/new?line
0644 0640 u/e/trailing?
EOF
  # A folder made below one with the set-group-ID bit has it from birth; this tree sets it afterwards.
  same "$work/want" "$work/dry" && same "$work/want" "$work/wet" || return 1
  (cd "$work" && lockdown u >"$work/again") || { echo "exit status $?"; return 1; }
  [ ! -s "$work/again" ] || { echo "a second run printed:"; cat "$work/again"; return 1; }
}

uploads_itself() {
  mkdir -p "$work/v/uploads/x" "$work/uploads/w/y"
  printf '#!/bin/sh\n' >"$work/v/uploads/x/f"
  printf '#!/bin/sh\n' >"$work/uploads/w/y/f"
  (cd "$work/v/uploads" && lockdown . >/dev/null) || { echo "exit status $?"; return 1; }
  printf '2770 d .\n2770 d ./x\n660 f ./x/f\n' >"$work/want"
  modes "$work/v/uploads" >"$work/got"
  same "$work/want" "$work/got" || return 1
  lockdown "$work/uploads/w" >/dev/null || { echo "exit status $?"; return 1; }
  printf '750 d .\n750 d ./y\n750 f ./y/f\n' >"$work/want"
  modes "$work/uploads/w" >"$work/got"
  same "$work/want" "$work/got"
}

errors() {
  [ -f /app/lockdown.sh ] || { echo "there is no /app/lockdown.sh"; return 1; }
  mkdir "$work/real"
  ln -s real "$work/link"
  echo text >"$work/file"
  for path in "$work/none" "$work/file" "$work/link"; do
    lockdown "$path" >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" -eq 2 ] && [ ! -s "$work/out" ] && [ -s "$work/err" ] || { echo "$path: status $status"; return 1; }
  done
  [ "$(stat -c %a "$work/real" "$work/file" | tr '\n' ' ')" = "755 644 " ] || { echo "modes were changed"; return 1; }
}

check "the site is locked down" site_is_locked
check "a tree of odd names is locked down" tree_is_locked
check "changes are told, with -n not made" changes_are_told
check "uploads counts within DIR only" uploads_itself
check "errors change nothing" errors
verdict
