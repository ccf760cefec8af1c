import unittest

from keepwarm import LruCache


class LruTest(unittest.TestCase):
    def test_the_limit_holds(self):
        gone = []
        cache = LruCache(2, lambda key, value: gone.append((key, value)))
        for key in "abc":
            cache.put(key, key.upper())
        self.assertEqual(["b", "c"], cache.keys())
        self.assertEqual([("a", "A")], gone)

    def test_hits_and_misses(self):
        cache = LruCache(2)
        cache.put("a", None)
        self.assertIsNone(cache.get("a", 7))
        self.assertEqual(7, cache.get("b", 7))
        self.assertEqual(0.5, cache.stats.hit_rate)

    def test_get_or_make(self):
        cache = LruCache(2)
        self.assertEqual("A", cache.get_or_make("a", str.upper))
        self.assertEqual("A", cache.get_or_make("a", lambda key: self.fail("made twice")))
