package dev.pacebench.runner.agent.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.agent.manifest.ManifestFile;
import dev.pacebench.runner.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real npm and pip, with small packages; reported as not run where they do not answer. */
@Tag("slow")
@Timeout(300)
class RealToolsTest {

  @TempDir Path folder;

  @Test
  void npmBringsAProgram() throws Exception {
    Installed installed =
        install(
            "{kind: npm, packages: [semver@7.6.3], program: node_modules/semver/bin/semver.js}");

    assertThat(installed.packages()).extracting(InstalledPackage::name).containsExactly("semver");
    assertThat(installed.packages().get(0).version()).isEqualTo("7.6.3");
    assertThat(installed.packages().get(0).check()).startsWith("sha512-");
    assertThat(installed.python()).isEmpty();
  }

  @Test
  void pipBringsAProgram() throws Exception {
    Installed installed =
        install("{kind: pip, packages: [pygments==2.18.0], program: bin/pygmentize}");

    assertThat(installed.packages())
        .extracting(InstalledPackage::version)
        .containsExactly("2.18.0");
    assertThat(installed.packages().get(0).name()).isEqualToIgnoringCase("pygments");
    assertThat(installed.python().orElseThrow()).matches("3\\.[0-9]+");
    Path program = installed.folder().orElseThrow().resolve(installed.program().orElseThrow());
    assertThat(Files.readAllLines(program).get(0)).isEqualTo("#!/usr/bin/env python3");
    ProcessBuilder run = new ProcessBuilder(List.of(program.toString(), "-V"));
    run.environment().put("PYTHONPATH", installed.folder().orElseThrow().toString());
    Process process = run.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes())).contains("2.18.0");
  }

  private Installed install(String provide) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve("helper.yaml"),
            """
            name: helper
            version: 1.2.3
            provide: PROVIDE
            speaks: {openai-chat: [sse]}
            command: run {program}
            """
                .replace("PROVIDE", provide));
    try {
      return new AgentInstaller(
              new Home(folder.resolve("home")), System.getenv(), System.err::println)
          .ensure(ManifestFile.read(file));
    } catch (InfrastructureError e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
