#!/bin/sh
set -eu
cd /app
git clone -q -b main fares.bundle fares
cd fares
# Only odd prices show the rounding, and base prices change, so two trips of different length are judged.
cat >/tmp/judge.sh <<'EOF'
for trip in "1 4" "1 5"; do
  adult=$(echo "$trip adult" | sh fares.sh 2>/dev/null | tr -d .)
  child=$(echo "$trip child" | sh fares.sh 2>/dev/null | tr -d .)
  [ -n "$adult" ] && [ -n "$child" ] || exit 125
  [ "$child" -eq $(((adult + 1) / 2)) ] || exit 1
done
EOF
git bisect start main v1.0 >/dev/null
git bisect run sh /tmp/judge.sh >/tmp/bisect.log 2>&1
bad=$(git rev-parse refs/bisect/bad)
git bisect reset >/dev/null 2>&1
echo "$bad" >/app/first-bad.txt
git checkout -q -b fix main
sed -i \
  -e 's|^  function share(.*|&\n  function share_up(p, of, parts) { return int((p * of + parts - 1) / parts) }|' \
  -e '/"group"/s/share(/share_up(/' -e '/"child"/s/share(/share_up(/' fares.sh
sh check.sh
git -c user.name=Fixer -c user.email=fixer@fares.example commit -q -a -m "Undo $(echo "$bad" | cut -c 1-12)

Children and groups pay rounded-up prices again."
