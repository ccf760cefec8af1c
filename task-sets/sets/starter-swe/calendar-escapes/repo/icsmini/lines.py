"""Content lines: one property each, folded where they are long."""

from typing import Dict, Iterator, List, NamedTuple

WIDTH = 75


class Line(NamedTuple):
    name: str
    params: Dict[str, str]
    value: str


def unfold(text: str) -> Iterator[str]:
    """The logical lines of a file; a line that begins with a blank goes on with the one before."""
    current = None
    for raw in text.replace("\r\n", "\n").split("\n"):
        if raw[:1] in (" ", "\t") and current is not None:
            current += raw[1:]
            continue
        if current:
            yield current
        current = raw
    if current:
        yield current


def fold(line: str) -> str:
    """Breaks a line so that no part has more than 75 octets, never within a character."""
    parts: List[str] = []
    part, size = "", 0
    for char in line:
        octets = len(char.encode("utf-8"))
        if size + octets > WIDTH:
            parts.append(part)
            part, size = "", 1
        part += char
        size += octets
    parts.append(part)
    return "\r\n ".join(parts)


def split(line: str) -> Line:
    """NAME;PARAM=value:VALUE; a quoted parameter may hold colons and semicolons."""
    quoted = False
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            break
    else:
        raise ValueError("not a content line: %r" % line)
    name, *params = _pieces(line[:at])
    return Line(name.upper(), dict(_param(param) for param in params), line[at + 1 :])


def join(line: Line) -> str:
    params = "".join(";%s=%s" % item for item in line.params.items())
    return "%s%s:%s" % (line.name, params, line.value)


def _pieces(text: str) -> List[str]:
    pieces, quoted = [""], False
    for char in text:
        if char == '"':
            quoted = not quoted
        if char == ";" and not quoted:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def _param(text: str):
    key, _, value = text.partition("=")
    return key.upper(), value
