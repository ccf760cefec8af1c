# Unpacks what led to the base commit; later commits, and refs to them, do not stay.
set -e
command -v git >/dev/null 2>&1 || exit 91
mkdir -p "$PB_WORKDIR"
cd "$PB_WORKDIR" || exit 90
git init -q .
git bundle list-heads "$PB_BUNDLE" >"$PB_BUNDLE.heads" || exit 92
git bundle unbundle "$PB_BUNDLE" >/dev/null || exit 92
git cat-file -e "$PB_BASE^{commit}" 2>/dev/null || exit 93
git symbolic-ref HEAD refs/heads/main
git update-ref refs/heads/main "$PB_BASE"
git reset -q --hard "$PB_BASE"
while read -r hash ref; do
  case $ref in
  refs/tags/*) git merge-base --is-ancestor "$hash^{commit}" "$PB_BASE" 2>/dev/null && git update-ref "$ref" "$hash" || : ;;
  esac
done <"$PB_BUNDLE.heads"
rm -f "$PB_BUNDLE" "$PB_BUNDLE.heads" .git/ORIG_HEAD .git/FETCH_HEAD
rm -rf .git/logs
git repack -a -d -q
git prune --expire=now
chown -R "$PB_OWNER" .
git rev-parse HEAD
