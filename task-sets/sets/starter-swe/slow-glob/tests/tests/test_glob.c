#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "glob.h"

static int count, failed;

static void ok(int good, const char *name) {
  count++;
  if (!good) failed++;
  printf("%sok %d - %s\n", good ? "" : "not ", count, name);
  fflush(stdout);
}

/* A test in a process of its own, which is ended after so much of processor time. */
static int within(int seconds, int micros, int (*test)(void)) {
  pid_t child = fork();
  if (child == 0) {
    struct itimerval limit = {{0, 0}, {seconds, micros}};
    signal(SIGPROF, SIG_DFL);
    setitimer(ITIMER_PROF, &limit, NULL);
    _exit(test() ? 0 : 1);
  }
  int status;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int in_time(int (*test)(void)) { return within(0, 300000, test); }

static char *repeat(char *to, const char *what, int times) {
  *to = '\0';
  while (times-- > 0) strcat(to, what);
  return to;
}

static char pattern[4096], path[4096];

static int many_stars(void) {
  strcat(repeat(pattern, "*a", 40), "*b");
  return !glob_fits(pattern, repeat(path, "a", 300)) && glob_fits(pattern, strcat(path, "b"));
}

static int many_double_stars(void) {
  strcat(repeat(pattern, "**a", 40), "**b");
  return !glob_fits(pattern, repeat(path, "a/", 150)) && glob_fits(pattern, strcat(path, "b"));
}

static int many_folders(void) {
  strcat(repeat(pattern, "**/x/", 30), "**/y");
  return !glob_fits(pattern, repeat(path, "x/", 150)) && glob_fits(pattern, strcat(path, "y"));
}

static int all_mixed(void) {
  strcat(repeat(pattern, "**/*[a-x]*?", 25), "/y");
  return !glob_fits(pattern, repeat(path, "xx/", 130)) && glob_fits(pattern, strcat(path, "y"));
}

static int stars_in_folders(void) {
  strcat(repeat(pattern, "*a*a*/", 30), "b");
  return !glob_fits(pattern, repeat(path, "aaaaaaa/", 30)) && glob_fits(pattern, strcat(path, "b"));
}

static int late_matches(void) {
  strcat(strcpy(pattern, "**/"), "*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
  strcat(repeat(path, "a", 60), "/aaaaaaaaaaaaaaab");
  return glob_fits(pattern, path) && glob_fits(pattern, strcat(repeat(path, "aaaaaaaaaaaaaaaa/", 15), "aaaaaaaaaaaaab"));
}

/* The rules once more, as plainly as they can be written; slow. */
static int plain(const char *start, const char *p, const char *s) {
  bool fits;
  size_t length;
  if (p[0] == '*' && p[1] == '*') {
    bool folders = p[2] == '/' && (p == start || p[-1] == '/');
    for (const char *at = s;; at++) {
      if ((!folders || at == s || at[-1] == '/') && plain(start, p + (folders ? 3 : 2), at)) return 1;
      if (*at == '\0') return 0;
    }
  }
  if (*p == '*') {
    for (const char *at = s;; at++) {
      if (plain(start, p + 1, at)) return 1;
      if (*at == '\0' || *at == '/') return 0;
    }
  }
  if (*p == '\0') return *s == '\0';
  if (*s == '\0') return 0;
  if (*p == '[' && (length = class_at(p, *s, &fits)) > 0) return fits && plain(start, p + length, s + 1);
  if (*p == '?') return *s != '/' && plain(start, p + 1, s + 1);
  if (*p == '\\' && p[1] != '\0') p++;
  return *p == *s && plain(start, p + 1, s + 1);
}

static const char *const PIECES[] = {"a", "b", "/", "*", "**", "**/", "?", "[ab]", "[!a]", "\\*", "[", "/**/"};

static int as_the_rules_say(void) {
  srand(20261121);
  for (int round = 0; round < 60000; round++) {
    pattern[0] = path[0] = '\0';
    for (int n = rand() % 7; n > 0; n--) strcat(pattern, PIECES[rand() % 12]);
    for (int n = rand() % 9; n > 0; n--) strcat(path, PIECES[rand() % 3]);
    if (glob_fits(pattern, path) != plain(pattern, pattern, path)) return 0;
  }
  return 1;
}

int main(void) {
  ok(in_time(many_stars), "many stars end soon");
  ok(in_time(many_double_stars), "many double stars end soon");
  ok(in_time(many_folders), "many folders end soon");
  ok(in_time(stars_in_folders), "stars in many folders end soon");
  ok(in_time(all_mixed), "everything mixed ends soon");
  ok(in_time(late_matches), "what fits late is found");

  /* Many calls; how long each takes is not asked. */
  ok(within(5, 0, as_the_rules_say), "random patterns fit as before");
  ok(!glob_fits("*", "a/b") && !glob_fits("a*c", "a/c") && glob_fits("*/*", "a/b"), "a star stays in its folder");
  ok(glob_fits("a*/**b", "ab/c/b") && !glob_fits("*b**/d", "a/b"), "a star before two stars");
  ok(glob_fits("**/x", "x") && glob_fits("**/x", "a/b/x") && !glob_fits("**/x", "a/bx"), "folders begin at a slash");
  ok(glob_fits("a**/x", "ab/c/x") && !glob_fits("a**/x", "ax"), "two stars within a name");
  ok(glob_fits("", "") && !glob_fits("", "a") && glob_fits("**", "") && glob_fits("*", ""), "empty ones");
  ok(glob_fits("[]a]", "]") && glob_fits("[!]]", "a") && !glob_fits("[!a]", "/"), "brackets in classes");
  ok(glob_fits("[a", "[a") && glob_fits("a\\", "a\\") && glob_fits("\\[a]", "[a]"), "what stands for itself");
  ok(glob_fits("a?b", "a\\b") && !glob_fits("a?b", "a/b"), "one character");
  printf("1..%d\n", count);
  return failed > 0;
}
