# Removes all that does not lead to the present state: refs, reflogs, remotes, and the objects behind them.
set -e
cd "$PB_WORKDIR"
head=$(git rev-parse HEAD)
branch=$(git symbolic-ref -q HEAD || :)
git remote | while read -r remote; do git remote remove "$remote"; done
git for-each-ref --format='%(refname)' | while read -r ref; do
  case $ref in
  "$branch") continue ;;
  refs/tags/*) git merge-base --is-ancestor "$ref^{commit}" "$head" 2>/dev/null && continue ;;
  esac
  git update-ref --no-deref -d "$ref"
done
dir=$(git rev-parse --absolute-git-dir)
rm -f "$dir"/ORIG_HEAD "$dir"/FETCH_HEAD "$dir"/MERGE_HEAD "$dir"/CHERRY_PICK_HEAD "$dir"/REVERT_HEAD
rm -f "$dir"/objects/info/commit-graph "$dir"/shallow.lock
rm -rf "$dir"/logs "$dir"/objects/info/commit-graphs "$dir"/worktrees "$dir"/rebase-merge "$dir"/rebase-apply
commits() { git cat-file --batch-all-objects --batch-check='%(objecttype) %(objectname)' | grep -c '^commit ' || :; }
reachable() { git rev-list --all HEAD --count; }
if [ "$(commits)" != "$(reachable)" ]; then
  find "$dir/objects/pack" -name '*.keep' -delete 2>/dev/null || :
  git repack -a -d -q
fi
git prune --expire=now
[ "$(commits)" = "$(reachable)" ] || exit 96
