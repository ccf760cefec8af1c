import unittest

from syncbox import Rules


class IgnoreTest(unittest.TestCase):
    def test_names_anywhere(self):
        rules = Rules(["*.log", "# no rule", "", "\\#x"])
        self.assertTrue(rules.leaves_out("a/b/x.log", False))
        self.assertTrue(rules.leaves_out("#x", False))
        self.assertFalse(rules.leaves_out("x.log.txt", False))

    def test_from_the_top(self):
        rules = Rules(["/build", "docs/*.html"])
        self.assertTrue(rules.leaves_out("build", True))
        self.assertFalse(rules.leaves_out("src/build", True))
        self.assertTrue(rules.leaves_out("docs/a.html", False))
        self.assertFalse(rules.leaves_out("docs/a/b.html", False))

    def test_folders_only(self):
        rules = Rules(["tmp/"])
        self.assertTrue(rules.leaves_out("x/tmp", True))
        self.assertFalse(rules.leaves_out("x/tmp", False))
