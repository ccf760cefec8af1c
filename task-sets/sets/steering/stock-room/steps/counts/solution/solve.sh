#!/bin/sh
set -eu
cat >/app/stock.py <<'END'
"""Counts what is in the stock room."""

import json
import os
import re
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stock.data")


class Usage(Exception):
    pass


class TooFew(Exception):
    pass


def load():
    if not os.path.exists(DATA):
        return {}
    with open(DATA, encoding="utf-8", errors="surrogateescape") as stream:
        return json.load(stream)


def save(counts):
    with open(DATA + ".new", "w", encoding="utf-8") as stream:
        json.dump(counts, stream)
    os.replace(DATA + ".new", DATA)


def main(words):
    counts = load()
    if words == ["list"]:
        for item in sorted(counts, key=os.fsencode):
            if counts[item]:
                print(counts[item], item)
        return
    if len(words) != 3 or words[0] not in ("in", "out") or not name(words[1]):
        raise Usage
    command, item, count = words[0], words[1], number(words[2])
    there = counts.get(item, 0)
    if command == "out" and there < count:
        raise TooFew("only %d" % there)
    counts[item] = there + count if command == "in" else there - count
    save(counts)
    print(counts[item])


def name(word):
    return word and "\n" not in word


def number(word):
    if not re.fullmatch("[0-9]+", word) or int(word) < 1:
        raise Usage
    return int(word)


try:
    main(sys.argv[1:])
except Usage:
    sys.exit(2)
except TooFew as e:
    sys.exit(str(e))
END
python3 /app/stock.py list
