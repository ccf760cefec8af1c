"""Turns an export of the shop into clean records."""

import csv
import datetime
import io
import json
import re
import sys

HEADER = ["order", "date", "customer", "amount", "note"]
CUT = " \t\r\n"


def records(data):
    """Yields (first line, fields). Latin-1 maps every byte, so the real decoding can wait for the record."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    lines = io.StringIO(data.decode("latin-1").replace("\r\n", "\n"), newline="\n")
    reader = csv.reader(lines, delimiter=";", strict=True)
    start = 1
    for fields in reader:
        if fields:
            try:
                fields = [f.encode("latin-1").decode("utf-8") for f in fields]
            except UnicodeDecodeError:
                pass
            yield start, [f.strip(CUT) for f in fields]
        start = reader.line_num + 1


def date_of(text):
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if iso:
        year, month, day = map(int, iso.groups())
    else:
        dotted = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})", text)
        if not dotted:
            return None
        day, month, year = map(int, dotted.groups())
        if len(dotted[3]) == 2:
            year += 2000
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def cents_of(text):
    text = re.sub(r"[ \t]*(EUR|\u20ac)$", "", text)
    found = re.fullmatch(r"(-?)([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,([0-9]{1,2}))?", text) or re.fullmatch(
        r"(-?)([0-9]+)\.([0-9]{1,2})", text)
    if not found:
        return None
    cents = int(found[2].replace(".", "")) * 100 + int((found[3] or "").ljust(2, "0"))
    return -cents if found[1] else cents


def main(source, clean, rejects):
    with open(source, "rb") as stream:
        data = stream.read()
    kept = {}
    rejected = []
    for line, fields in records(data):
        if fields == HEADER:
            continue
        if len(fields) != 5:
            rejected.append((line, "fields"))
            continue
        order = re.fullmatch(r"(?:A-)?([0-9]+)", fields[0])
        date = date_of(fields[1])
        customer = " ".join(fields[2].split())
        cents = cents_of(fields[3])
        if not order:
            rejected.append((line, "order"))
        elif date is None:
            rejected.append((line, "date"))
        elif not customer:
            rejected.append((line, "customer"))
        elif cents is None:
            rejected.append((line, "amount"))
        else:
            number = int(order[1])
            if number not in kept or kept[number]["date"] <= date:
                kept[number] = {"order": number, "date": date, "customer": customer, "cents": cents, "note": fields[4]}
    with open(clean, "w", encoding="utf-8", newline="\n") as out:
        for number in sorted(kept):
            out.write(json.dumps(kept[number], ensure_ascii=False) + "\n")
    with open(rejects, "w", encoding="utf-8", newline="\n") as out:
        for line, reason in rejected:
            out.write("%d %s\n" % (line, reason))


main(*sys.argv[1:])
