/*
 * inside cage ROOT PORT SOCKET SECONDS PROCESSES DATA_BYTES BIND...
 *
 * What bubblewrap does for a local sandbox, for machines that lack it: namespaces of its own for
 * user, network, mounts, processes, IPC, names and cgroups; ROOT as its root; each BIND read-only at
 * the same place; fresh /proc and /dev; this program at /.pacebench/inside, which then becomes its
 * PID 1 as the dispatcher, as user 1000 without capabilities. With a PORT other than 0 a relay to
 * SOCKET listens in its network, outside of its mounts and processes. Ends when PID 1 has ended.
 * Needs mount_setattr (Linux 5.12).
 */
#define CLONE_NEWNS 0x00020000
#define CLONE_NEWCGROUP 0x02000000
#define CLONE_NEWUTS 0x04000000
#define CLONE_NEWIPC 0x08000000
#define CLONE_NEWUSER 0x10000000
#define CLONE_NEWPID 0x20000000
#define CLONE_NEWNET 0x40000000
#define MS_NOSUID 2
#define MS_NODEV 4
#define MS_NOEXEC 8
#define MS_BIND 4096
#define MS_REC 16384
#define MS_SLAVE (1 << 19)
#define PR_CAPBSET_DROP 24
#define PR_SET_NO_NEW_PRIVS 38
#define O_WRONLY 1
#define O_CREAT 0100

static void must(const char *what, long result) {
  if (result < 0) fail(what, result);
}

/* Two texts as one; each place of use has its own buffer. */
static const char *join(char *buffer, const char *a, const char *b) {
  u64 first = text_length(a), second = text_length(b);
  if (first + second >= 4096) fail("a path is too long", 0);
  memcpy(buffer, a, first);
  memcpy(buffer + first, b, second + 1);
  return buffer;
}

