#include "tally.h"
#include "words.h"

void tally_clear(struct tally *t) {
  memset(t, 0, sizeof *t);
}

void tally_read(struct tally *t, FILE *in) {
  size_t length = 0;
  int c;

  while ((c = getc(in)) != EOF) {
    if (IS_WORD(c)) {
      length++;
      continue;
    }
    if (c == '\n') {
      t->lines++;
    }
    if (length > 0) {
      t->words++;
      t->by_length[length > MAX_LENGTH ? MAX_LENGTH : length]++;
      length = 0;
    }
  }
  if (length > 0) {
    t->words++;
    t->by_length[length > MAX_LENGTH ? MAX_LENGTH : length]++;
  }
}
