#include "ring.h"

#include <string.h>

void ring_init(struct ring *r, void *memory, size_t size) {
  r->memory = memory;
  r->size = size;
  r->head = 0;
  r->tail = 0;
}

size_t ring_used(const struct ring *r) {
  return r->head >= r->tail ? r->head - r->tail : r->size - r->tail + r->head;
}

size_t ring_free(const struct ring *r) { return r->size - ring_used(r); }

size_t ring_capacity(const struct ring *r) { return r->size; }

size_t ring_write(struct ring *r, const void *from, size_t n) {
  size_t room = ring_free(r);
  if (n > room) n = room;
  size_t first = r->size - r->head;
  if (first > n) first = n;
  memcpy(r->memory + r->head, from, first);
  memcpy(r->memory, (const unsigned char *)from + first, n - first);
  r->head = (r->head + n) % r->size;
  return n;
}

size_t ring_read(struct ring *r, void *to, size_t n) {
  size_t used = ring_used(r);
  if (n > used) n = used;
  size_t first = r->size - r->tail;
  if (first > n) first = n;
  memcpy(to, r->memory + r->tail, first);
  memcpy((unsigned char *)to + first, r->memory, n - first);
  return ring_drop(r, n);
}

bool ring_peek(const struct ring *r, size_t at, unsigned char *byte) {
  if (r->tail + at == r->head || at >= r->size) return false;
  *byte = r->memory[(r->tail + at) % r->size];
  return true;
}

size_t ring_drop(struct ring *r, size_t n) {
  size_t used = ring_used(r);
  if (n >= used) {
    r->tail = r->head;
    return used;
  }
  r->tail = (r->tail + n) % r->size;
  return n;
}
