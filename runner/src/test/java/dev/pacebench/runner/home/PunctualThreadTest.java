package dev.pacebench.runner.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PunctualThreadTest {

  @Test
  void aThreadGetsItsTurnAtOnceAndWhatItStartsDoesNot() throws Exception {
    assumeTrue(mayChange(), "the system does not let this user choose priorities");
    AtomicReference<String> id = new AtomicReference<>();
    AtomicReference<String> child = new AtomicReference<>();
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                id.set(Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName() + "");
                PunctualThread.become();
                looked.countDown();
                go.await();
                child.set(printed("sh", "-c", "chrt --pid $$"));
              } catch (Exception e) {
                child.set(e.toString());
              }
            });
    thread.start();
    assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!printed("chrt", "--pid", id.get()).contains("SCHED_RR")) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(5);
    }
    go.countDown();
    thread.join();
    assertThat(child.get()).contains("SCHED_OTHER").doesNotContain("SCHED_RR");
  }

  private static boolean mayChange() {
    try {
      return printed("chrt", "--rr", "1", "echo", "yes").strip().equals("yes");
    } catch (Exception e) {
      return false;
    }
  }

  private static String printed(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
