import base64
import os
import re
import subprocess
import sys
import tempfile
import unittest

from newsfeed import BadToken, Feed

SAME = "2026-02-10T00:00:00"


def titles(page):
    return [article.title for article in page.articles]


def scroll(feed, limit, **more):
    found, after = [], None
    for _ in range(500):
        page = feed.page(limit, after, **more)
        found += titles(page)
        after = page.next
        if after is None:
            return found
    raise AssertionError("the pages do not end")


class PagesTest(unittest.TestCase):
    def setUp(self):
        self.feed = Feed(":memory:")
        self.addCleanup(self.feed.close)

    def fill(self):
        self.feed.add("old", "2025-12-24T18:00:00")
        for number in range(10):
            self.feed.add("same %d" % number, SAME, "blog" if number % 2 else "news")
        self.feed.add("new", "2026-03-01T08:00:00")
        self.feed.add("draft", None)

    def test_every_article_is_on_one_page(self):
        self.fill()
        wanted = ["new"] + ["same %d" % number for number in range(10)] + ["old"]
        for limit in range(1, 14):
            self.assertEqual(wanted, scroll(self.feed, limit), "limit %d" % limit)

    def test_every_article_of_a_section(self):
        self.fill()
        wanted = ["same %d" % number for number in (1, 3, 5, 7, 9)]
        for limit in (1, 2, 3):
            self.assertEqual(wanted, scroll(self.feed, limit, section="blog"))

    def test_more_equal_times_than_the_largest_page(self):
        for number in range(250):
            self.feed.add("n%d" % number, SAME)
        self.assertEqual(["n%d" % number for number in range(250)], scroll(self.feed, 1000))

    def test_an_article_that_comes_meanwhile_among_equals(self):
        self.fill()
        first = self.feed.page(4)
        self.feed.add("same late", SAME)
        self.feed.add("newest", "2026-04-01T00:00:00")
        rest = self.feed.page(50, first.next)
        self.assertEqual(["same %d" % n for n in range(3, 10)] + ["same late", "old"], titles(rest))

    def test_the_last_one_shown_goes_away_meanwhile(self):
        self.fill()
        first = self.feed.page(4)
        self.feed.remove(first.articles[-1].id)
        self.assertEqual("same 3", self.feed.page(4, first.next).articles[0].title)

    def test_from_the_command_line(self):
        with tempfile.TemporaryDirectory() as folder:
            database = os.path.join(folder, "blog.db")
            feed = Feed(database)
            for title in "abc":
                feed.add(title, SAME)
            feed.close()
            command = [sys.executable, "-m", "newsfeed", "list", "--db", database, "--limit", "2"]
            first = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            token = first.split("next: ")[1].strip()
            second = subprocess.run(command + ["--after", token], capture_output=True, text=True, check=True)
            self.assertEqual("%s c\n" % SAME, second.stdout)


class AsBeforeTest(unittest.TestCase):
    def setUp(self):
        self.feed = Feed(":memory:")
        self.addCleanup(self.feed.close)
        for day in range(1, 7):
            self.feed.add("Day %d" % day, "2026-03-%02dT08:00:00" % day)

    def test_new_articles_do_not_move_pages(self):
        first = self.feed.page(2)
        self.feed.add("Day 7", "2026-03-07T08:00:00")
        self.feed.add("Day 8", "2026-03-08T08:00:00")
        self.assertEqual(["Day 4", "Day 3"], titles(self.feed.page(2, first.next)))

    def test_removed_articles_do_not_move_pages(self):
        first = self.feed.page(2)
        self.feed.remove(first.articles[0].id)
        self.assertEqual(["Day 4", "Day 3"], titles(self.feed.page(2, first.next)))

    def test_old_tokens_still_work(self):
        for day in (3, 5):
            old = base64.urlsafe_b64encode(b"2026-03-%02dT08:00:00" % day).decode().rstrip("=")
            self.assertEqual("Day %d" % (day - 1), self.feed.page(2, old).articles[0].title)

    def test_tokens_fit_into_a_url(self):
        self.assertRegex(self.feed.page(2).next, re.compile(r"\A[A-Za-z0-9_-]+\Z"))

    def test_wrong_tokens(self):
        for token in ("", "!", "abc", "AAAA", "MjAyNi0wMy0wNQ==\n", "ü"):
            with self.assertRaises(BadToken):
                self.feed.page(2, token)

    def test_the_last_page_has_no_token(self):
        self.assertIsNone(self.feed.page(6).next)
        self.assertIsNotNone(self.feed.page(5).next)

    def test_drafts_are_in_no_page(self):
        self.feed.add("draft", None)
        self.assertNotIn("draft", scroll(self.feed, 2))
