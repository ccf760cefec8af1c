/*
 * inside: the one program that Pacebench brings into a sandbox. Static, no library, a few KB.
 *
 *   inside init SECONDS                  stay alive as PID 1, reap, end by itself
 *   inside dispatch [SECONDS [PROCESSES [DATA_BYTES]]]  run commands, see dispatch.h
 *   inside relay PORT SOCKET SECONDS     see relay.h
 *   inside wrap PORT SOCKET SECONDS PROGRAM ARGUMENT...  see relay.h
 *   inside service SECONDS PROGRAM ARGUMENT...  see service.h
 *   inside cage ROOT PORT SOCKET SECONDS PROCESSES DATA_BYTES BIND...  see cage.h
 *
 * SECONDS count on the monotonic clock; 0 means for ever.
 */
#include "sys.h"

#include "child.h"

#include "dispatch.h"
#include "relay.h"
#include "service.h"

#include "cage.h"

/* Every signal is blocked; PID 1 gets no other kind from inside, not even SIGKILL. */
static void init(u64 seconds) {
  u64 end = end_after(seconds), child = 1UL << (SIGCHLD - 1);
  SYS(prctl, PR_SET_DUMPABLE, 0);
  mask_signals(~0UL);
  for (;;) {
    while (SYS(wait4, -1, 0, WNOHANG, 0) > 0) {}
    u64 time = now();
    if (time >= end) leave(0);
    u64 left = end - time;
    struct timespec wait = {(long)(left / NS_PER_SECOND), (long)(left % NS_PER_SECOND)};
    SYS(rt_sigtimedwait, &child, 0, end == ~0UL ? 0 : &wait, 8);
  }
}

__attribute__((used)) void begin(u64 *stack) {
  u64 count = stack[0];
  char **arguments = (char **)(stack + 1);
  char **env = arguments + count + 1;
  const char *mode = count > 1 ? arguments[1] : "";
  if (text_equal(mode, "init") && count == 3) init(number(arguments[2]));
  if (text_equal(mode, "dispatch") && count <= 5) {
    if (count > 3) process_limit = number(arguments[3]);
    if (count > 4) data_limit = number(arguments[4]);
    dispatch(count > 2 ? number(arguments[2]) : 0);
  }
  if (text_equal(mode, "relay") && count == 5)
    relay((u32)number(arguments[2]), arguments[3], number(arguments[4]), -1);
  if (text_equal(mode, "wrap") && count >= 6) wrap(arguments + 2, env);
  if (text_equal(mode, "service") && count >= 4)
    service(number(arguments[2]), arguments + 3, env);
  if (text_equal(mode, "cage") && count >= 8) cage(arguments + 2);
  say("usage: inside init SECONDS | dispatch [SECONDS [PROCESSES [DATA_BYTES]]]"
      " | relay PORT SOCKET SECONDS | wrap PORT SOCKET SECONDS PROGRAM ARGUMENT..."
      " | service SECONDS PROGRAM ARGUMENT..."
      " | cage ROOT PORT SOCKET SECONDS PROCESSES DATA_BYTES BIND...\n");
  leave(2);
}
