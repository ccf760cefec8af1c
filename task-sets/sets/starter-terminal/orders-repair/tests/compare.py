"""Compares two files of JSON lines by their values: compare.py EXPECTED FOUND."""

import json
import sys


def load(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def same(a, b):
    # 1.0 and True are no whole numbers.
    return a == b and all(type(a[k]) is type(b[k]) for k in a)


try:
    want, got = load(sys.argv[1]), load(sys.argv[2])
except (OSError, ValueError) as problem:
    sys.exit(str(problem))
for i in range(max(len(want), len(got))):
    w = want[i] if i < len(want) else None
    g = got[i] if i < len(got) else None
    if not isinstance(w, dict) or not isinstance(g, dict) or not same(w, g):
        sys.exit("record %d: expected %s, found %s" % (i + 1, json.dumps(w), json.dumps(g)))
