import unittest

from slugs import Slugs


class UniqueTest(unittest.TestCase):
    def test_first_page_keeps_its_plain_slug(self):
        self.assertEqual(Slugs().add("About us"), "about-us")

    def test_second_page_of_a_title_gets_a_number(self):
        slugs = Slugs()
        self.assertEqual(
            [slugs.add("About us"), slugs.add("about us?"), slugs.add("About us")],
            ["about-us", "about-us-2", "about-us-3"],
        )

    def test_a_word_that_was_cut_is_numbered_too(self):
        slugs = Slugs()
        slugs.add("x" * 50)
        second = slugs.add("x" * 50)
        self.assertEqual(second, "x" * 38 + "-2")
