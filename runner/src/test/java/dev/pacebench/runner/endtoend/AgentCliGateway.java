package dev.pacebench.runner.endtoend;

import dev.pacebench.runner.gateway.proxy.GatewayServer;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.runner.gateway.simulated.SimulatedServer;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.SimulatedTier;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What agents share in a test: a gateway, a simulated model that plays a tiny job, containers. */
final class AgentCliGateway implements AutoCloseable {

  /** What the job's first turn makes. */
  static final String MADE = "/tmp/made.txt";

  static final Turn FIRST =
      new Turn("A file is wanted.", "", List.of("printf hello >" + MADE), 12, 40);

  static final Turn SECOND = new Turn("", "The file is made.", List.of(), 0, 9);

  static final Play PLAY =
      new Play(
          new SimulatedTier(
              Duration.ofMillis(20),
              1000,
              1,
              0,
              Duration.ZERO,
              Duration.ZERO,
              0,
              1,
              SimulatedTier.Faults.NONE),
          Optional.of(new Script("good", true, List.of(FIRST, SECOND))),
          7);

  private final Path folder;
  private final SandboxProvider provider;
  private final PreparedImage image;
  private final SimulatedServer simulated;
  private final GatewayServer server;

  AgentCliGateway(Path folder) throws Exception {
    this.folder = folder;
    provider =
        new DockerSandboxProvider(
            new ProviderSettings(
                Owner.self(),
                Files.createDirectories(folder.resolve("sandboxes")),
                Path.of("..", "sandboxes", "images").toAbsolutePath().normalize(),
                ProviderSettings.DEFAULT_DROPPED));
    image = provider.prepare(new ImageSource.Named("debian:bookworm-slim", Duration.ofMinutes(2)));
    simulated = SimulatedServer.start();
    server = GatewayServer.start(Ticker.SYSTEM);
  }

  Path folder() {
    return folder;
  }

  SandboxProvider provider() {
    return provider;
  }

  PreparedImage image() {
    return image;
  }

  SimulatedServer simulated() {
    return simulated;
  }

  GatewayServer server() {
    return server;
  }

  @Override
  public void close() {
    try {
      provider.close();
    } finally {
      server.close();
      simulated.close();
    }
  }
}
