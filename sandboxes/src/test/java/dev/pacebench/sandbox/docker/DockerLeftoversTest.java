package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However a sandbox's way ends, no container stays. */
@Tag("docker")
class DockerLeftoversTest extends DockerFixture {

  private final Set<String> before = new HashSet<>();

  @BeforeEach
  void lookAround() {
    before.clear();
    before.addAll(ours());
  }

  @Test
  void interruptsWhileOpeningLoseNothing() throws Exception {
    DockerSandboxProvider own = provider(DockerOptions.usual());
    for (int moment : new int[] {0, 20, 60, 120, 200, 300, 400}) {
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      Thread opener =
          new Thread(
              () -> {
                try (Sandbox sandbox = own.open(spec(image))) {
                  closed.complete(!sandbox.id().isEmpty());
                } catch (SandboxException e) {
                  closed.complete(false);
                }
              });
      opener.start();
      Thread.sleep(moment);
      opener.interrupt();
      opener.join();
      assertThat(closed).isCompleted();
    }
    own.close();
    assertThat(added()).isEmpty();
  }

  @Test
  void aPendingInterruptKeepsNothingFromBeingRemoved() throws Exception {
    DockerSandboxProvider own = provider(DockerOptions.usual());
    Sandbox sandbox = own.open(spec(image));
    out(sandbox, "true");
    own.prepareNext();
    Thread.currentThread().interrupt();
    sandbox.close();
    own.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(added()).isEmpty();
  }

  @Test
  void closingTheProviderWaitsForWhatIsBeingOpened() throws Exception {
    DockerSandboxProvider own = provider(DockerOptions.usual());
    own.prepareNext();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch started = new CountDownLatch(4);
    List<String> refusals = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            started.countDown();
            try {
              own.open(spec(image));
            } catch (SandboxException e) {
              refusals.add(String.valueOf(e.getMessage()));
            }
          });
    }
    started.await();
    Thread.sleep(50);
    own.close();
    assertThat(added()).isEmpty();
    threads.shutdown();
    // One that came too late was refused, and one that came in time was closed.
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(added()).isEmpty();
    assertThat(refusals).allMatch(each -> each.contains("closed"));
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> own.open(spec(image)))
        .withMessageContaining("closed");
  }

  @Test
  void closingEndsACommandThatIsBeingStarted() throws Exception {
    for (int moment : new int[] {0, 5, 20, 50}) {
      Sandbox sandbox = provider.open(spec(image));
      CompletableFuture<End> end = new CompletableFuture<>();
      Thread runner =
          new Thread(
              () -> {
                try {
                  RunningCommand running =
                      sandbox.start(Command.of("sleep 100", TIMEOUT), OutputListener.NONE);
                  end.complete(running.await().end());
                } catch (SandboxException | InterruptedException e) {
                  end.complete(End.SANDBOX_ENDED);
                }
              });
      runner.start();
      Thread.sleep(moment);
      sandbox.close();
      runner.join(60_000);
      assertThat(end).isCompletedWithValueMatching(each -> each != End.EXITED);
    }
  }

  @Test
  void aRelayThatIsGoneIsReplaced() throws Exception {
    DockerSandboxProvider own = provider(DockerOptions.usual());
    own.prepareNext();
    while (added().stream().noneMatch(this::isReadyRelay)) {
      Thread.sleep(25);
    }
    added().forEach(each -> docker.removeContainerCmd(each).withForce(true).exec());
    try (Sandbox sandbox = own.open(spec(image))) {
      CommandResult result = run(sandbox, "true");
      assertThat(result.succeeded()).isTrue();
      assertThat(added()).hasSize(2);
    }
    own.close();
    assertThat(added()).isEmpty();
  }

  /** Whether a relay runs and has been taken off its network, the last step of making it. */
  private boolean isReadyRelay(String id) {
    try {
      var relay = docker.inspectContainerCmd(id).exec();
      return Boolean.TRUE.equals(relay.getState().getRunning())
          && relay.getNetworkSettings().getNetworks().isEmpty();
    } catch (NotFoundException e) {
      // An earlier test's, which ended since they were listed.
      return false;
    }
  }

  private Set<String> added() {
    Set<String> now = ours();
    now.removeAll(before);
    return now;
  }

  private Set<String> ours() {
    String self = Labels.text(dev.pacebench.sandbox.Owner.self());
    return docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Labels.OWNER, self))
        .exec()
        .stream()
        .map(each -> each.getId())
        .collect(Collectors.toSet());
  }
}
