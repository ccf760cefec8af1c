#!/bin/sh
set -eu
cp "$(dirname "$0")/store.py" /app/store.py
cd /app
# A session of its own, so that the end of this shell does not reach it.
setsid nohup python3 /app/store.py 8080 /app/store.data >/app/store.log 2>&1 </dev/null &
for _ in $(seq 1 100); do
  if python3 -c 'import urllib.request as u; u.urlopen("http://127.0.0.1:8080/health", timeout=1)' 2>/dev/null; then
    exit 0
  fi
  sleep 0.05
done
echo "the store does not answer" >&2
exit 1
