#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"

# Compiled files that came along with the sources could say something else than these.
mkdir "$work/lib"
cp -R /app/booking "$work/lib/"
rm -rf "$work/lib/booking/__pycache__"

# behaves CASE: one test method of probe.py, in a process of its own.
behaves() {
  cd "$work" && PYTHONPATH=$work/lib timeout 15 python3 -B "$here/probe.py" "Probe.$1"
}

check "complaint 1: back to back" behaves test_back_to_back
check "complaint 2: a meeting within a meeting" behaves test_meeting_within_meeting
check "complaint 3: meetings outside of the hours" behaves test_meetings_outside
check "complaint 4: months of different length" behaves test_monthly
check "complaint 5: calendars are separate" behaves test_separate_calendars
check "complaint 6: all meetings are cancelled" behaves test_cancel
check "complaint 7: a series is booked whole or not at all" behaves test_series
check "complaint 8: the agenda is by time" behaves test_agenda
check "random days agree with a count of minutes" behaves test_random_days
check "what worked still works" behaves test_still_works
verdict
