"""How well a cache does."""

from dataclasses import dataclass


@dataclass
class Stats:
    hits: int = 0
    misses: int = 0
    evictions: int = 0

    @property
    def hit_rate(self) -> float:
        """Between 0 and 1; 0 for a cache that nobody asked."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0
