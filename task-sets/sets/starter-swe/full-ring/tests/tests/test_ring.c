#include <stdlib.h>
#include <string.h>

#include "ring.h"
#include "tap.h"

#define GUARD 16

static unsigned char memory[64 + 2 * GUARD];

static void fresh(struct ring *r, size_t size) {
  memset(memory, 0xEE, sizeof memory);
  ring_init(r, memory + GUARD, size);
}

static int guards_hold(size_t size) {
  for (size_t i = 0; i < GUARD; i++) {
    if (memory[i] != 0xEE || memory[GUARD + size + i] != 0xEE) return 0;
  }
  return 1;
}

/* Many operations against a plain array; stops at the first difference. */
static int agrees_with_a_model(size_t size, unsigned seed, int may_be_full) {
  struct ring r;
  unsigned char model[64], in[80], out[80], byte;
  size_t used = 0;
  fresh(&r, size);
  srand(seed);
  for (int round = 0; round < 4000; round++) {
    size_t n = (size_t)rand() % (size + 4), done;
    switch (rand() % 4) {
      case 0:
      case 1:
        if (!may_be_full && used + n >= size) break;
        for (size_t i = 0; i < n; i++) in[i] = (unsigned char)rand();
        done = ring_write(&r, in, n);
        if (done != (n < size - used ? n : size - used)) return 0;
        memcpy(model + used, in, done);
        used += done;
        break;
      case 2:
        done = ring_read(&r, out, n);
        if (done != (n < used ? n : used) || memcmp(out, model, done) != 0) return 0;
        used -= done;
        memmove(model, model + done, used);
        break;
      default:
        done = ring_drop(&r, n);
        if (done != (n < used ? n : used)) return 0;
        used -= done;
        memmove(model, model + done, used);
    }
    if (ring_used(&r) != used || ring_free(&r) != size - used) return 0;
    if (!may_be_full) continue;
    for (size_t at = 0; at < size + 3; at++) {
      bool there = ring_peek(&r, at, &byte);
      if (there != (at < used) || (there && byte != model[at])) return 0;
    }
  }
  return guards_hold(size);
}

static int model_of_all_sizes(int may_be_full) {
  for (size_t size = 1; size <= 64; size = size < 5 ? size + 1 : size * 2 - 1) {
    if (!agrees_with_a_model(size, (unsigned)size, may_be_full)) return 0;
  }
  return 1;
}

int main(void) {
  struct ring r;
  unsigned char out[80], byte;
  char text[65] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ<>";

  fresh(&r, 64);
  size_t wrote = ring_write(&r, text, 64);
  ok(wrote == 64 && ring_used(&r) == 64 && ring_free(&r) == 0, "a full ring is full");
  ok(ring_write(&r, "x", 1) == 0, "nothing goes into a full ring");
  ok(ring_read(&r, out, 80) == 64 && memcmp(out, text, 64) == 0, "a full ring can be read");

  fresh(&r, 8);
  ring_write(&r, "12345", 5);
  ring_read(&r, out, 5);
  ring_write(&r, "abcdefgh", 8);
  ok(ring_used(&r) == 8 && ring_read(&r, out, 8) == 8 && memcmp(out, "abcdefgh", 8) == 0,
     "full after a wrap");

  fresh(&r, 8);
  ring_write(&r, "12345678", 8);
  ok(ring_drop(&r, 3) == 3 && ring_used(&r) == 5 && ring_drop(&r, 9) == 5 && ring_used(&r) == 0,
     "dropping from a full ring");

  fresh(&r, 8);
  ring_write(&r, "12345", 5);
  ring_drop(&r, 5);
  ring_write(&r, "abcdef", 6);
  ok(ring_peek(&r, 5, &byte) && byte == 'f' && !ring_peek(&r, 6, &byte) && !ring_peek(&r, 7, &byte),
     "peeking after a wrap");

  fresh(&r, 8);
  ring_write(&r, "1234567\n", 8);
  ok(ring_line(&r, (char *)out, 8) == 8 && out[7] == '\n', "a line that fills the ring");

  fresh(&r, 1);
  ok(ring_write(&r, "ab", 2) == 1 && ring_write(&r, "b", 1) == 0 && ring_read(&r, out, 2) == 1 && out[0] == 'a',
     "a ring of one byte");
  ok(model_of_all_sizes(1), "many operations, full ones too");

  fresh(&r, 64);
  ok(ring_capacity(&r) == 64 && ring_free(&r) == 64 && ring_used(&r) == 0, "the capacity is the size");
  ok(model_of_all_sizes(0), "many operations, never full");
  fresh(&r, 8);
  ring_write(&r, "a\nbc", 4);
  ok(ring_line(&r, (char *)out, 1) == 0 && ring_line(&r, (char *)out, 2) == 2 && ring_line(&r, (char *)out, 8) == 0,
     "whole lines only");
  ok(ring_read(&r, out, 0) == 0 && ring_used(&r) == 2 && ring_drop(&r, 0) == 0 && ring_write(&r, "", 0) == 0,
     "nothing changes nothing");
  fresh(&r, 8);
  ok(!ring_peek(&r, 0, &byte) && ring_read(&r, out, 8) == 0 && ring_drop(&r, 8) == 0, "an empty ring");
  ok(guards_hold(8), "memory around it is not touched");
  return done();
}
