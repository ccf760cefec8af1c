#include <math.h>

#include "tally.h"

static const int SCALE = 40;

double tally_mean(const struct tally *t) {
  double sum = 0;
  size_t length;

  for (length = 1; length <= MAX_LENGTH; length++) {
    sum += (double)length * (double)t->by_length[length];
  }
  return t->words == 0 ? 0 : sum / (double)t->words;
}

double tally_deviation(const struct tally *t) {
  double mean = tally_mean(t);
  double sum = 0;
  int length;

  for (length = 1; length <= MAX_LENGTH; length++) {
    sum += (double)t->by_length[length] * pow((double)length - mean, 2);
  }
  return t->words == 0 ? 0 : sqrt(sum / (double)t->words);
}
