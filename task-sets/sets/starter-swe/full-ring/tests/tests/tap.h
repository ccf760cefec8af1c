/* Tests that say how they went, in the Test Anything Protocol. */
#include <stdio.h>

static int tap_count;
static int tap_failed;

static void ok(int good, const char *name) {
  tap_count++;
  if (!good) tap_failed++;
  printf("%sok %d - %s\n", good ? "" : "not ", tap_count, name);
}

static int done(void) {
  printf("1..%d\n", tap_count);
  return tap_failed > 0;
}
