#!/bin/sh
# Enters the sandbox after the agent, and has the last word: 1 is solved, 0 is not.
expected=$(mktemp)
printf '%s\n' Ada 'Björn' Nour 'Zoë' ada 'Émile' > "$expected"

if cmp "$expected" /app/guests.txt; then
  reward=1
else
  reward=0
fi
echo "$reward" > /logs/verifier/reward.txt
