"""Caches with a limit."""

from .lru import LruCache
from .stats import Stats
from .ttl import TtlCache

__all__ = ["LruCache", "Stats", "TtlCache"]
