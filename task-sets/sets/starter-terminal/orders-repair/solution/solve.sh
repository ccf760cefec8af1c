#!/bin/sh
set -eu
cp "$(dirname "$0")/repair.py" /app/repair.py
python3 /app/repair.py /app/orders.csv /app/clean.jsonl /app/rejects.txt
