"""Meeting rooms and who has them when."""

from .calendar import Calendar, Conflict
from .series import monthly, weekly
from .spans import Span, free, merge

__all__ = ["Calendar", "Conflict", "Span", "free", "merge", "monthly", "weekly"]
