import unittest

from keepwarm import TtlCache


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class TtlTest(unittest.TestCase):
    def test_old_entries_are_gone(self):
        clock = Clock()
        cache = TtlCache(8, 10, clock=clock)
        cache.put("a", 1)
        clock.now = 9.9
        self.assertEqual(1, cache.get("a"))
        clock.now = 10
        self.assertIsNone(cache.get("a"))
        self.assertEqual(0, len(cache))
