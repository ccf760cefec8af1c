#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
# The clone may belong to another user than the one that verifies.
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM
main=$(cat "$here/main")
bad=$(cat "$here/first-bad")

fares() {
  git -C /app/fares "$@"
}

refs_kept() {
  [ "$(fares rev-parse main)" = "$main" ] || { echo "main is at $(fares rev-parse main)"; return 1; }
  [ "$(fares rev-parse 'v1.0^{commit}')" = "$(cat "$here/v1.0")" ] || { echo "v1.0 is at $(fares rev-parse v1.0)"; return 1; }
}

one_commit() {
  [ "$(fares rev-parse 'fix^@')" = "$main" ] || { echo "the parent of fix is not main"; return 1; }
  changed=$(fares diff --name-only main fix)
  [ "$changed" = fares.sh ] || { echo "the commit changes: $changed"; return 1; }
}

message() {
  subject=$(fares log -1 --format=%B fix | head -n 1)
  [ "$subject" = "Undo $(printf %.12s "$bad")" ] || { echo "the message begins with '$subject'"; return 1; }
}

checked_out() {
  [ "$(fares symbolic-ref --short HEAD)" = fix ] || return 1
  [ -z "$(fares status --porcelain)" ] || { fares status --short; return 1; }
}

prices() {
  mkdir "$work/fix" || return 1
  for file in fares.sh check.sh; do
    fares show "fix:$file" >"$work/fix/$file" || return 1
  done
  cd "$work/fix" || return 1
  timeout 10 sh fares.sh <"$here/trips" >"$work/got"
  # Each price beside its trip, so that a difference can be read.
  awk 'NF > 2' "$here/trips" >"$work/trips"
  paste -d = "$work/trips" "$here/prices" >"$work/want.sums"
  paste -d = "$work/trips" "$work/got" >"$work/got.sums"
  same "$work/want.sums" "$work/got.sums" || return 1
  [ "$(sh check.sh)" = passed ] || { echo "check.sh does not pass"; return 1; }
}

check "the bad commit is named" same "$here/first-bad" /app/first-bad.txt
check "main and v1.0 stay" refs_kept
check "fix is one commit on main and changes fares.sh" one_commit
check "the message names the bad commit" message
check "fix is checked out and clean" checked_out
check "prices are right" prices
verdict
