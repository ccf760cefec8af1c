#!/bin/sh
set -eu
cat >/app/stock.py <<'END'
"""Counts what is in the stock room, place by place."""

import json
import os
import re
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stock.data")
PLAIN = "main"


class Usage(Exception):
    pass


class Refused(Exception):
    pass


def load():
    """Counts by place and item."""
    data = {}
    if os.path.exists(DATA):
        with open(DATA, encoding="utf-8") as stream:
            data = json.load(stream)
    if isinstance(data, dict):
        # Of the first version: counts alone. A place cannot be told from an item, hence the list.
        data = [{PLAIN: data}]
    return data


def save(data):
    with open(DATA + ".new", "w", encoding="utf-8") as stream:
        json.dump(data, stream)
    os.replace(DATA + ".new", DATA)


def change(places, command, item, count, one, other=None):
    """Carries a change out; says how many there are where it ended."""
    start = places.setdefault(one, {})
    if command != "in" and start.get(item, 0) < count:
        raise Refused("only %d" % start.get(item, 0))
    start[item] = start.get(item, 0) + (count if command == "in" else -count)
    if command != "move":
        return start[item]
    end = places.setdefault(other, {})
    end[item] = end.get(item, 0) + count
    return end[item]


def show(places, wanted):
    sums = {}
    for place, counts in places.items():
        if wanted in (None, place):
            for item, count in counts.items():
                sums[item] = sums.get(item, 0) + count
    for item in sorted(sums, key=os.fsencode):
        if sums[item]:
            print(sums[item], item)


def main(words):
    data = load()
    places = data[0]
    if any(not word or "\n" in word for word in words):
        raise Usage
    if words[:1] == ["list"] and len(words) < 3:
        show(places, words[1] if len(words) == 2 else None)
        return
    lengths = {"in": (3, 4), "out": (3, 4), "move": (5,)}
    if not words or len(words) not in lengths.get(words[0], ()):
        raise Usage
    if not re.fullmatch("[0-9]+", words[2]) or int(words[2]) < 1:
        raise Usage
    where = words[3:] or [PLAIN]
    made = [words[0], words[1], int(words[2]), *where]
    print(change(places, *made))
    save(data)


try:
    main(sys.argv[1:])
except Usage:
    sys.exit(2)
except Refused as e:
    sys.exit(str(e))
END
python3 /app/stock.py list
