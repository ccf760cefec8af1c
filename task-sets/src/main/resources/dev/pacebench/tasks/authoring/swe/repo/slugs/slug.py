import re

LONGEST = 40


def slug(title):
    """The title in lower case, its words joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)[:LONGEST].strip("-") or "page"


class Slugs:
    """Gives slugs to the pages of one site."""

    def add(self, title):
        return slug(title)
