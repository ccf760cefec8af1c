#include <string.h>

#include "ring.h"
#include "tap.h"

int main(void) {
  unsigned char memory[8];
  char out[9] = "";
  struct ring r;

  ring_init(&r, memory, sizeof memory);
  ok(ring_used(&r) == 0 && ring_free(&r) == 8, "a new ring is empty");

  ok(ring_write(&r, "abc", 3) == 3 && ring_used(&r) == 3, "bytes go in");
  ok(ring_read(&r, out, 8) == 3 && memcmp(out, "abc", 3) == 0, "bytes come out");

  ring_write(&r, "defghij", 7);
  ok(ring_read(&r, out, 8) == 7 && memcmp(out, "defghij", 7) == 0, "bytes go round");

  ring_write(&r, "x\ny", 3);
  ok(ring_line(&r, out, 8) == 2 && ring_line(&r, out, 8) == 0, "only whole lines");
  return done();
}
