#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>

struct ring {
  unsigned char *memory;
  size_t size;
  size_t head; /* where the next byte is written */
  size_t tail; /* where the next byte is read */
};

void ring_init(struct ring *r, void *memory, size_t size);
size_t ring_write(struct ring *r, const void *from, size_t n);
size_t ring_read(struct ring *r, void *to, size_t n);
bool ring_peek(const struct ring *r, size_t at, unsigned char *byte);
size_t ring_drop(struct ring *r, size_t n);
size_t ring_used(const struct ring *r);
size_t ring_free(const struct ring *r);
size_t ring_capacity(const struct ring *r);
size_t ring_line(struct ring *r, char *to, size_t n);

#endif
