"""Values of properties."""

import datetime
from typing import List


def read_text(value: str) -> str:
    return value


def write_text(text: str) -> str:
    for char in "\\,;":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", "\\n")


def read_texts(value: str) -> List[str]:
    """A list of texts with commas between them."""
    return [read_text(part) for part in value.split(",")] if value else []


def write_texts(texts: List[str]) -> str:
    return ",".join(write_text(text) for text in texts)


def read_time(value: str) -> datetime.datetime:
    """20261121T093000, with a Z for UTC, or a day alone."""
    if len(value) == 8:
        return datetime.datetime.strptime(value, "%Y%m%d")
    if value.endswith("Z"):
        at = datetime.datetime.strptime(value, "%Y%m%dT%H%M%SZ")
        return at.replace(tzinfo=datetime.timezone.utc)
    return datetime.datetime.strptime(value, "%Y%m%dT%H%M%S")


def write_time(at: datetime.datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%SZ" if at.tzinfo else "%Y%m%dT%H%M%S")
