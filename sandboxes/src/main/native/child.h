/*
 * The child of the dispatcher from its fork until it is a shell: streams, limits, directory, script.
 */
/* One argument of a program must be shorter than 128 KiB, including its NUL. */
#define ARGUMENT_MAX (120 * 1024)
#define SCRIPT_FD 9

static int null_fd = -1;
static u64 process_limit, data_limit;

/* /dev/null, unless something inside has put another thing in its place. */
static void open_null(void) {
  u32 facts[64]; /* struct statx; words 32 and 33 are the device numbers */
  memset(facts, 0, sizeof facts);
  long fd = SYS(openat, AT_FDCWD, "/dev/null", O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0 && SYS(statx, fd, "", 0x1000 /* AT_EMPTY_PATH */, 1 /* type */, facts) == 0) {
    if (facts[32] == 1 && facts[33] == 3) {
      SYS(fcntl, fd, F_SETFL, 0);
      null_fd = (int)fd;
      return;
    }
  }
  int p[2];
  if (SYS(pipe2, p, O_CLOEXEC) < 0) fail("no pipe", 0);
  SYS(close, p[1]);
  null_fd = p[0];
}

static void limit(int resource, u64 value) {
  struct rlimit l = {value, value};
  SYS(prlimit64, 0, resource, &l, 0);
}

/* Puts a script that is too long for an argument where the shell can read it. */
static const char *script_file(const u8 *command, u32 length) {
  static const char prefix[] = "exec 9<&-; ";
  long fd = SYS(memfd_create, "command", 0);
  if (fd < 0) fail("no memory file", fd);
  SYS(write, fd, prefix, sizeof prefix - 1);
  for (u32 done = 0; done < length;) {
    long n = SYS(write, fd, command + done, length - done);
    if (n <= 0) fail("memory file not written", n);
    done += (u32)n;
  }
  if (fd != SCRIPT_FD) SYS(dup3, fd, SCRIPT_FD, 0);
  return ". /proc/self/fd/9";
}

static void run_child(int *pipes, const char *cwd, char **env, const u8 *command, u32 length) {
  static const char *const shells[] = {"/bin/bash", "/usr/bin/bash", "/bin/sh", "/usr/bin/sh"};
  SYS(prctl, PR_SET_PDEATHSIG, SIGKILL);
  SYS(setsid);
  SYS(dup3, null_fd, 0, 0);
  SYS(dup3, pipes[1], 1, 0);
  SYS(dup3, pipes[3], 2, 0);
  int large = length > ARGUMENT_MAX;
  const char *script = large ? script_file(command, length) : (const char *)command;
  SYS(close_range, 3, large ? SCRIPT_FD - 1 : ~0U, 0);
  if (large) SYS(close_range, SCRIPT_FD + 1, ~0U, 0);
  default_signals();
  limit(4 /* core */, 0);
  if (process_limit) limit(6, process_limit);
  if (data_limit) limit(2, data_limit);
  long e = SYS(chdir, cwd);
  if (e < 0) {
    say("pacebench: cannot change to the directory ");
    say(cwd);
    say(", error ");
    say_number(-e);
    say("\n");
    leave(126);
  }
  for (int i = 0; i < 4; i++) {
    const char *argv[] = {i < 2 ? "bash" : "sh", "-c", script, 0};
    e = SYS(execve, shells[i], argv, env);
    if (e != -2 /* ENOENT */) break;
  }
  say(e == -7 ? "pacebench: the environment is too large\n" : "pacebench: no shell could be started\n");
  leave(e == -7 ? 126 : 127);
}
