"""Articles, newest first."""

from .feed import Article, Feed, Page
from .token import BadToken

__all__ = ["Article", "BadToken", "Feed", "Page"]
