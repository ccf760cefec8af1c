# Makes a plain folder a repository with one commit, whose hash depends on the files alone.
set -e
command -v git >/dev/null 2>&1 || exit 91
cd "$PB_WORKDIR" || exit 90
git init -q .
git symbolic-ref HEAD refs/heads/main
git add -A -f .
git commit -q --no-verify --allow-empty -m 'State of the repository'
chown -R "$PB_OWNER" .
git rev-parse HEAD
