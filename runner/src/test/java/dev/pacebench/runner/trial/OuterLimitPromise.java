package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real sandbox lets go of whoever waits for it when its outer limit has passed on the host. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class OuterLimitPromise {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path folder;

  abstract String providerName();

  @Test
  void aCommandWithoutEndIsLetGoAndTheLimitIsNamed() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    try (TrialHarness harness = new TrialHarness(folder, providerName());
        Watchdog watchdog = new Watchdog(Duration.ofMillis(100));
        Sandbox sandbox = open(harness)) {
      RunningCommand command =
          sandbox.start(
              Command.of("trap '' TERM INT HUP; echo on; sleep 1000; sleep 1000", LONG),
              (stream, bytes) -> runs.countDown());
      runs.await();
      watchdog.guard(sandbox);

      assertThat(command.await().end()).isEqualTo(CommandResult.End.SANDBOX_ENDED);
      SandboxException next =
          catchThrowableOfType(SandboxException.class, () -> sandbox.run(Command.of("true", LONG)));
      assertThat(watchdog.explain(next)).hasMessageContaining("outer limit");
    }
  }

  private Sandbox open(TrialHarness harness) throws Exception {
    Task task = new TrialFixtures.TaskFolder(folder.resolve("tasks"), "outer").tests("true").read();
    return harness
        .provider()
        .open(
            SandboxSpec.builder(
                    "outer", "run-test", harness.provider().prepare(TaskImages.agent(task)), LONG)
                .noNewPrivileges(false)
                .build());
  }
}
