import datetime
import unittest

import icsmini
from icsmini import Calendar, Event

PLAIN = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20261123T093000Z
DTEND:20261123T100000Z
SUMMARY;LANGUAGE=en:Stand-up
CATEGORIES:work,daily
URL:https://example.org/a;b,c
END:VEVENT
END:VCALENDAR
"""


class CalendarTest(unittest.TestCase):
    def test_a_plain_event(self):
        event = icsmini.parse(PLAIN).events[0]
        self.assertEqual("Stand-up", event.summary)
        self.assertEqual(["work", "daily"], event.categories)
        self.assertEqual("https://example.org/a;b,c", event.url)
        self.assertEqual(datetime.timedelta(minutes=30), event.end - event.start)

    def test_texts_are_escaped_when_written(self):
        text = icsmini.dump(Calendar([Event(summary="a, b; c\\d", description="1\n2")]))
        self.assertIn("SUMMARY:a\\, b\\; c\\\\d\r\n", text)
        self.assertIn("DESCRIPTION:1\\n2\r\n", text)

    def test_a_plain_round(self):
        calendar = icsmini.parse(PLAIN)
        self.assertEqual(calendar, icsmini.parse(icsmini.dump(calendar)))
