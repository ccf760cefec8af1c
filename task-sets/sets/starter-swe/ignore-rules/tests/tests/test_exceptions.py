import os
import subprocess
import sys
import tempfile
import unittest

from syncbox import Rules, included

FILES = ("important.log", "other.log", "!urgent.txt", "keep/a.log", "cache/a.txt", "cache/important.log", "x/keep/b.txt")


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = folder.name
        for path in FILES:
            os.makedirs(os.path.dirname(os.path.join(self.top, path)), exist_ok=True)
            open(os.path.join(self.top, path), "w").close()

    def plan(self, *rules):
        return list(included(self.top, Rules(rules)))


class ExceptionsTest(Case):
    def test_a_later_rule_brings_back(self):
        self.assertEqual(
            ["!urgent.txt", "cache/a.txt", "cache/important.log", "important.log", "x/keep/b.txt"],
            self.plan("*.log", "!important.log"),
        )

    def test_what_was_brought_back_can_be_left_out_again(self):
        found = self.plan("*.log", "!important.log", "cache/*.log", "*.txt")
        self.assertEqual(["important.log"], found)

    def test_the_other_way_round_it_is_left_out(self):
        self.assertEqual([], self.plan("!important.log", "*.txt", "*.log"))

    def test_an_exception_that_does_not_fit_changes_nothing(self):
        self.assertEqual(
            ["!urgent.txt", "important.log", "keep/a.log", "other.log", "x/keep/b.txt"],
            self.plan("!keep/", "cache/"),
        )

    def test_an_exception_for_folders_only(self):
        rules = Rules(["keep", "!keep/"])
        self.assertFalse(rules.leaves_out("x/keep", True))
        self.assertTrue(rules.leaves_out("x/keep", False))

    def test_a_name_with_an_exclamation_mark(self):
        self.assertNotIn("!urgent.txt", self.plan("\\!urgent.txt"))
        self.assertIn("!urgent.txt", self.plan("*.txt", "!!urgent.txt"))

    def test_everything_but(self):
        self.assertEqual(["keep/a.log"], self.plan("/*", "!/keep/"))

    def test_from_the_command_line(self):
        with open(os.path.join(self.top, ".syncignore"), "w") as stream:
            stream.write("*\n!*/\n!*.log\n")
        run = subprocess.run([sys.executable, "-m", "syncbox", "plan", self.top], capture_output=True, text=True)
        self.assertEqual("cache/important.log\nimportant.log\nkeep/a.log\nother.log\n", run.stdout)


class AsBeforeTest(Case):
    def test_a_rule_without_exceptions(self):
        self.assertTrue(Rules(["*.log"]).leaves_out("cache/important.log", False))

    def test_nothing_comes_back_in_a_folder_that_is_left_out(self):
        found = self.plan("cache/", "!cache/important.log", "!important.log")
        self.assertFalse([path for path in found if path.startswith("cache")])

    def test_such_a_folder_is_not_looked_into(self):
        seen = []

        def listdir(folder):
            seen.append(os.path.relpath(folder, self.top))
            return os.listdir(folder)

        list(included(self.top, Rules(["cache/", "!cache/important.log"]), listdir))
        self.assertNotIn("cache", seen)

    def test_many_folders(self):
        rules = Rules(["**/cache/**", "/x/**/b.txt"])
        self.assertTrue(rules.leaves_out("cache/a.txt", False))
        self.assertTrue(rules.leaves_out("a/b/cache/c/d", False))
        self.assertFalse(rules.leaves_out("cache", True))
        self.assertTrue(rules.leaves_out("x/b.txt", False))
        self.assertTrue(rules.leaves_out("x/a/b/b.txt", False))

    def test_stars_stay_within_a_name(self):
        self.assertFalse(Rules(["/a*c"]).leaves_out("a/c", False))
        self.assertFalse(Rules(["/a?c"]).leaves_out("a/c", False))

    def test_no_rules(self):
        self.assertEqual(sorted(FILES), self.plan("", "# nothing"))

    def test_dots_mean_themselves(self):
        self.assertFalse(Rules(["*.log"]).leaves_out("xlog", False))
