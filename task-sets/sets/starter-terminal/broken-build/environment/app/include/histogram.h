#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include "tally.h"

/* One row per length that occurs; the longest bar is 40 wide. */
void histogram_print(const struct tally *t, FILE *out);

#endif
