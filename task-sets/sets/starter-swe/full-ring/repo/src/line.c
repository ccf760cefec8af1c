#include "ring.h"

/* A whole line, or nothing: the reader must never see half of one. */
size_t ring_line(struct ring *r, char *to, size_t n) {
  size_t used = ring_used(r);
  unsigned char byte;
  for (size_t at = 0; at < n && at < used; at++) {
    if (!ring_peek(r, at, &byte)) return 0;
    if (byte == '\n') return ring_read(r, to, at + 1);
  }
  return 0;
}
