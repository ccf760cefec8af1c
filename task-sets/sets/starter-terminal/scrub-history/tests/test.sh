#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM

clones() {
  git clone -q --mirror /app/clean.bundle "$work/clean" && git -C "$work/clean" fsck --no-dangling --strict
}

refs() {
  git bundle list-heads /app/clean.bundle | cut -d ' ' -f 2 | grep -vx HEAD | LC_ALL=C sort >"$work/got"
  printf '%s\n' refs/heads/colour refs/heads/main refs/heads/wip refs/tags/light refs/tags/v1 >"$work/want"
  same "$work/want" "$work/got"
}

# objects: the contents of all objects, be they referred to or not.
objects() {
  git -C "$work/clean" cat-file --batch-all-objects --batch >"$work/objects" && [ -s "$work/objects" ]
}

no_secret() {
  objects || return 1
  for secret in tok_live_7hQ2mZx9LrV4 otter-basil-91 vole-thyme-17; do
    if LC_ALL=C grep -aqF "$secret" "$work/objects"; then echo "$secret is still there"; return 1; fi
  done
}

no_secret_file() {
  git -C "$work/clean" rev-list --branches --tags >"$work/commits" && [ -s "$work/commits" ] || return 1
  while read -r commit; do
    if git -C "$work/clean" ls-tree -r --name-only "$commit" | grep -qx 'deploy/prod\.env'; then
      echo "commit $commit has deploy/prod.env"
      return 1
    fi
  done <"$work/commits"
}

all_else_kept() {
  sh "$here/describe.sh" "$work/clean" >"$work/got" && same "$here/expected" "$work/got"
}

check "the bundle can be cloned and is sound" clones
check "it has the branches and tags" refs
check "no object holds a secret" no_secret
check "no commit has the secret file" no_secret_file
check "all else is as it was" all_else_kept
verdict
