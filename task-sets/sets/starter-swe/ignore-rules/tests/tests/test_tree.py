import os
import tempfile
import unittest

from syncbox import Rules, included


class TreeTest(unittest.TestCase):
    def test_what_is_included(self):
        with tempfile.TemporaryDirectory() as top:
            for path in ("a.txt", "b.log", "sub/c.txt", "sub/tmp/d.txt"):
                os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
                open(os.path.join(top, path), "w").close()
            self.assertEqual(["a.txt", "sub/c.txt"], list(included(top, Rules(["*.log", "tmp/"]))))
