"""Spans of time within one day, in minutes since midnight; the end does not belong to a span."""

from typing import Iterable, List, NamedTuple


class Span(NamedTuple):
    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Reads "9:30-11:00". The end may be "24:00"."""
        start, end = (minutes(part) for part in text.split("-"))
        if not 0 <= start < end <= 24 * 60:
            raise ValueError("not a span: %s" % text)
        return cls(start, end)

    def overlaps(self, other: "Span") -> bool:
        """Whether some minute belongs to both."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        return "%s-%s" % (clock(self.start), clock(self.end))


def minutes(text: str) -> int:
    hour, minute = text.strip().split(":")
    if len(minute) != 2 or not 0 <= int(minute) < 60:
        raise ValueError("not a time: %s" % text)
    return int(hour) * 60 + int(minute)


def clock(minute: int) -> str:
    return "%d:%02d" % divmod(minute, 60)


def merge(spans: Iterable[Span]) -> List[Span]:
    """The same time as few spans, in order; spans that touch become one."""
    merged: List[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def free(spans: Iterable[Span], within: Span, at_least: int = 1) -> List[Span]:
    """What is left of `within` without the spans, in order, pieces of `at_least` minutes only."""
    gaps = []
    start = within.start
    for span in merge(spans):
        if span.start - start >= at_least:
            gaps.append(Span(start, span.start))
        start = span.end
    if within.end - start >= at_least:
        gaps.append(Span(start, within.end))
    return gaps
