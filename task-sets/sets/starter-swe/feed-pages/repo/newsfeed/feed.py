"""Pages of articles."""

import sqlite3
from pathlib import Path
from typing import List, NamedTuple, Optional

from . import token

MOST = 100


class Article(NamedTuple):
    id: int
    title: str
    section: str
    published: Optional[str]


class Page(NamedTuple):
    articles: List[Article]
    next: Optional[str]


class Feed:
    def __init__(self, database: str):
        self._db = sqlite3.connect(database)
        self._db.executescript((Path(__file__).parent / "schema.sql").read_text("utf-8"))

    def close(self) -> None:
        self._db.close()

    def add(self, title: str, published: Optional[str], section: str = "news") -> int:
        with self._db:
            cursor = self._db.execute(
                "INSERT INTO article (title, section, published) VALUES (?, ?, ?)",
                (title, section, published),
            )
        return cursor.lastrowid

    def remove(self, article: int) -> None:
        with self._db:
            self._db.execute("DELETE FROM article WHERE id = ?", (article,))

    def page(self, limit: int = 20, after: Optional[str] = None, section: Optional[str] = None) -> Page:
        """The articles that follow a token, newest first."""
        limit = max(1, min(limit, MOST))
        where, values = ["published IS NOT NULL"], []
        if after is not None:
            where.append("published < ?")
            values.append(token.read(after))
        if section is not None:
            where.append("section = ?")
            values.append(section)
        rows = self._db.execute(
            "SELECT id, title, section, published FROM article WHERE %s"
            " ORDER BY published DESC, id LIMIT ?" % " AND ".join(where),
            (*values, limit + 1),
        ).fetchall()
        articles = [Article(*row) for row in rows[:limit]]
        more = len(rows) > limit
        return Page(articles, token.write(articles[-1].published) if more else None)
