#!/bin/sh
set -eu
cd /app/booking
python3 - <<'EOF'
def change(path, *pairs):
    with open(path) as stream:
        text = stream.read()
    for old, new in pairs:
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    with open(path, "w") as stream:
        stream.write(text)


change(
    "spans.py",
    ("self.start <= other.end and other.start <= self.end", "self.start < other.end and other.start < self.end"),
    ("Span(merged[-1].start, span.end)", "Span(merged[-1].start, max(merged[-1].end, span.end))"),
    (
        "    for span in merge(spans):\n",
        "    for span in merge(spans):\n"
        "        if not span.overlaps(within):\n"
        "            continue\n",
    ),
)
change(
    "series.py",
    ("skip: List[datetime.date] = []", "skip: Iterable[datetime.date] = ()"),
    ("import List", "import Iterable, List"),
    ("    dates = []\n    day = first\n    while", "    dates = []\n    day = first\n    skip = set(skip)\n    while"),
    (
        """    dates = []
    day = first
    for _ in range(count):
        dates.append(day)
        day = next_month(day)
    return dates


def next_month(day: datetime.date) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return clamp(year, month + 1, day.day)
""",
        """    dates = []
    for i in range(count):
        # Each from the first, since a short month would shorten all that follow.
        year, month = divmod(first.year * 12 + first.month - 1 + i, 12)
        dates.append(clamp(year, month + 1, first.day))
    return dates
""",
    ),
)
change(
    "calendar.py",
    (
        "bookings: Dict[Tuple[str, datetime.date], List[Booking]] = {}):\n        self._days = bookings",
        "bookings: Optional[Dict[Tuple[str, datetime.date], List[Booking]]] = None):\n"
        "        self._days = {} if bookings is None else bookings",
    ),
    ("List, NamedTuple, Tuple", "List, NamedTuple, Optional, Tuple"),
    (
        """        for day in days:
            self.book(room, day, span, who)
""",
        """        done: List[datetime.date] = []
        try:
            for day in days:
                self.book(room, day, span, who)
                done.append(day)
        except Conflict:
            for day in done:
                self._days[(room, day)].remove(Booking(span, who))
            raise
""",
    ),
    (
        """            for booking in taken:
                if booking.who == who:
                    taken.remove(booking)
                    dropped += 1
""",
        """            kept = [booking for booking in taken if booking.who != who]
            dropped += len(taken) - len(kept)
            taken[:] = kept
""",
    ),
    ("key=lambda b: str(b.span)", "key=lambda b: b.span"),
)
EOF
cd /app
python3 -B -m unittest discover -s test
