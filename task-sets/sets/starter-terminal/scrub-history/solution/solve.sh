#!/bin/sh
set -eu
GIT_CONFIG_GLOBAL=/dev/null
FILTER_BRANCH_SQUELCH_WARNING=1
export GIT_CONFIG_GLOBAL FILTER_BRANCH_SQUELCH_WARNING
work=$(mktemp -d)
git clone -q --bare /app/press.bundle "$work/bare"
mkdir "$work/tree"
cd "$work/tree"
git init -q .
git fetch -q "$work/bare" '+refs/heads/*:refs/heads/*' '+refs/tags/*:refs/tags/*' --update-head-ok
git checkout -q -f main
git filter-branch \
  --tree-filter '
    rm -f deploy/prod.env
    LC_ALL=C grep -rlaF --exclude-dir=.git tok_live_7hQ2mZx9LrV4 . | while IFS= read -r file; do
      LC_ALL=C sed -i s/tok_live_7hQ2mZx9LrV4/REMOVED/g "$file"
    done' \
  --msg-filter 'LC_ALL=C sed s/tok_live_7hQ2mZx9LrV4/REMOVED/g' \
  --tag-name-filter cat -d "$work/rewrite" -- --branches --tags
git bundle create -q /app/clean.bundle --branches --tags
rm -rf "$work"
