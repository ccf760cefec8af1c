"""A cache whose entries also grow too old."""

import time
from typing import Any, Callable, Hashable, Optional

from .lru import _NOTHING, LruCache


class TtlCache(LruCache):
    def __init__(
        self,
        size: int,
        seconds: float,
        on_evict: Optional[Callable[[Hashable, Any], None]] = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        super().__init__(size, on_evict)
        self.seconds = seconds
        self._clock = clock
        self._born = {}

    def _find(self, key: Hashable) -> Any:
        value = super()._find(key)
        if value is not _NOTHING and self._clock() - self._born[key] >= self.seconds:
            return _NOTHING
        return value

    def put(self, key: Hashable, value: Any) -> None:
        self._born[key] = self._clock()
        self._drop_old()
        super().put(key, value)

    def delete(self, key: Hashable) -> bool:
        there = key in self
        super().delete(key)
        self._born.pop(key, None)
        return there

    def _drop_old(self) -> None:
        """Old entries make room before good ones have to."""
        now = self._clock()
        for key in [k for k in self._entries if now - self._born[k] >= self.seconds]:
            super().delete(key)
