import datetime
import random
import unittest

from booking import Calendar, Conflict, Span, free, merge, monthly, weekly

D = datetime.date
DAY = D(2026, 3, 2)
HOURS = Span.parse("8:00-18:00")


def spans(text):
    return [Span.parse(part) for part in text.split()]


class Probe(unittest.TestCase):
    def test_back_to_back(self):
        calendar = Calendar()
        calendar.book("red", DAY, Span.parse("9:00-10:00"), "ann")
        calendar.book("red", DAY, Span.parse("10:00-11:00"), "bob")
        calendar.book("red", DAY, Span.parse("8:00-9:00"), "eve")
        for text in ("9:59-10:30", "7:00-8:01", "8:30-8:31", "0:00-24:00", "9:00-10:00"):
            with self.assertRaises(Conflict, msg=text):
                calendar.book("red", DAY, Span.parse(text), "zoe")
        self.assertFalse(Span(0, 5).overlaps(Span(5, 6)))
        self.assertFalse(Span(5, 6).overlaps(Span(0, 5)))
        self.assertTrue(Span(0, 6).overlaps(Span(5, 7)))

    def test_meeting_within_meeting(self):
        self.assertEqual(spans("9:00-12:00"), merge(spans("9:00-12:00 10:00-10:30")))
        self.assertEqual(spans("9:00-13:00"), merge(spans("10:00-10:30 9:00-12:00 11:59-13:00 9:00-9:05")))
        self.assertEqual(spans("8:00-9:00 12:00-18:00"), free(spans("9:00-12:00 10:00-10:30"), HOURS))

    def test_meetings_outside(self):
        self.assertEqual(spans("8:00-18:00"), free(spans("6:00-7:00"), HOURS))
        self.assertEqual(spans("8:00-18:00"), free(spans("19:00-20:00 22:00-23:00"), HOURS))
        self.assertEqual(spans("8:30-17:00"), free(spans("7:00-8:30 17:00-19:00 20:00-21:00"), HOURS))
        self.assertEqual([], free(spans("7:00-19:00"), HOURS))
        self.assertEqual(spans("8:00-18:00"), free(spans("7:00-8:00 18:00-19:00"), HOURS))
        self.assertEqual([], free(spans("8:10-17:50 1:00-2:00"), HOURS, 11))
        self.assertEqual(spans("8:00-8:10 17:50-18:00"), free(spans("8:10-17:50 1:00-2:00"), HOURS, 10))

    def test_monthly(self):
        self.assertEqual(
            [D(2026, 1, 31), D(2026, 2, 28), D(2026, 3, 31), D(2026, 4, 30), D(2026, 5, 31)], monthly(D(2026, 1, 31), 5))
        self.assertEqual([D(2027, 11, 30), D(2027, 12, 30), D(2028, 1, 30), D(2028, 2, 29), D(2028, 3, 30)], monthly(D(2027, 11, 30), 5))
        self.assertEqual(D(2032, 2, 29), monthly(D(2024, 2, 29), 97)[-1])
        self.assertEqual([], monthly(DAY, 0))

    def test_separate_calendars(self):
        first = Calendar()
        first.book("red", DAY, HOURS, "ann")
        second = Calendar()
        self.assertEqual([], second.agenda("red", DAY))
        second.book("red", DAY, HOURS, "bob")
        self.assertEqual(["8:00-18:00 ann"], first.agenda("red", DAY))

    def test_cancel(self):
        calendar = Calendar()
        for i, who in enumerate(["ann", "ann", "bob", "ann", "ann", "ann"]):
            calendar.book("red", DAY, Span(i * 60, i * 60 + 60), who)
        calendar.book("blue", DAY, HOURS, "ann")
        calendar.book("blue", DAY + datetime.timedelta(1), HOURS, "ann")
        self.assertEqual(6, calendar.cancel("ann", DAY))
        self.assertEqual(["2:00-3:00 bob"], calendar.agenda("red", DAY))
        self.assertEqual([], calendar.agenda("blue", DAY))
        self.assertEqual(1, len(calendar.agenda("blue", DAY + datetime.timedelta(1))))
        self.assertEqual(0, calendar.cancel("ann", DAY))
        calendar.book("blue", DAY, HOURS, "bob")

    def test_series(self):
        calendar = Calendar()
        days = weekly(DAY, 4)
        calendar.book("red", days[0], Span(0, 60), "ann")
        calendar.book("red", days[2], Span.parse("9:30-9:45"), "bob")
        with self.assertRaises(Conflict):
            calendar.book_series("red", iter(days), Span.parse("9:00-10:00"), "ann")
        self.assertEqual([["0:00-1:00 ann"], [], ["9:30-9:45 bob"], []], [calendar.agenda("red", d) for d in days])
        # A series may meet itself.
        with self.assertRaises(Conflict):
            calendar.book_series("red", [days[1], days[3], days[1]], Span(0, 60), "eve")
        self.assertEqual([[], []], [calendar.agenda("red", d) for d in (days[1], days[3])])
        calendar.book_series("red", iter(days), Span.parse("10:00-11:00"), "ann")
        self.assertEqual([2, 1, 2, 1], [len(calendar.agenda("red", d)) for d in days])

    def test_agenda(self):
        calendar = Calendar()
        for text in ("10:00-11:00", "9:00-9:30", "23:00-24:00", "0:05-0:10", "9:30-10:00"):
            calendar.book("red", DAY, Span.parse(text), "x y")
        self.assertEqual(
            ["0:05-0:10 x y", "9:00-9:30 x y", "9:30-10:00 x y", "10:00-11:00 x y", "23:00-24:00 x y"], calendar.agenda("red", DAY))

    def test_random_days(self):
        chance = random.Random(20260302)
        for _ in range(400):
            some = []
            for _ in range(chance.randint(0, 7)):
                start = chance.randint(0, 118)
                some.append(Span(start, chance.randint(start + 1, min(120, start + 50))))
            start = chance.randint(0, 100)
            within = Span(start, chance.randint(start + 1, 120))
            at_least = chance.choice([1, 1, 5, 10])
            taken = {m for s in some for m in range(s.start, s.end)}
            self.assertEqual(runs(taken), merge(some), some)
            open_minutes = set(range(within.start, within.end)) - taken
            wanted = [s for s in runs(open_minutes) if s.end - s.start >= at_least]
            self.assertEqual(wanted, free(some, within, at_least), (some, within, at_least))

    def test_still_works(self):
        self.assertEqual([DAY, D(2026, 3, 16), D(2026, 3, 23)], weekly(DAY, 3, [D(2026, 3, 9)]))
        self.assertEqual("7:05-24:00", str(Span.parse("7:05-24:00")))
        for text in ("9:00-9:00", "10:00-9:00", "9:60-10:00", "9:5-10:00", "23:00-24:01"):
            with self.assertRaises(ValueError, msg=text):
                Span.parse(text)
        given = {}
        calendar = Calendar(given)
        calendar.book("red", DAY, HOURS, "ann")
        again = Calendar(given)
        with self.assertRaises(Conflict):
            again.book("red", DAY, HOURS, "bob")
        self.assertEqual(spans("18:00-20:00"), again.free("red", DAY, Span.parse("9:00-20:00"), 30))
        self.assertEqual(spans("0:00-24:00"), again.free("blue", DAY, Span.parse("0:00-24:00")))


def runs(minutes):
    found = []
    for minute in sorted(minutes):
        if found and found[-1].end == minute:
            found[-1] = Span(found[-1].start, minute + 1)
        else:
            found.append(Span(minute, minute + 1))
    return found


if __name__ == "__main__":
    unittest.main()
