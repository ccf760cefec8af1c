#!/bin/sh
# Builds `inside` for both architectures into the resources, or with an argument for this machine
# only, into that file. Needs gcc; for the other architecture Debian's cross compiler, else the
# committed binary stays and a test tells that it is stale.
set -eu
cd "$(dirname "$0")"
out=../resources/dev/pacebench/sandbox/inside

compile() { # compiler, output
  "$1" -std=c11 -Os -Wall -Wextra -Werror -ffreestanding -fno-builtin -nostdlib -static -no-pie \
    -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables -fno-strict-aliasing \
    -fno-tree-loop-distribute-patterns -Wno-unused-function \
    -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,norelro -Wl,-z,noseparate-code -s -o "$2" inside.c
}

if [ $# -gt 0 ]; then
  compile "${CC:-gcc}" "$1"
  exit
fi

mkdir -p "$out"
source=$(cat cage.h child.h dispatch.h inside.c relay.h service.h sys.h | sha256sum | cut -d' ' -f1)
for arch in x86_64 aarch64; do
  if [ "$arch" = "$(uname -m)" ]; then cc=gcc; else cc=$arch-linux-gnu-gcc; fi
  if command -v "$cc" >/dev/null; then
    compile "$cc" "$out/inside-$arch"
    echo "$source" >"$out/inside-$arch.source-sha256"
    echo "$arch: $(wc -c <"$out/inside-$arch") bytes"
  else
    echo "$arch: no $cc, left as it is" >&2
  fi
done
