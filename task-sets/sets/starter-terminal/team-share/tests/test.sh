#!/bin/sh
. "$(dirname "$0")/checks.sh"
cd /

# as USER COMMAND [ARG...]: with the groups of that user, and umask 002 or what $mask says.
as() {
  user=$1
  shift
  setpriv --reuid "$user" --regid "$user" --init-groups --inh-caps=-all --reset-env \
    sh -c "umask ${mask:-002}; \"\$@\"" sh "$@"
}

# can and cannot: USER SHELL-CODE [ARG]
can() {
  as "$1" sh -c "$2" sh "${3:-}" >/dev/null 2>"$work/why" || { echo "$1 cannot: $2 $(cat "$work/why")"; return 1; }
}

cannot() {
  if as "$1" sh -c "$2" sh "${3:-}" >/dev/null 2>&1; then echo "$1 can: $2"; return 1; fi
}

groups_right() {
  for line in "alice: alice editors team" "bob: bob editors team" "carol: carol team" "dave: dave" "eve: eve" "press: press team"; do
    user=${line%%:*}
    found="$user: $(id -Gn "$user" | tr ' ' '\n' | sort | paste -s -d ' ')"
    [ "$found" = "$line" ] || { echo "$found"; return 1; }
    [ "$(id -gn "$user")" = "$user" ] || { echo "the primary group of $user changed"; return 1; }
  done
}

team_only() {
  for user in alice bob carol press; do can $user 'ls /srv/team' || return 1; done
  for user in dave eve; do
    for path in /srv/team /srv/team/drafts /srv/team/published; do cannot $user "ls $path" || return 1; done
    for path in drafts/one.txt drafts/spring/plan.txt published/issue-1.txt secrets/token; do
      cannot $user "cat /srv/team/$path" || return 1
    done
    cannot $user 'echo x >>/srv/team/drafts/one.txt' || return 1
    cannot $user 'touch /srv/team/drafts/z' || return 1
  done
  for user in alice bob carol dave eve press; do
    cannot $user 'touch /srv/team/new' && cannot $user 'mv /srv/team/drafts /srv/team/d' &&
      cannot $user 'mv /srv/team/secrets /srv/team/s' && cannot $user 'chmod 777 /srv/team' || return 1
  done
}

drafts_shared() {
  d=/srv/team/drafts
  for user in alice bob; do
    can $user "cat $d/one.txt $d/spring/plan.txt && : >>$d/one.txt && : >>$d/spring/plan.txt" || return 1
    can $user "mv $d/one.txt $d/spring/1 && mv $d/spring/1 $d/one.txt" || return 1
  done
  can alice "mkdir -p $d/new/deep && echo a >$d/new/deep/f && echo a >$d/new/g && echo a >$d/spring/h" || return 1
  can bob "echo b >>$d/new/deep/f && echo b >>$d/new/g && mv $d/new/g $d/new/deep/g && rm $d/spring/h && mkdir $d/new/deep/er && touch $d/new/deep/er/x" || return 1
  can alice "rm -r $d/new" || return 1
  for user in carol press; do
    can $user "cat $d/one.txt $d/spring/plan.txt && ls $d $d/spring && $d/spring/count.sh" || return 1
    for code in ": >>$d/one.txt" ": >>$d/spring/plan.txt" "touch $d/x" "touch $d/spring/x" "rm -f $d/one.txt" "mv $d/spring/plan.txt $d/spring/p"; do
      cannot $user "$code" || return 1
    done
  done
  can alice "$d/spring/count.sh" || return 1
  for file in one.txt spring/plan.txt; do [ ! -x "$d/$file" ] || { echo "$file is executable"; return 1; }; done
}

published_own() {
  p=/srv/team/published
  mask=022
  can alice "echo a >$p/alice-1 && echo a >$p/alice-2" || return 1
  can bob "echo b >$p/bob-1" || return 1
  for user in alice bob carol press; do can $user "ls $p && cat $p/alice-1 $p/bob-1 $p/issue-1.txt" || return 1; done
  cannot bob ": >>$p/alice-1" && cannot bob "rm -f $p/alice-1" && cannot bob "mv $p/alice-1 $p/x" &&
    cannot alice "rm -f $p/bob-1" && cannot alice ": >>$p/issue-1.txt" && cannot alice "mv $p/issue-1.txt $p/x" &&
    cannot bob "rm -f $p/issue-1.txt" && cannot carol "touch $p/carol" && cannot press "touch $p/press" || return 1
  mask=002
  can alice "echo b >$p/alice-3" && cannot bob "rm -f $p/alice-3" || return 1
  can alice "echo more >>$p/alice-1 && mv $p/alice-1 $p/alice-4 && rm $p/alice-2 $p/alice-3 $p/alice-4" && can bob "rm $p/bob-1" || return 1
  [ "$(stat -c %U $p/issue-1.txt)" = root ] || { echo "issue-1.txt does not belong to root"; return 1; }
}

token_kept() {
  s=/srv/team/secrets
  can press "cat $s/token" || return 1
  for user in alice bob carol dave eve; do cannot $user "cat $s/token" || return 1; done
  for user in alice bob carol dave eve press; do
    for code in ": >>$s/token" "ls $s" "touch $s/x" "rm -f $s/token && ! test -e $s/token" "mv $s/token $s/t" "chmod 777 $s/token" "chmod 777 $s"; do
      cannot $user "$code" || return 1
    done
  done
}

inbox_drops() {
  i=/srv/inbox
  for user in alice bob carol dave eve press; do
    can $user "echo mine >$i/from-$user && cat $i/from-$user && echo more >>$i/from-$user" || return 1
  done
  for user in alice bob; do can $user "ls $i && cat $i/letter.txt" || return 1; done
  for user in carol dave eve press; do cannot $user "ls $i" && cannot $user "cat $i/letter.txt" || return 1; done
  for user in alice bob carol dave press; do
    cannot $user "rm -f $i/from-eve && ! test -e $i/from-eve" && cannot $user "mv $i/from-eve $i/x" &&
      cannot $user "mv $i/letter.txt $i/x" && cannot $user "rm -f $i/letter.txt" || return 1
  done
  for user in alice bob carol dave eve press; do can $user "rm $i/from-$user" || return 1; done
  [ "$(stat -c %U $i/letter.txt)" = root ] || { echo "letter.txt does not belong to root"; return 1; }
}

contents_kept() {
  cat >"$work/want" <<'EOF'
/srv/inbox/letter.txt: a letter
/srv/team/drafts/one.txt: draft one
/srv/team/drafts/spring/count.sh: #!/bin/sh|echo counted
/srv/team/drafts/spring/plan.txt: spring plan
/srv/team/published/issue-1.txt: issue 1
/srv/team/secrets/token: s3cr3t-of-press
EOF
  find /srv ! -type d | LC_ALL=C sort | while IFS= read -r path; do
    echo "$path: $(tr '\n' '|' <"$path" | sed 's/|$//')"
  done >"$work/got"
  same "$work/want" "$work/got"
}

check "files and contents are as before" contents_kept
check "groups have the right members" groups_right
check "only the team enters" team_only
check "drafts are shared by editors" drafts_shared
check "published files are one's own" published_own
check "the token is for press only" token_kept
check "the inbox takes from all" inbox_drops
verdict
