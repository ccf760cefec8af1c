#!/bin/sh
# describe.sh REPOSITORY: all that a rewrite has to keep, as text, with the secrets taken out.
# Commits are named by their place in a topological order, since their hashes change.
cd "$1" || exit 1
git for-each-ref --format='%(refname) %(objecttype) %(contents)%(taggername)%(taggeremail)%(taggerdate:raw)' refs/heads refs/tags |
  sed '/^refs/!s/^/  /' >describe.refs
cat describe.refs
git rev-list --topo-order --author-date-order --reverse --branches --tags | awk '{ print $1, NR }' >describe.order
while read -r commit number; do
  echo "== commit $number"
  git rev-list --parents -n 1 "$commit" | cut -d ' ' -s -f 2- | tr ' ' '\n' | while read -r parent; do
    [ -z "$parent" ] || echo "parent $(awk -v c="$parent" '$1 == c { print $2 }' describe.order)"
  done
  git for-each-ref --points-at "$commit" --format='ref %(refname)' refs/heads refs/tags
  git log -1 --format='author %an <%ae> %ad%ncommitter %cn <%ce> %cd%n%B' --date=raw "$commit" | sed "s/tok_live_7hQ2mZx9LrV4/REMOVED/g"
  git ls-tree -r "$commit" | grep -v '	deploy/prod\.env$' | while read -r mode kind object path; do
    echo "$mode $kind $path $(git cat-file blob "$object" | LC_ALL=C sed 's/tok_live_7hQ2mZx9LrV4/REMOVED/g' | sha256sum | cut -c 1-16)"
  done
done <describe.order
