/*
 * inside dispatch [SECONDS [PROCESSES [DATA_BYTES]]]
 *
 * Reads requests on fd 0, runs each as a child in a session of its own, writes frames on fd 1.
 * All numbers are big endian.
 *
 *   request  u32 length of what follows, u8 type, u32 id, body
 *     R      16 bytes mark, u64 timeout in ms (0 = none), u32 cwd, u32 env, u32 command (lengths),
 *            then these three; env is a list of NUL-ended NAME=VALUE and is the whole environment
 *     K      no body: kill the process group
 *   frame    u8 type, u32 id, u32 length, payload
 *     H      hello: u32 protocol version, u32 own pid, u64 id of the pid namespace
 *     O E    output of a running command
 *     o e    output that background processes wrote after their command's end
 *     X      end: 16 bytes mark, u32 wait status, u32 flags, u32 error number
 *
 * X is sent when the child itself was reaped and what it had written until then was read from its
 * pipes; a pipe that background processes hold open stays open and is read on. The mark exists only
 * in this process, which cannot be inspected (not dumpable), and in the child before its exec.
 * Nothing blocks and nothing grows: output waits in the pipes while the host does not read. At most
 * LATE_MAX ended commands keep their pipes; the oldest is closed beyond that, so that its writers
 * get SIGPIPE, as they would at the end of any terminal.
 */
#define PROTOCOL 1
#define ACTIVE_MAX 64
#define LATE_MAX 256
#define SLOTS (ACTIVE_MAX + LATE_MAX)
#define REQUEST_MAX (64U << 20)
#define CHUNK 65536
#define OUT_CAPACITY (512 * 1024)
#define HEADER 9
#define MARK 16
#define EXIT_BODY (MARK + 12)
/* Room that output leaves for the ends of all running commands. */
#define RESERVE (ACTIVE_MAX * (HEADER + EXIT_BODY))

#define FLAG_TIMED_OUT 1
#define FLAG_KILLED 2
#define FLAG_NOT_STARTED 4

enum state { FREE, RUNNING, DRAINING, LATE };

struct slot {
  enum state state;
  u32 id, flags, status;
  int pid;
  int fd[2];
  int left[2]; /* bytes that the child itself had written and that are still to be read */
  u64 deadline, ended;
  u8 mark[MARK];
};

static struct slot slots[SLOTS];
static u8 out[OUT_CAPACITY];
static u32 out_start, out_end;

static u32 out_room(void) {
  if (out_start == out_end) {
    out_start = out_end = 0;
  } else if (out_start > 0) {
    memcpy(out, out + out_start, out_end - out_start);
    out_end -= out_start;
    out_start = 0;
  }
  return OUT_CAPACITY - out_end;
}

static void frame_header(u8 type, u32 id, u32 length) {
  out[out_end] = type;
  put32(out + out_end + 1, id);
  put32(out + out_end + 5, length);
}

static void end_frame(u32 id, const u8 *mark, u32 status, u32 flags, u32 error) {
  if (out_room() < HEADER + EXIT_BODY) fail("no room for an end", 0);
  frame_header('X', id, EXIT_BODY);
  u8 *p = out + out_end + HEADER;
  memcpy(p, mark, MARK);
  put32(p + MARK, status);
  put32(p + MARK + 4, flags);
  put32(p + MARK + 8, error);
  out_end += HEADER + EXIT_BODY;
}

static void flush_out(void) {
  while (out_start < out_end) {
    long n = SYS(write, 1, out + out_start, out_end - out_start);
    if (n == -EINTR) continue;
    if (n == -EAGAIN) return;
    if (n <= 0) leave(0);
    out_start += (u32)n;
  }
}

static void kill_group(struct slot *s, u32 flag) {
  if (s->state != RUNNING) return;
  s->flags |= flag;
  s->deadline = ~0UL;
  SYS(kill, -s->pid, SIGKILL);
  /* The child may not have reached its setsid yet. */
  SYS(kill, s->pid, SIGKILL);
}

static void close_pipe(struct slot *s, int i) {
  if (s->fd[i] >= 0) SYS(close, s->fd[i]);
  s->fd[i] = -1;
  if (s->state == LATE && s->fd[0] < 0 && s->fd[1] < 0) s->state = FREE;
}

static struct slot *free_slot(void) {
  struct slot *found = 0, *oldest = 0;
  int active = 0, late = 0;
  for (struct slot *s = slots; s < slots + SLOTS; s++) {
    if (s->state == FREE) {
      found = s;
    } else if (s->state == LATE) {
      late++;
      if (!oldest || s->ended < oldest->ended) oldest = s;
    } else {
      active++;
    }
  }
  if (active >= ACTIVE_MAX) return 0;
  if (late >= LATE_MAX) {
    found = oldest;
    close_pipe(found, 0);
    close_pipe(found, 1);
  }
  return found;
}

