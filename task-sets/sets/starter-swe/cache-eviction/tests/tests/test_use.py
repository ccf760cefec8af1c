import unittest

from keepwarm import LruCache, TtlCache


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def filled(keys, size=3, **more):
    cache = LruCache(size, **more)
    for key in keys:
        cache.put(key, key.upper())
    return cache


class UseTest(unittest.TestCase):
    def test_get_is_a_use(self):
        cache = filled("abc")
        cache.get("a")
        cache.put("d", "D")
        self.assertEqual(["c", "a", "d"], cache.keys())

    def test_index_and_get_or_make_are_uses(self):
        cache = filled("abc")
        cache["a"]
        cache.get_or_make("b", lambda key: self.fail("it is there"))
        self.assertEqual(["c", "a", "b"], cache.keys())

    def test_writing_over_is_a_use(self):
        gone = []
        cache = filled("abc", on_evict=lambda key, value: gone.append((key, value)))
        cache.put("a", 2)
        cache.put("d", "D")
        self.assertEqual([("b", "B")], gone)
        self.assertEqual(2, cache.peek("a"))

    def test_use_in_a_ttl_cache(self):
        cache = TtlCache(2, 10, clock=Clock())
        cache.put("a", 1)
        cache.put("b", 2)
        cache.get("a")
        cache.put("c", 3)
        self.assertEqual(["a", "c"], cache.keys())


class LookingTest(unittest.TestCase):
    def test_peek_is_no_use(self):
        cache = filled("abc")
        self.assertEqual("A", cache.peek("a"))
        cache.put("d", "D")
        self.assertEqual(["b", "c", "d"], cache.keys())

    def test_in_is_no_use(self):
        cache = filled("abc")
        self.assertTrue("a" in cache)
        self.assertFalse("z" in cache)
        self.assertEqual(["a", "b", "c"], cache.keys())

    def test_keys_and_len_are_no_use(self):
        cache = filled("abc")
        for _ in range(3):
            self.assertEqual(3, len(cache))
            self.assertEqual(["a", "b", "c"], cache.keys())

    def test_looking_is_not_counted(self):
        cache = filled("abc")
        cache.peek("a"), "b" in cache, cache.keys()
        self.assertEqual((0, 0), (cache.stats.hits, cache.stats.misses))

    def test_a_miss_makes_no_entry(self):
        cache = filled("ab")
        self.assertIsNone(cache.get("z"))
        self.assertRaises(KeyError, lambda: cache["z"])
        self.assertEqual(["a", "b"], cache.keys())

    def test_use_makes_nothing_younger(self):
        clock = Clock()
        cache = TtlCache(4, 10, clock=clock)
        cache.put("a", 1)
        clock.now = 9
        cache.get("a")
        clock.now = 10
        self.assertIsNone(cache.get("a"))

    def test_an_old_entry_is_no_hit(self):
        clock = Clock()
        cache = TtlCache(4, 10, clock=clock)
        cache.put("a", 1)
        clock.now = 11
        self.assertEqual("no", cache.get("a", "no"))
        self.assertEqual((0, 1), (cache.stats.hits, cache.stats.misses))
        self.assertEqual([], cache.keys())

    def test_written_over_is_not_evicted(self):
        gone = []
        cache = filled("ab", on_evict=lambda key, value: gone.append(key))
        cache.put("a", 1)
        cache.delete("b")
        self.assertEqual([], gone)
