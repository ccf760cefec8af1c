package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.docker.DockerSandboxProvider;
import dev.pacebench.sandbox.local.LocalSandboxProvider;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs single tries in real sandboxes. */
final class TrialHarness implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Home home;
  private final SandboxProvider provider;

  TrialHarness(Path folder, String providerName) throws IOException {
    home = new Home(folder.resolve("home"));
    Files.createDirectories(home.scratch());
    ProviderSettings settings =
        new ProviderSettings(
            Owner.self(),
            Files.createDirectories(home.scratch().resolve("sandboxes")),
            Path.of("..", "sandboxes", "images").toAbsolutePath().normalize(),
            ProviderSettings.DEFAULT_DROPPED);
    provider =
        providerName.equals("docker")
            ? new DockerSandboxProvider(settings)
            : new LocalSandboxProvider(settings);
  }

  SandboxProvider provider() {
    return provider;
  }

  Home home() {
    return home;
  }

  TrialRecord run(Task task, Agent agent) throws LostTryException, InterruptedException {
    Contender contender = TrialFixtures.contender(agent.name(), ContenderLimits.none());
    DefaultTrialRunner runner =
        new DefaultTrialRunner(
            home,
            TrialFixtures.settings(1),
            TrialFixtures.lineup(contender),
            provider,
            new FolderEvidence(),
            new Agents(agent),
            Optional.empty(),
            Ticker.SYSTEM,
            Map.of());
    PlannedTrial trial =
        new PlannedTrial("run-test", "trial-" + COUNT.incrementAndGet(), 0, task, contender, 1);
    return runner.run(trial, 1, TrialWatcher.NONE);
  }

  Path evidence(TrialRecord record) {
    return home.root().resolve(record.evidence());
  }

  @Override
  public void close() {
    provider.close();
  }
}
