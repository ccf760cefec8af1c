/*
 * inside service SECONDS PROGRAM ARGUMENT...
 *
 * Is PID 1 of a service's container and runs its program as the only child that matters: hands
 * signals on, reaps what is left to it, ends with the program and as the program did, and ends
 * everything after its seconds, whoever is still there to stop it.
 */

/* As a shell looks for a program; leaves 127 when there is none and 126 when it cannot be run. */
static void become(char **program, char **env) {
  static char path[4200];
  const char *name = program[0], *folders = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  u64 length = text_length(name);
  long error = -2; /* ENOENT */
  int plain = 1;
  for (u64 i = 0; i < length; i++)
    if (name[i] == '/') plain = 0;
  if (!plain) error = SYS(execve, name, program, env);
  for (char **e = env; plain && *e; e++)
    if ((*e)[0] == 'P' && (*e)[1] == 'A' && (*e)[2] == 'T' && (*e)[3] == 'H' && (*e)[4] == '=')
      folders = *e + 5;
  while (plain && length > 0 && length < 256) {
    u64 n = 0;
    while (*folders && *folders != ':' && n < 3900) path[n++] = *folders++;
    if (n == 0) path[n++] = '.';
    path[n++] = '/';
    memcpy(path + n, name, length + 1);
    long e = SYS(execve, path, program, env);
    if (e != -2 && e != -20 /* ENOTDIR */) error = e;
    if (*folders != ':') break;
    folders++;
  }
  say("inside: cannot start ");
  say(name);
  say(", error ");
  say_number(-error);
  say("\n");
  leave(error == -2 ? 127 : 126);
}

static void service(u64 seconds, char **program, char **env) {
  u64 end = end_after(seconds), all = ~0UL;
  mask_signals(~0UL);
  long child = fork_process();
  if (child < 0) fail("cannot start the service", child);
  if (child == 0) {
    SYS(setsid);
    default_signals();
    become(program, env);
  }
  for (;;) {
    int status = 0;
    for (long pid; (pid = SYS(wait4, -1, &status, WNOHANG, 0)) > 0;)
      if (pid == child) leave(status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff);
    u64 time = now();
    if (time >= end) leave(0);
    u64 left = end - time;
    struct timespec wait = {(long)(left / NS_PER_SECOND), (long)(left % NS_PER_SECOND)};
    long signal = SYS(rt_sigtimedwait, &all, 0, end == ~0UL ? 0 : &wait, 8);
    if (signal > 0 && signal != SIGCHLD) SYS(kill, child, signal);
  }
}
