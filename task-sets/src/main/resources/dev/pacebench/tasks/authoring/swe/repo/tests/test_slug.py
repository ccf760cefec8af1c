import unittest

from slugs import slug


class SlugTest(unittest.TestCase):
    def test_words_are_joined(self):
        self.assertEqual(slug("About  us!"), "about-us")

    def test_empty_title(self):
        self.assertEqual(slug("?"), "page")