/* request: everything after type and id; one byte beyond its end may be written. */
static void start(u32 id, u8 *request, u32 length) {
  const u32 fixed = MARK + 8 + 12;
  if (length < fixed) fail("short request", 0);
  u64 timeout = get64(request + MARK);
  u32 cwd_length = get32(request + MARK + 8), env_length = get32(request + MARK + 12);
  u32 command_length = get32(request + MARK + 16);
  if ((u64)fixed + cwd_length + env_length + command_length != length) fail("bad request", 0);

  u8 *env_text = request + fixed + cwd_length, *command = env_text + env_length;
  u32 variables = 0;
  for (u32 i = 0; i < env_length; i++) variables += env_text[i] == 0;
  if (env_length && env_text[env_length - 1] != 0) fail("bad environment", 0);

  u64 table_size = (variables + 1) * sizeof(char *) + cwd_length + 1;
  char **env = (char **)SYS(mmap, 0, table_size, 3, 0x22, -1, 0);
  int pipes[4] = {-1, -1, -1, -1};
  struct slot *s = free_slot();
  long error = s ? 0 : -EAGAIN;
  if ((u64)env > (u64)-4096L) error = (long)env;
  if (!error) error = SYS(pipe2, pipes, O_CLOEXEC);
  if (!error) error = SYS(pipe2, pipes + 2, O_CLOEXEC);
  long pid = 0;
  if (!error) {
    char *cwd = (char *)(env + variables + 1);
    memcpy(cwd, request + fixed, cwd_length);
    cwd[cwd_length] = 0;
    u8 *p = env_text;
    for (u32 i = 0; i < variables; i++) {
      env[i] = (char *)p;
      while (*p++) {}
    }
    env[variables] = 0;
    command[command_length] = 0;
    pid = fork_process();
    if (pid == 0) run_child(pipes, cwd, env, command, command_length);
    if (pid < 0) error = pid;
  }
  if ((u64)env <= (u64)-4096L) SYS(munmap, env, table_size);
  if (pipes[1] >= 0) SYS(close, pipes[1]);
  if (pipes[3] >= 0) SYS(close, pipes[3]);
  if (error) {
    if (pipes[0] >= 0) SYS(close, pipes[0]);
    if (pipes[2] >= 0) SYS(close, pipes[2]);
    end_frame(id, request, 0, FLAG_NOT_STARTED, (u32)-error);
    return;
  }
  set_nonblocking(pipes[0]);
  set_nonblocking(pipes[2]);
  s->state = RUNNING;
  s->id = id;
  s->flags = 0;
  s->pid = (int)pid;
  s->fd[0] = pipes[0];
  s->fd[1] = pipes[2];
  s->deadline = timeout ? now() + timeout * NS_PER_MS : ~0UL;
  memcpy(s->mark, request, MARK);
}

static void handle(u8 *request, u32 length) {
  u32 id = get32(request + 1);
  if (request[0] == 'R') {
    start(id, request + 5, length - 5);
  } else if (request[0] == 'K') {
    for (struct slot *s = slots; s < slots + SLOTS; s++)
      if (s->id == id) kill_group(s, FLAG_KILLED);
  } else {
    fail("unknown request", 0);
  }
}

/* Takes what is there of the next request; acts when it is whole. */
static void read_request(void) {
  static u8 head[4];
  static u8 *body;
  static u32 got, length;
  u8 *to = body ? body + got : head + got;
  long n = SYS(read, 0, to, body ? length - got : 4 - got);
  if (n == -EINTR || n == -EAGAIN) return;
  if (n <= 0) {
    for (struct slot *s = slots; s < slots + SLOTS; s++) kill_group(s, FLAG_KILLED);
    leave(0);
  }
  got += (u32)n;
  if (!body) {
    if (got < 4) return;
    length = get32(head);
    if (length < 5 || length > REQUEST_MAX) fail("bad request length", 0);
    body = (u8 *)SYS(mmap, 0, length + 1UL, 3, 0x22, -1, 0);
    if ((u64)body > (u64)-4096L) fail("no memory for a request", (long)body);
    got = 0;
  } else if (got == length) {
    handle(body, length);
    SYS(munmap, body, length + 1UL);
    body = 0;
    got = 0;
  }
}

static void reap(void) {
  for (;;) {
    int status = 0;
    long pid = SYS(wait4, -1, &status, WNOHANG, 0);
    if (pid <= 0) return;
    for (struct slot *s = slots; s < slots + SLOTS; s++) {
      if (s->state != RUNNING || s->pid != pid) continue;
      s->state = DRAINING;
      s->status = (u32)status;
      for (int i = 0; i < 2; i++) {
        s->left[i] = 0;
        if (s->fd[i] >= 0) SYS(ioctl, s->fd[i], FIONREAD, &s->left[i]);
      }
    }
  }
}

