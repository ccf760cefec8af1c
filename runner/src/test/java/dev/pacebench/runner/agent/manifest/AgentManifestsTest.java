package dev.pacebench.runner.agent.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentManifestsTest {

  @TempDir Path folder;
  private Path bundled;
  private Path own;

  @BeforeEach
  void folders() throws IOException {
    bundled = Files.createDirectories(folder.resolve("bundled"));
    own = Files.createDirectories(folder.resolve("own"));
  }

  @Test
  void findsBundledOnesAndTheUsersOwn() throws IOException {
    write(bundled, "one", "1");
    write(own, "two", "2");
    Files.writeString(own.resolve("notes.txt"), "no manifest");

    AgentManifests all = AgentManifests.all(List.of(bundled, own, folder.resolve("absent")));

    assertThat(all.byName()).containsOnlyKeys("one", "two");
    assertThat(all.wrong()).isEmpty();
  }

  @Test
  void aNameThatShipsCannotBeHidden() throws IOException {
    write(bundled, "one", "1");
    Path hiding = write(own, "one", "2");
    Path reserved = write(own, "loop", "1");

    AgentManifests all = AgentManifests.all(List.of(bundled, own), List.of("loop"));

    assertThat(all.byName().get("one").version()).isEqualTo("1");
    assertThat(all.byName()).doesNotContainKey("loop");
    assertThat(all.wrong()).containsOnlyKeys(hiding, reserved);
    assertThat(all.wrong().get(hiding))
        .hasMessageContaining("comes with Pacebench")
        .hasMessageContaining(bundled.toString());
    assertThat(all.wrong().get(hiding).remedy()).contains("my-one");
  }

  @Test
  void aWrongFileSpoilsNoOther() throws IOException {
    Path broken = Files.writeString(own.resolve("broken.yaml"), "name: [");
    write(own, "two", "2");

    AgentManifests all = AgentManifests.all(List.of(bundled, own));

    assertThat(all.byName()).containsOnlyKeys("two");
    assertThat(all.wrong()).containsOnlyKeys(broken);
  }

  private static Path write(Path folder, String name, String version) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: NAME
        version: "VERSION"
        provide: {kind: none}
        speaks: {openai-chat: [sse]}
        command: NAME
        """
            .replace("NAME", name)
            .replace("VERSION", version));
  }
}
