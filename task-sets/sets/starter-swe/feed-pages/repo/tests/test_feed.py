import unittest

from newsfeed import BadToken, Feed


class FeedTest(unittest.TestCase):
    def setUp(self):
        self.feed = Feed(":memory:")
        self.addCleanup(self.feed.close)
        for day in range(1, 6):
            self.feed.add("Day %d" % day, "2026-03-%02dT08:00:00" % day)
        self.feed.add("Not yet", None)

    def test_the_newest_come_first(self):
        page = self.feed.page(2)
        self.assertEqual(["Day 5", "Day 4"], [a.title for a in page.articles])

    def test_all_pages(self):
        titles, after = [], None
        for _ in range(3):
            page = self.feed.page(2, after)
            titles += [a.title for a in page.articles]
            after = page.next
        self.assertIsNone(after)
        self.assertEqual(["Day 5", "Day 4", "Day 3", "Day 2", "Day 1"], titles)

    def test_a_wrong_token(self):
        for token in ("", "!", "abc", "AAAA"):
            with self.assertRaises(BadToken):
                self.feed.page(2, token)
