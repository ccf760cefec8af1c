package dev.pacebench.runner.endtoend;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.agent.install.AgentInstaller;
import dev.pacebench.runner.agent.install.Installed;
import dev.pacebench.runner.agent.manifest.ManifestFile;
import dev.pacebench.runner.home.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** An agent's command-line program, as its manifest brings it; kept between runs of the tests. */
enum AgentCliProgram {
  CODEX("codex"),
  CLAUDE_CODE("claude-code"),
  OPENCODE("opencode");

  private static final Path MANIFESTS =
      Path.of(System.getProperty("pacebench.root", "..")).resolve("runner/agents");

  private static final Home KEPT =
      new Home(Path.of(System.getProperty("java.io.tmpdir"), "pacebench-test-programs"));

  private final String agent;

  AgentCliProgram(String agent) {
    this.agent = agent;
  }

  /** The program itself; the test is aborted when it cannot be had. */
  Path file() throws InterruptedException {
    try {
      Installed installed =
          new AgentInstaller(KEPT, System.getenv(), note -> {})
              .ensure(ManifestFile.read(MANIFESTS.resolve(agent + ".yaml")));
      return installed.folder().orElseThrow().resolve(installed.program().orElseThrow());
    } catch (InfrastructureError e) {
      Assumptions.abort(e.getMessage());
      throw e;
    }
  }
}
