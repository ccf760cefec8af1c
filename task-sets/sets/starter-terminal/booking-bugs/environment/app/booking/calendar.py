"""Bookings of rooms by day."""

import datetime
from typing import Dict, Iterable, List, NamedTuple, Tuple

from .spans import Span, free


class Conflict(Exception):
    """The room is taken."""


class Booking(NamedTuple):
    span: Span
    who: str


class Calendar:
    def __init__(self, bookings: Dict[Tuple[str, datetime.date], List[Booking]] = {}):
        self._days = bookings

    def book(self, room: str, day: datetime.date, span: Span, who: str) -> None:
        """Adds a booking, or raises Conflict when a minute of it is taken."""
        taken = self._days.setdefault((room, day), [])
        for booking in taken:
            if booking.span.overlaps(span):
                raise Conflict("%s has %s at %s" % (booking.who, room, booking.span))
        taken.append(Booking(span, who))

    def book_series(self, room: str, days: Iterable[datetime.date], span: Span, who: str) -> None:
        """Books all days, or none of them when one raises Conflict."""
        for day in days:
            self.book(room, day, span, who)

    def cancel(self, who: str, day: datetime.date) -> int:
        """Drops all bookings of a person on a day, in every room; returns how many."""
        dropped = 0
        for (room, booked), taken in self._days.items():
            if booked != day:
                continue
            for booking in taken:
                if booking.who == who:
                    taken.remove(booking)
                    dropped += 1
        return dropped

    def agenda(self, room: str, day: datetime.date) -> List[str]:
        """One line per booking, by time."""
        taken = self._days.get((room, day), [])
        return ["%s %s" % (b.span, b.who) for b in sorted(taken, key=lambda b: str(b.span))]

    def free(self, room: str, day: datetime.date, within: Span, at_least: int = 1) -> List[Span]:
        """When the room can be had within a span of the day."""
        return free([b.span for b in self._days.get((room, day), [])], within, at_least)
