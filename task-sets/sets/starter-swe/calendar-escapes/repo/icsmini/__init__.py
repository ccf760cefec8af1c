"""A small part of iCalendar."""

from .calendar import Calendar, Event, dump, parse

__all__ = ["Calendar", "Event", "dump", "parse"]