static void write_file(const char *path, const char *text) {
  long fd = SYS(openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
  must(path, fd);
  must(path, SYS(write, fd, text, text_length(text)));
  SYS(close, fd);
}

static void map_user(const char *file, long id) {
  char text[32] = "1000 ";
  char digits[24];
  int i = sizeof digits;
  digits[--i] = 0;
  do digits[--i] = (char)('0' + id % 10);
  while ((id /= 10) > 0);
  u64 length = text_length(digits + i);
  memcpy(text + 5, digits + i, length);
  memcpy(text + 5 + length, " 1", 3);
  write_file(file, text);
}

static void raise_loopback(void) {
  struct { char name[16]; short flags; u8 rest[22]; } request;
  memset(&request, 0, sizeof request);
  memcpy(request.name, "lo", 2);
  request.flags = 1 | 64; /* IFF_UP | IFF_RUNNING */
  long fd = SYS(socket, AF_INET, 2 /* SOCK_DGRAM */ | O_CLOEXEC, 0);
  must("no socket", fd);
  must("the loopback device", SYS(ioctl, fd, 0x8914 /* SIOCSIFFLAGS */, &request));
  SYS(close, fd);
}

static void bind_read_only(const char *from, const char *to) {
  u64 attributes[4] = {1 | 2 | 4 /* read-only, nosuid, nodev */, 0, 0, 0};
  must(from, SYS(mount, from, to, 0, MS_BIND | MS_REC, 0));
  must(from, SYS(mount_setattr, AT_FDCWD, to, 0x8000 /* AT_RECURSIVE */, attributes, 32));
}

static void make_devices(const char *dev) {
  static const char *const nodes[] = {"/null", "/zero", "/full", "/random", "/urandom", "/tty"};
  static const char *const links[] = {"/proc/self/fd",   "/fd",     "/proc/self/fd/0", "/stdin",
                                      "/proc/self/fd/1", "/stdout", "/proc/self/fd/2", "/stderr",
                                      "pts/ptmx",        "/ptmx"};
  char from[4096], to[4096];
  must("/dev", SYS(mount, "tmpfs", dev, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755"));
  for (u64 i = 0; i < sizeof nodes / sizeof *nodes; i++) {
    join(from, "/dev", nodes[i]);
    join(to, dev, nodes[i]);
    long fd = SYS(openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    must(to, fd);
    SYS(close, fd);
    must(from, SYS(mount, from, to, 0, MS_BIND, 0));
  }
  for (u64 i = 0; i < sizeof links / sizeof *links; i += 2)
    SYS(symlinkat, links[i], AT_FDCWD, join(to, dev, links[i + 1]));
  SYS(mkdirat, AT_FDCWD, join(to, dev, "/shm"), 01777);
  SYS(mkdirat, AT_FDCWD, join(to, dev, "/pts"), 0755);
  /* Terminals are a courtesy; some places refuse them. */
  SYS(mount, "devpts", to, "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620");
}

static void drop_power(void) {
  u32 header[2] = {0x20080522, 0};
  u32 none[6] = {0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 64; i++) SYS(prctl, PR_CAPBSET_DROP, i);
  must("no_new_privs", SYS(prctl, PR_SET_NO_NEW_PRIVS, 1));
  must("capabilities", SYS(capset, header, none));
}

static void become_first(char **arguments) {
  const char *root = arguments[0];
  const char *argv[] = {"inside", "dispatch", arguments[3], arguments[4], arguments[5], 0};
  const char *env[] = {0};
  char place[4096], self[4096];
  SYS(prctl, PR_SET_PDEATHSIG, SIGKILL);
  SYS(setsid);
  /* The link itself leads into the mounts that were left behind. */
  long length = SYS(readlinkat, AT_FDCWD, "/proc/self/exe", self, sizeof self - 1);
  must("/proc/self/exe", length);
  self[length] = 0;
  must("mounts", SYS(mount, 0, "/", 0, MS_SLAVE | MS_REC, 0));
  must(root, SYS(mount, root, root, 0, MS_BIND | MS_REC, 0));
  for (char **bind = arguments + 6; *bind; bind++) bind_read_only(*bind, join(place, root, *bind));
  bind_read_only(self, join(place, root, "/.pacebench/inside"));
  must("/proc", SYS(mount, "proc", join(place, root, "/proc"), "proc",
                    MS_NOSUID | MS_NODEV | MS_NOEXEC, 0));
  make_devices(join(place, root, "/dev"));
  must(root, SYS(chdir, root));
  must("the root", SYS(pivot_root, ".", "."));
  must("the old root", SYS(umount2, ".", 2 /* MNT_DETACH */));
  must("/", SYS(chdir, "/"));
  must("the host name", SYS(sethostname, "sandbox", 7));
  drop_power();
  fail("cannot start the dispatcher", SYS(execve, "/.pacebench/inside", argv, env));
}

static void cage(char **arguments) {
  long user = SYS(geteuid), group = SYS(getegid);
  int p[2];
  u8 byte;
  SYS(prctl, PR_SET_PDEATHSIG, SIGKILL);
  must("user namespaces", SYS(unshare, CLONE_NEWUSER | CLONE_NEWNET));
  write_file("/proc/self/setgroups", "deny");
  map_user("/proc/self/uid_map", user);
  map_user("/proc/self/gid_map", group);
  raise_loopback();
  u32 port = (u32)number(arguments[1]);
  if (port != 0) {
    must("no pipe", SYS(pipe2, p, O_CLOEXEC));
    long pid = fork_process();
    must("cannot start the relay", pid);
    if (pid == 0) {
      SYS(prctl, PR_SET_PDEATHSIG, SIGKILL);
      SYS(close, p[0]);
      SYS(close, 0);
      SYS(close, 1);
      relay(port, arguments[2], number(arguments[3]), p[1]);
    }
    SYS(close, p[1]);
    if (SYS(read, p[0], &byte, 1) != 1) fail("the relay did not start", 0);
    SYS(close, p[0]);
  }
  must("namespaces", SYS(unshare, CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS));
  SYS(unshare, CLONE_NEWCGROUP);
  long first = fork_process();
  must("cannot start the first process", first);
  if (first == 0) become_first(arguments);
  SYS(close, 0);
  SYS(close, 1);
  for (;;) {
    long pid = SYS(wait4, -1, 0, 0, 0);
    if (pid == first || (pid < 0 && pid != -EINTR)) leave(0);
  }
}