/* Reads once from a pipe; returns whether anything was done. */
static int read_pipe(struct slot *s, int i) {
  if (s->fd[i] < 0 || out_room() < CHUNK + HEADER + RESERVE) return 0;
  int most = s->state == DRAINING && s->left[i] < CHUNK ? s->left[i] : CHUNK;
  if (most == 0) return 0;
  long n = SYS(read, s->fd[i], out + out_end + HEADER, most);
  if (n == -EAGAIN || n == -EINTR) {
    if (n == -EAGAIN) s->left[i] = 0;
    return 0;
  }
  if (n <= 0) {
    s->left[i] = 0;
    close_pipe(s, i);
    return 0;
  }
  u8 type = s->state == LATE ? (i ? 'e' : 'o') : (i ? 'E' : 'O');
  frame_header(type, s->id, (u32)n);
  out_end += HEADER + (u32)n;
  if (s->state == DRAINING) s->left[i] -= (int)n;
  return 1;
}

static void finish(struct slot *s) {
  while (s->left[0] > 0 && read_pipe(s, 0)) flush_out();
  while (s->left[1] > 0 && read_pipe(s, 1)) flush_out();
  if (s->left[0] > 0 || s->left[1] > 0) return;
  end_frame(s->id, s->mark, s->status, s->flags, 0);
  memset(s->mark, 0, MARK);
  s->ended = now();
  s->state = s->fd[0] < 0 && s->fd[1] < 0 ? FREE : LATE;
}

static void hello(void) {
  char link[64];
  u64 space = 0;
  long n = SYS(readlinkat, AT_FDCWD, "/proc/self/ns/pid", link, sizeof link - 1);
  for (long i = 0; i < n; i++)
    if (link[i] >= '0' && link[i] <= '9') space = space * 10 + (u64)(link[i] - '0');
  frame_header('H', 0, 16);
  u8 *p = out + out_end + HEADER;
  put32(p, PROTOCOL);
  put32(p + 4, (u32)SYS(getpid));
  put32(p + 8, (u32)(space >> 32));
  put32(p + 12, (u32)space);
  out_end += HEADER + 16;
}

static void dispatch(u64 seconds) {
  static struct pollfd fds[3 + 2 * SLOTS];
  u64 end = end_after(seconds);
  u64 child = 1UL << (SIGCHLD - 1);
  SYS(prctl, PR_SET_DUMPABLE, 0);
  SYS(close_range, 3, ~0U, 0);
  SYS(umask, 022);
  mask_signals(~0UL);
  long signals = SYS(signalfd4, -1, &child, 8, O_NONBLOCK | O_CLOEXEC);
  if (signals < 0) fail("no signalfd", signals);
  open_null();
  set_nonblocking(1);
  hello();
  for (;;) {
    flush_out();
    int room = out_room() >= CHUNK + HEADER + RESERVE;
    u64 wake = end;
    fds[0] = (struct pollfd){0, room ? POLLIN : 0, 0};
    fds[1] = (struct pollfd){(int)signals, POLLIN, 0};
    fds[2] = (struct pollfd){1, out_start < out_end ? POLLOUT : 0, 0};
    for (int k = 0; k < SLOTS; k++) {
      struct slot *s = &slots[k];
      int used = room && s->state != FREE;
      fds[3 + 2 * k] = (struct pollfd){used ? s->fd[0] : -1, POLLIN, 0};
      fds[4 + 2 * k] = (struct pollfd){used ? s->fd[1] : -1, POLLIN, 0};
      if (s->state == RUNNING && s->deadline < wake) wake = s->deadline;
    }
    long n = poll_until(fds, 3 + 2 * SLOTS, wake);
    u64 time = now();
    if (time >= end || (fds[2].revents & POLLERR)) leave(0);
    for (struct slot *s = slots; s < slots + SLOTS; s++)
      if (s->state == RUNNING && time >= s->deadline) kill_group(s, FLAG_TIMED_OUT);
    if (n < 0) continue;
    for (int k = 0; k < SLOTS; k++)
      for (int i = 0; i < 2; i++)
        if (fds[3 + 2 * k + i].revents) read_pipe(&slots[k], i);
    if (fds[1].revents) {
      u8 info[128];
      while (SYS(read, signals, info, sizeof info) > 0) {}
      reap();
    }
    for (struct slot *s = slots; s < slots + SLOTS; s++)
      if (s->state == DRAINING) finish(s);
    if (fds[0].revents) read_request();
  }
}
