import datetime
import unittest

from booking import Calendar, Conflict, Span, merge, monthly

DAY = datetime.date(2026, 3, 2)


class BookingTest(unittest.TestCase):
    def test_a_taken_room_cannot_be_booked(self):
        calendar = Calendar()
        calendar.book("red", DAY, Span.parse("9:00-10:00"), "ann")
        with self.assertRaises(Conflict):
            calendar.book("red", DAY, Span.parse("9:30-11:00"), "bob")

    def test_spans_merge(self):
        self.assertEqual([Span(0, 30)], merge([Span(10, 30), Span(0, 10)]))

    def test_monthly(self):
        self.assertEqual([DAY, datetime.date(2026, 4, 2)], monthly(DAY, 2))


if __name__ == "__main__":
    unittest.main()
