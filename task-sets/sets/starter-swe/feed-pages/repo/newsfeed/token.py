"""Tokens: where a page ends, as text that fits into a URL."""

import base64
import binascii


class BadToken(ValueError):
    """Nothing that this site has given out."""


def write(published: str) -> str:
    raw = base64.urlsafe_b64encode(published.encode("utf-8"))
    return raw.decode("ascii").rstrip("=")


def read(token: str) -> str:
    padded = token + "=" * (-len(token) % 4)
    try:
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as e:
        raise BadToken(token) from e
    if not text[:4].isdigit():
        raise BadToken(token)
    return text
