"""Dates that repeat."""

import datetime
from typing import List


def weekly(first: datetime.date, count: int, skip: List[datetime.date] = []) -> List[datetime.date]:
    """`count` dates a week apart, beginning with `first`; dates in `skip` are left out and not counted."""
    dates = []
    day = first
    while len(dates) < count:
        if day not in skip:
            dates.append(day)
        day += datetime.timedelta(days=7)
    return dates


def monthly(first: datetime.date, count: int) -> List[datetime.date]:
    """`count` dates a month apart on the same day of the month; a shorter month has it on its last day."""
    dates = []
    day = first
    for _ in range(count):
        dates.append(day)
        day = next_month(day)
    return dates


def next_month(day: datetime.date) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return clamp(year, month + 1, day.day)


def clamp(year: int, month: int, day: int) -> datetime.date:
    while True:
        try:
            return datetime.date(year, month, day)
        except ValueError:
            day -= 1
