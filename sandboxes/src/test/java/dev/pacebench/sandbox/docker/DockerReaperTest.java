package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may remove what: only things of this host whose owner is proven dead. */
@Tag("docker")
class DockerReaperTest extends DockerFixture {

  @TempDir Path folder;
  private final List<String> made = new ArrayList<>();

  @AfterEach
  void removeWhatIsLeft() {
    for (String id : made) {
      if (exists(id)) {
        docker.removeContainerCmd(id).withForce(true).exec();
      }
    }
    made.clear();
  }

  @Test
  void whatIsMadeSaysWhoseItIs() {
    try (Sandbox sandbox = provider.open(spec(image))) {
      Map<String, String> labels =
          docker.inspectContainerCmd(sandbox.id()).exec().getConfig().getLabels();
      assertThat(labels)
          .containsEntry(Labels.RUN, "test-run")
          .containsEntry(Labels.SANDBOX, "test")
          .containsEntry(Labels.KIND, Labels.KIND_SANDBOX)
          .containsEntry(Labels.OWNER, Labels.text(Owner.self()));
      assertThat(Labels.owner(labels)).contains(Owner.self());
      String relay =
          docker.inspectContainerCmd(sandbox.id()).exec().getHostConfig().getNetworkMode();
      assertThat(
              docker
                  .inspectContainerCmd(relay.replace("container:", ""))
                  .exec()
                  .getConfig()
                  .getLabels())
          .containsEntry(Labels.KIND, Labels.KIND_RELAY)
          .containsEntry(Labels.OWNER, Labels.text(Owner.self()));
    }
  }

  @Test
  void onlyTheDeadOfThisHostAreCleared() throws Exception {
    Owner self = Owner.self();
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Owner dead = new Owner(self.host(), self.bootId(), ended.pid(), 1);
    String reused = container(new Owner(self.host(), self.bootId(), self.pid(), 1), "reused-pid");
    String gone = container(dead, "dead");
    String earlierBoot = container(new Owner(self.host(), "other-boot", self.pid(), 1), "boot");
    String otherHost = container(new Owner("other-host", "other-boot", 1, 1), "other-host");
    String alive = container(self, "alive");
    String foreign = container(null, "foreign");

    Path scratchOfDead = folder.resolve("docker-" + dead.pid() + "-" + dead.startTicks());
    Files.writeString(Files.createDirectories(scratchOfDead.resolve("box")).resolve("f"), "x");
    Path unrelated = Files.createDirectory(folder.resolve("docker-notes"));
    try (SandboxProvider reaper = new DockerSandboxProvider(settings(folder))) {
      assertThat(reaper.reap()).contains("folder " + scratchOfDead);
      assertThat(reaper.reap()).doesNotContain("folder " + scratchOfDead);
    }
    // Another reaper that uses this engine may have been faster and still be at it.
    while (exists(gone) || exists(reused) || exists(earlierBoot)) {
      Thread.sleep(25);
    }
    assertThat(List.of(exists(otherHost), exists(alive), exists(foreign))).containsOnly(true);
    assertThat(scratchOfDead).doesNotExist();
    assertThat(unrelated).exists();
  }

  @Test
  void aLabelThatIsNoOwnerIsNobodys() {
    assertThat(Labels.owner(Map.of(Labels.OWNER, "host/boot/pid/ticks"))).isEmpty();
    assertThat(Labels.owner(Map.of(Labels.OWNER, "short"))).isEmpty();
    assertThat(Labels.owner(Map.of())).isEmpty();
  }

  private String container(Owner owner, String name) {
    Map<String, String> labels =
        owner == null
            ? Map.of("some", "label")
            : Labels.of(owner, Labels.KIND_SANDBOX, "run", name);
    String id =
        docker
            .createContainerCmd(image.id())
            .withCmd("sleep", "300")
            .withLabels(labels)
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
            .exec()
            .getId();
    docker.startContainerCmd(id).exec();
    made.add(id);
    return id;
  }

  private boolean exists(String id) {
    return docker.listContainersCmd().withShowAll(true).exec().stream()
        .anyMatch(each -> each.getId().equals(id));
  }
}
