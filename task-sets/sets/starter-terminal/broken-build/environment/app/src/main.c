#include <stdlib.h>
#include <string.h>

#include "tally.h"
#include "version.h"

int main(int argc, char **argv) {
  struct tally t;
  int i;

  if (argc == 2 && strcmp(argv[1], "--version") == 0) {
    printf("tally %s\n", TALLY_VERSION);
    return EXIT_SUCCESS;
  }
  tally_clear(&t);
  if (argc == 1) {
    tally_read(&t, stdin);
  }
  for (i = 1; i < argc; i++) {
    FILE *in = fopen(argv[i], "r");
    if (in == NULL) {
      fprintf(stderr, "tally: cannot open %s\n", argv[i]);
      return EXIT_FAILURE;
    }
    tally_read(&t, in);
    fclose(in);
  }
  printf("lines %zu\nwords %zu\nmean %.3f\ndeviation %.3f\n", t.lines, t.words, tally_mean(&t), tally_deviation(&t));
  histogram_print(&t, stdout);
  return EXIT_SUCCESS;
}
