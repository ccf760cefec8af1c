/*
 * What a C program needs when it has no C library: system calls, a few types, memory and text.
 * Only calls that exist under the same name on x86_64 and aarch64 are used.
 */
#ifndef PACEBENCH_SYS_H
#define PACEBENCH_SYS_H

#include <asm/unistd.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

#define NS_PER_SECOND 1000000000UL
#define NS_PER_MS 1000000UL

#define EINTR 4
#define EAGAIN 11
#define O_NONBLOCK 04000
#define O_CLOEXEC 02000000
#define AT_FDCWD (-100)
#define F_GETFL 3
#define F_SETFL 4
#define FIONREAD 0x541B
#define WNOHANG 1
#define SIGKILL 9
#define SIGCHLD 17
#define SIG_SETMASK 2
#define PR_SET_PDEATHSIG 1
#define PR_SET_DUMPABLE 4
#define POLLIN 1
#define POLLOUT 4
#define POLLERR 8
#define POLLHUP 16

struct timespec { long sec, nsec; };
struct pollfd { int fd; short events, revents; };
struct rlimit { u64 soft, hard; };

#if defined(__x86_64__)
static inline long sys6(long n, long a, long b, long c, long d, long e, long f) {
  long r;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(r)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return r;
}
__asm__(".globl _start\n_start:\n xor %ebp,%ebp\n mov %rsp,%rdi\n and $-16,%rsp\n call begin\n");
#elif defined(__aarch64__)
static inline long sys6(long n, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = n;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x0, sp\n b begin\n");
#else
#error "x86_64 and aarch64 only"
#endif

#define SYS(name, ...) SYS_(__NR_##name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define SYS_(n, a, b, c, d, e, f, ...) \
  sys6(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* The compiler calls these two by itself. */
void *memcpy(void *to, const void *from, u64 n) {
  u8 *t = to;
  const u8 *f = from;
  while (n--) *t++ = *f++;
  return to;
}

void *memset(void *to, int value, u64 n) {
  u8 *t = to;
  while (n--) *t++ = (u8)value;
  return to;
}

static u64 text_length(const char *s) {
  u64 n = 0;
  while (s[n]) n++;
  return n;
}

static int text_equal(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static u64 number(const char *s) {
  u64 n = 0;
  while (*s >= '0' && *s <= '9') n = n * 10 + (u64)(*s++ - '0');
  return n;
}

static void say(const char *s) { SYS(write, 2, s, text_length(s)); }

static void say_number(long n) {
  char digits[24];
  int i = sizeof digits;
  digits[--i] = 0;
  if (n < 0) say("-"), n = -n;
  do digits[--i] = (char)('0' + n % 10);
  while ((n /= 10) > 0);
  say(digits + i);
}

static void leave(int code) {
  for (;;) SYS(exit_group, code);
}

static void fail(const char *what, long error) {
  say("inside: ");
  say(what);
  say(", error ");
  say_number(-error);
  say("\n");
  leave(125);
}

static u64 now(void) {
  struct timespec t;
  SYS(clock_gettime, 1 /* CLOCK_MONOTONIC */, &t);
  return (u64)t.sec * NS_PER_SECOND + (u64)t.nsec;
}

/* The time after a number of seconds, or for ever when that number is 0. */
static u64 end_after(u64 seconds) {
  return seconds == 0 || seconds > 1000000000UL ? ~0UL : now() + seconds * NS_PER_SECOND;
}

/* Polls until a time; a time in the past does not wait. */
static long poll_until(struct pollfd *fds, u64 count, u64 end) {
  u64 time = now();
  u64 left = end > time ? end - time : 0;
  struct timespec wait = {(long)(left / NS_PER_SECOND), (long)(left % NS_PER_SECOND)};
  return SYS(ppoll, fds, count, end == ~0UL ? 0 : &wait, 0, 8);
}

static void set_nonblocking(int fd) {
  long flags = SYS(fcntl, fd, F_GETFL);
  if (flags >= 0) SYS(fcntl, fd, F_SETFL, flags | O_NONBLOCK);
}

static void mask_signals(u64 mask) { SYS(rt_sigprocmask, SIG_SETMASK, &mask, 0, 8); }

/* Every signal back to what a fresh process has; ignored ones would survive an exec. */
static void default_signals(void) {
  u64 action[4] = {0, 0, 0, 0};
  for (int s = 1; s <= 64; s++) SYS(rt_sigaction, s, action, 0, 8);
  mask_signals(0);
}

static long fork_process(void) { return SYS(clone, SIGCHLD); }

static u32 get32(const u8 *p) {
  return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static u64 get64(const u8 *p) { return (u64)get32(p) << 32 | get32(p + 4); }

static void put32(u8 *p, u32 v) {
  p[0] = (u8)(v >> 24);
  p[1] = (u8)(v >> 16);
  p[2] = (u8)(v >> 8);
  p[3] = (u8)v;
}

#endif
