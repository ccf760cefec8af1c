package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.agent.install.AgentInstaller;
import dev.pacebench.runner.agent.manifest.AgentManifests;
import dev.pacebench.runner.cli.Finding.State;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of agents that are not on this machine. */
class AgentCheckTest {

  private static final AgentManifests BUNDLED = AgentManifests.all(List.of(Path.of("agents")));

  @TempDir Path folder;

  @Test
  void anAgentOfPacebenchNeedsNothing() {
    assertThat(check("", "loop").state()).isEqualTo(State.OK);
  }

  @Test
  void aMissingInstallerIsNamedWithItsPackage() {
    Finding finding = check(folder.toString(), "codex");

    assertThat(finding.state()).isEqualTo(State.FAIL);
    assertThat(finding.what()).contains("codex", "cannot be installed", "node", "npm");
    assertThat(finding.remedy()).contains("apt install", "nodejs");
  }

  @Test
  void whatCanBeInstalledIsNoMistake() throws Exception {
    for (String tool : List.of("npm", "node")) {
      Files.createFile(
          folder.resolve(tool),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    Finding finding = check(folder.toString(), "codex");

    assertThat(finding.state()).isEqualTo(State.WARN);
    assertThat(finding.remedy()).contains("pacebench agents check codex");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  private Finding check(String path, String agent) {
    Map<String, String> environment = Map.of("PATH", path);
    AgentInstaller installer =
        new AgentInstaller(new Home(folder.resolve("home")), environment, note -> {});
    Contender contender =
        new Contender(
            agent,
            agent,
            "1",
            Optional.empty(),
            Map.of(),
            Map.of(),
            ContenderLimits.none(),
            false,
            "digest");
    return new AgentCheck(
            name -> Optional.ofNullable(BUNDLED.byName().get(name)), installer, environment)
        .examine(contender);
  }
}
