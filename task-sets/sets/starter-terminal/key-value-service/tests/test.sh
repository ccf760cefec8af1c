#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/checks.sh"

# Each check is a function of probe.py; the running service first, then fresh ones that get killed.
probe() {
  timeout 15 python3 -B "$here/probe.py" "$work" "$@"
}

check "the service left running answers on port 8080" probe running
check "values of any bytes" probe values
check "keys of any text" probe keys
check "errors" probe errors
check "one connection serves many requests" probe keep_alive
check "conditional writes" probe conditional
check "a slow connection delays nobody" probe parallel
check "data survives kill -9" probe survives
verdict
