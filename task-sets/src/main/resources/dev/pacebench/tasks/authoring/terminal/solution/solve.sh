#!/bin/sh
# The reference solution: shows that the task can be solved. No agent ever sees it.
LC_ALL=C sort -u /app/names.txt > /app/guests.txt
