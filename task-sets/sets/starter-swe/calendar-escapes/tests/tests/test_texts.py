import random
import unittest

import icsmini
from icsmini import Calendar, Event


def event(*properties):
    text = "\r\n".join(("BEGIN:VEVENT",) + properties + ("END:VEVENT", ""))
    return icsmini.parse(text).events[0]


def round_of(calendar):
    return icsmini.parse(icsmini.dump(calendar))


class TextsTest(unittest.TestCase):
    def test_commas_and_semicolons(self):
        found = event("SUMMARY:Lunch\\, then planning\\; bring a pen")
        self.assertEqual("Lunch, then planning; bring a pen", found.summary)

    def test_both_line_ends(self):
        self.assertEqual("one\ntwo\nthree", event("DESCRIPTION:one\\ntwo\\Nthree").description)

    def test_an_escaped_backslash_before_an_n(self):
        found = event("LOCATION:\\\\\\\\srv\\\\new\\\\Notes\\\\\\, left")
        self.assertEqual("\\\\srv\\new\\Notes\\, left", found.location)

    def test_texts_survive_two_rounds(self):
        calendar = Calendar([Event("a, b; c\\d", description="1\n\\n2\\\n", location="\\\\srv\\new")])
        self.assertEqual(calendar, round_of(round_of(calendar)))

    def test_random_texts_survive(self):
        chance = random.Random(20261121)
        for _ in range(300):
            text = "".join(chance.choice("\\\\\\,;nN\n ä:") for _ in range(chance.randint(1, 90)))
            calendar = Calendar([Event(text, description=text[::-1], location=text)])
            self.assertEqual(calendar, round_of(calendar))

    def test_a_category_may_have_a_comma(self):
        self.assertEqual(["a,b", "c\\", "d"], event("CATEGORIES:a\\,b,c\\\\,d").categories)
        calendar = Calendar([Event("x", categories=["R&D, Bern", "a\\", "b;c", "\n"])])
        self.assertEqual(calendar, round_of(calendar))

    def test_an_escape_may_be_folded(self):
        self.assertEqual("a,b", event("SUMMARY:a\\", " ,b").summary)


class AsBeforeTest(unittest.TestCase):
    def test_urls_are_no_texts(self):
        found = event("URL:https://example.org/?q=a\\,b\\n")
        self.assertEqual("https://example.org/?q=a\\,b\\n", found.url)
        self.assertEqual("https://example.org/?q=a\\,b\\n", round_of(Calendar([found])).events[0].url)

    def test_plain_categories(self):
        self.assertEqual(["work", "daily"], event("CATEGORIES:work,daily").categories)
        self.assertEqual(["a", "b"], event("CATEGORIES:a", "CATEGORIES:b").categories)

    def test_written_as_before(self):
        text = icsmini.dump(Calendar([Event("a, b", categories=["c,d", "e"])]))
        self.assertIn("SUMMARY:a\\, b\r\nCATEGORIES:c\\,d,e\r\n", text)

    def test_parameters_are_not_texts(self):
        line = icsmini.calendar.lines.split('X;ALTREP="a\\,b":c')
        self.assertEqual({"ALTREP": '"a\\,b"'}, line.params)
