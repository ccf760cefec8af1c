/*
 * inside relay PORT SOCKET SECONDS
 *
 * Listens on the loopback port and forwards each connection, in both directions with half-close, to
 * the Unix socket. It connects anew for each connection, so it outlives a restart of what listens
 * there. One child per connection, at most CONNECTIONS_MAX. Port 0 only stays alive. Works as PID 1.
 */
#define CONNECTIONS_MAX 256
#define BUFFER 65536

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define SOCK_STREAM 1
#define SOCK_FLAGS (SOCK_STREAM | O_CLOEXEC | O_NONBLOCK)

struct way {
  int from, to;
  u32 start, end;
  int ended, closed;
  u8 data[BUFFER];
};

static long listen_on(int family, u32 port) {
  u8 address[28];
  u32 length = family == AF_INET ? 16 : 28;
  memset(address, 0, sizeof address);
  *(u16 *)address = (u16)family;
  address[2] = (u8)(port >> 8);
  address[3] = (u8)port;
  if (family == AF_INET) {
    address[4] = 127;
    address[7] = 1;
  } else {
    address[23] = 1;
  }
  int one = 1;
  long fd = SYS(socket, family, SOCK_FLAGS, 0);
  if (fd < 0) return fd;
  SYS(setsockopt, fd, 1 /* SOL_SOCKET */, 2 /* SO_REUSEADDR */, &one, sizeof one);
  if (family == AF_INET6) SYS(setsockopt, fd, 41 /* IPPROTO_IPV6 */, 26 /* V6ONLY */, &one, sizeof one);
  long e = SYS(bind, fd, address, length);
  if (e >= 0) e = SYS(listen, fd, 128);
  if (e < 0) {
    SYS(close, fd);
    return e;
  }
  return fd;
}

/* Moves what can be moved one way; returns -1 when the connection is broken. */
static int move(struct way *w) {
  for (;;) {
    if (w->start == w->end && !w->ended) {
      long n = SYS(read, w->from, w->data, BUFFER);
      if (n == -EAGAIN) return 0;
      if (n == -EINTR) continue;
      if (n < 0) return -1;
      if (n == 0) w->ended = 1;
      w->start = 0;
      w->end = (u32)n;
    }
    while (w->start < w->end) {
      long n = SYS(write, w->to, w->data + w->start, w->end - w->start);
      if (n == -EAGAIN) return 0;
      if (n == -EINTR) continue;
      if (n <= 0) return -1;
      w->start += (u32)n;
    }
    if (w->ended) {
      if (!w->closed) SYS(shutdown, w->to, 1 /* SHUT_WR */);
      w->closed = 1;
      return 0;
    }
  }
}

static void forward(int tcp, const char *path, u64 end) {
  static struct way up, down;
  u8 address[110];
  u64 length = text_length(path);
  int one = 1;
  memset(address, 0, sizeof address);
  *(u16 *)address = AF_UNIX;
  if (length > 107) leave(1);
  memcpy(address + 2, path, length);
  long unix_fd = SYS(socket, AF_UNIX, SOCK_STREAM | O_CLOEXEC, 0);
  if (unix_fd < 0 || SYS(connect, unix_fd, address, 2 + length + 1) < 0) leave(1);
  set_nonblocking((int)unix_fd);
  set_nonblocking(tcp);
  SYS(setsockopt, tcp, 6 /* IPPROTO_TCP */, 1 /* TCP_NODELAY */, &one, sizeof one);
  up.from = down.to = tcp;
  up.to = down.from = (int)unix_fd;
  while (!up.closed || !down.closed) {
    int up_waits = up.start < up.end, down_waits = down.start < down.end;
    struct pollfd fds[2] = {
        {tcp, (short)((!up.ended && !up_waits ? POLLIN : 0) | (down_waits ? POLLOUT : 0)), 0},
        {(int)unix_fd,
         (short)((!down.ended && !down_waits ? POLLIN : 0) | (up_waits ? POLLOUT : 0)), 0}};
    /* A side that only reports its hang-up would wake us for ever. */
    for (int i = 0; i < 2; i++)
      if (fds[i].events == 0) fds[i].fd = -1;
    poll_until(fds, 2, end);
    if (now() >= end || move(&up) < 0 || move(&down) < 0) leave(0);
  }
  leave(0);
}

/* ready: told with one byte when the port listens; -1 for nobody. */
static void relay(u32 port, const char *path, u64 seconds, int ready) {
  u64 end = end_after(seconds);
  u64 child = 1UL << (SIGCHLD - 1);
  struct pollfd fds[3] = {{-1, POLLIN, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}};
  int connections = 0;
  SYS(prctl, PR_SET_DUMPABLE, 0);
  mask_signals(~0UL);
  fds[0].fd = (int)SYS(signalfd4, -1, &child, 8, O_NONBLOCK | O_CLOEXEC);
  if (port != 0) {
    long fd = listen_on(AF_INET, port);
    if (fd < 0) fail("cannot listen on the relay's port", fd);
    fds[1].fd = (int)fd;
    fds[2].fd = (int)listen_on(AF_INET6, port); /* there need not be any IPv6 */
  }
  if (ready >= 0) SYS(write, ready, "", 1), SYS(close, ready);
  for (;;) {
    poll_until(fds, 3, end);
    if (now() >= end) leave(0);
    if (fds[0].revents) {
      u8 info[128];
      while (SYS(read, fds[0].fd, info, sizeof info) > 0) {}
    }
    /* PID 1 also inherits children that it did not make; then the count errs to the safe side. */
    while (SYS(wait4, -1, 0, WNOHANG, 0) > 0)
      if (connections > 0) connections--;
    for (int i = 1; i < 3; i++) {
      if (!fds[i].revents) continue;
      long tcp = SYS(accept4, fds[i].fd, 0, 0, O_CLOEXEC | O_NONBLOCK);
      if (tcp < 0) continue;
      if (connections < CONNECTIONS_MAX) {
        long pid = fork_process();
        if (pid == 0) {
          SYS(prctl, PR_SET_PDEATHSIG, SIGKILL);
          for (int k = 0; k < 3; k++)
            if (fds[k].fd >= 0) SYS(close, fds[k].fd);
          forward((int)tcp, path, end);
        }
        if (pid > 0) connections++;
      }
      SYS(close, tcp);
    }
  }
}

/*
 * inside wrap PORT SOCKET SECONDS PROGRAM ARGUMENT...
 *
 * Starts a relay beside a program, in the caller's network, and becomes the program. The relay sees
 * the caller's files, which the program may then hide from what it starts; it dies with it.
 */
static void wrap(char **arguments, char **env) {
  int p[2];
  u8 byte;
  if (SYS(pipe2, p, O_CLOEXEC) < 0) fail("no pipe", 0);
  long pid = fork_process();
  if (pid < 0) fail("cannot start the relay", pid);
  if (pid == 0) {
    SYS(prctl, PR_SET_PDEATHSIG, SIGKILL);
    SYS(close, p[0]);
    /* It must not keep the program's streams open. */
    SYS(dup3, p[1], 3, O_CLOEXEC);
    SYS(close, 0);
    SYS(close, 1);
    relay((u32)number(arguments[0]), arguments[1], number(arguments[2]), 3);
  }
  SYS(close, p[1]);
  if (SYS(read, p[0], &byte, 1) != 1) fail("the relay did not start", 0);
  fail("cannot start the program", SYS(execve, arguments[3], arguments + 3, env));
}
