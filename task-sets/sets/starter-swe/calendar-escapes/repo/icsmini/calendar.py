"""Events, and the file that holds them."""

import datetime
from dataclasses import dataclass, field
from typing import List, Optional

from . import lines, values


@dataclass
class Event:
    summary: str = ""
    start: Optional[datetime.datetime] = None
    end: Optional[datetime.datetime] = None
    description: str = ""
    location: str = ""
    url: str = ""
    categories: List[str] = field(default_factory=list)


@dataclass
class Calendar:
    events: List[Event] = field(default_factory=list)


_TEXTS = {"SUMMARY": "summary", "DESCRIPTION": "description", "LOCATION": "location"}
_TIMES = {"DTSTART": "start", "DTEND": "end"}


def parse(text: str) -> Calendar:
    calendar = Calendar()
    event = None
    for raw in lines.unfold(text):
        line = lines.split(raw)
        if (line.name, line.value) == ("BEGIN", "VEVENT"):
            event = Event()
        elif (line.name, line.value) == ("END", "VEVENT"):
            calendar.events.append(event)
            event = None
        elif event is not None:
            _set(event, line)
    return calendar


def _set(event: Event, line: lines.Line) -> None:
    if line.name in _TEXTS:
        setattr(event, _TEXTS[line.name], values.read_text(line.value))
    elif line.name in _TIMES:
        setattr(event, _TIMES[line.name], values.read_time(line.value))
    elif line.name == "CATEGORIES":
        event.categories.extend(values.read_texts(line.value))
    elif line.name == "URL":
        event.url = line.value


def dump(calendar: Calendar) -> str:
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//icsmini//EN"]
    for event in calendar.events:
        out.append("BEGIN:VEVENT")
        for name, attribute in _TIMES.items():
            at = getattr(event, attribute)
            if at is not None:
                out.append("%s:%s" % (name, values.write_time(at)))
        for name, attribute in _TEXTS.items():
            text = getattr(event, attribute)
            if text:
                out.append("%s:%s" % (name, values.write_text(text)))
        if event.categories:
            out.append("CATEGORIES:" + values.write_texts(event.categories))
        if event.url:
            out.append("URL:" + event.url)
        out.append("END:VEVENT")
    out.append("END:VCALENDAR")
    return "".join(lines.fold(line) + "\r\n" for line in out)
