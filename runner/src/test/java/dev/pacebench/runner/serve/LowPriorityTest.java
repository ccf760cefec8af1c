package dev.pacebench.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process gives way, and takes nobody with it. */
@Timeout(30)
class LowPriorityTest {

  private static final int POLICY = 38;
  private static final String IDLE = "5";

  @Test
  void aServerOfItsOwnSessionWorksWhenNobodyElseDoes() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/chrt")));
    Process server = start("sleep 60");
    try {
      try (LowPriority low = LowPriority.ask(server.pid())) {
        assertThat(policy(server.pid())).isEqualTo(IDLE);
        assertWeight(server.pid(), 19);
      }
      assertWeight(server.pid(), 0);
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void othersOfTheSessionKeepTheirWeight() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/chrt")));
    Process shell = start("sleep 60 & sleep 61 & wait");
    List<ProcessHandle> two = shell.descendants().toList();
    while (two.size() < 2) {
      Thread.onSpinWait();
      two = shell.descendants().toList();
    }
    try (LowPriority low = LowPriority.ask(two.get(0).pid())) {
      assertThat(policy(two.get(0).pid())).isEqualTo(IDLE);
      assertThat(policy(two.get(1).pid())).isNotEqualTo(IDLE);
      assertWeight(two.get(0).pid(), 0);
    } finally {
      two.forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }

  private static Process start(String script) throws IOException {
    Process started = new ProcessBuilder("setsid", "sh", "-c", script).start();
    Session session = Session.of(started.pid());
    while (session == null || session.id() != started.pid()) {
      Thread.onSpinWait();
      session = Session.of(started.pid());
    }
    return started;
  }

  private static String policy(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", POLICY + 2)[POLICY];
  }

  /** Not every system groups by sessions. */
  private static void assertWeight(long pid, int nice) throws IOException {
    Path group = Path.of("/proc/" + pid + "/autogroup");
    if (Files.exists(group)) {
      assertThat(Files.readString(group).strip()).endsWith(" nice " + nice);
    }
  }
}
