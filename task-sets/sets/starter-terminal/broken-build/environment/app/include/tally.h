#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdio.h>

#define MAX_LENGTH 64

/* How many words have each length; longer words than MAX_LENGTH count as MAX_LENGTH. */
struct tally {
  size_t words;
  size_t lines;
  size_t by_length[MAX_LENGTH + 1];
};

void tally_clear(struct tally *t);
void tally_read(struct tally *t, FILE *in);
double tally_mean(const struct tally *t);
double tally_deviation(const struct tally *t);

#endif
