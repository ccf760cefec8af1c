"""A cache that throws out what has not been used for longest."""

from collections import OrderedDict
from typing import Any, Callable, Hashable, List, Optional

from .stats import Stats

_NOTHING = object()


class LruCache:
    def __init__(self, size: int, on_evict: Optional[Callable[[Hashable, Any], None]] = None):
        if size < 1:
            raise ValueError("a cache needs room for one entry at least")
        self.size = size
        self.stats = Stats()
        self._on_evict = on_evict
        self._entries: "OrderedDict[Hashable, Any]" = OrderedDict()

    def _find(self, key: Hashable) -> Any:
        """The value, or _NOTHING; every lookup comes through here."""
        return self._entries.get(key, _NOTHING)

    def get(self, key: Hashable, default: Any = None) -> Any:
        value = self._find(key)
        if value is _NOTHING:
            self.stats.misses += 1
            return default
        self.stats.hits += 1
        return value

    def peek(self, key: Hashable, default: Any = None) -> Any:
        """The value, without using it."""
        value = self._find(key)
        return default if value is _NOTHING else value

    def put(self, key: Hashable, value: Any) -> None:
        self._entries[key] = value
        self._make_room()

    def get_or_make(self, key: Hashable, make: Callable[[Hashable], Any]) -> Any:
        value = self.get(key, _NOTHING)
        if value is _NOTHING:
            value = make(key)
            self.put(key, value)
        return value

    def delete(self, key: Hashable) -> bool:
        return self._entries.pop(key, _NOTHING) is not _NOTHING

    def keys(self) -> List[Hashable]:
        """The least recently used one first."""
        return [key for key in self._entries if key in self]

    def _make_room(self) -> None:
        while len(self._entries) > self.size:
            key, value = self._entries.popitem(last=False)
            self.stats.evictions += 1
            if self._on_evict is not None:
                self._on_evict(key, value)

    def __getitem__(self, key: Hashable) -> Any:
        value = self.get(key, _NOTHING)
        if value is _NOTHING:
            raise KeyError(key)
        return value

    def __contains__(self, key: Hashable) -> bool:
        return self._find(key) is not _NOTHING

    def __len__(self) -> int:
        return len(self.keys())
