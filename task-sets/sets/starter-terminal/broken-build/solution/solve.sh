#!/bin/sh
set -eu
cd /app
cat >Makefile <<'EOF'
# tally: word statistics
CC      = cc
CFLAGS  = -std=c99 -O1 -Wall -Wextra -Wpedantic -Iinclude
LDLIBS  = -lm
BUILD   = build
SOURCES = $(wildcard src/*.c)
OBJECTS = $(SOURCES:src/%.c=$(BUILD)/%.o)
HEADERS = $(sort $(wildcard include/*.h) include/version.h)

all: bin/tally

bin/tally: $(OBJECTS)
	@mkdir -p bin
	$(CC) $(LDFLAGS) -o $@ $(OBJECTS) $(LDLIBS)

$(BUILD)/%.o: src/%.c $(HEADERS)
	@mkdir -p $(BUILD)
	$(CC) $(CFLAGS) -c -o $@ $<

include/version.h: VERSION
	echo "#define TALLY_VERSION \"$$(cat VERSION)\"" >$@

check: bin/tally
	sh check.sh

clean:
	rm -rf $(BUILD) bin include/version.h

.PHONY: all check clean
EOF
sed -i 's/^#include "tally.h"/#include "histogram.h"\n&/' src/main.c
sed -i '1i #include <ctype.h>\n#include <string.h>\n' src/count.c
sed -i -e '/^static const int SCALE/,+1d' -e 's/^  int length;/  size_t length;/' src/stats.c
make
