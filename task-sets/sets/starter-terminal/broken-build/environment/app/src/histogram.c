#include "histogram.h"

static const size_t WIDTH = 40;

void histogram_print(const struct tally *t, FILE *out) {
  size_t most = 0;
  size_t length;

  for (length = 1; length <= MAX_LENGTH; length++) {
    if (t->by_length[length] > most) {
      most = t->by_length[length];
    }
  }
  for (length = 1; length <= MAX_LENGTH; length++) {
    size_t i;
    if (t->by_length[length] == 0) {
      continue;
    }
    fprintf(out, "%2zu ", length);
    for (i = 0; i < (t->by_length[length] * WIDTH + most - 1) / most; i++) {
      putc('#', out);
    }
    putc('\n', out);
  }
}
