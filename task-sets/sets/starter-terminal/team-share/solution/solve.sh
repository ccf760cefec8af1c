#!/bin/sh
set -eu
gpasswd -M alice,bob editors
gpasswd -M alice,bob,carol,press team
cd /srv
# The outer folder keeps strangers out, so that "others" further in means the rest of the team.
chown root:team team
chmod 0750 team
chown -R root:editors team/drafts
find team/drafts -type d -exec chmod 2775 {} +
find team/drafts -type f -exec chmod 0664 {} +
chmod 0775 team/drafts/spring/count.sh
chown root:editors team/published
chmod 1775 team/published
chown root:root team/published/issue-1.txt
chmod 0644 team/published/issue-1.txt
chown root:press team/secrets team/secrets/token
chmod 0710 team/secrets
chmod 0640 team/secrets/token
chown root:editors inbox
chmod 1773 inbox
chown root:editors inbox/letter.txt
chmod 0640 inbox/letter.txt
