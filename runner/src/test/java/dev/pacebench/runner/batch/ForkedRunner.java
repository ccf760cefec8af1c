package dev.pacebench.runner.batch;

import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.OwnerLock;
import dev.pacebench.runner.plan.Plan;
import dev.pacebench.runner.plan.RunFiles;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.SamplePlans;
import dev.pacebench.sandbox.Owner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that runs a plan, or only holds the database, until it is killed. */
final class ForkedRunner {

  private ForkedRunner() {}

  static Plan plan() {
    return SamplePlans.plan("r", 10, List.of("a", "b"), 2, 4, 3);
  }

  /** So that a run is under way until it is killed, however late that is, its last trials hang. */
  private static final int HANGING = 4;

  /**
   * @param mode {@code run}, {@code resume}, {@code hold} (the database only), or a trial id: the
   *     process runs and dies as by kill -9 right after that trial's evidence is in place
   */
  static Process fork(Path home, String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-cp",
            System.getProperty("java.class.path"),
            ForkedRunner.class.getName(),
            home.toString(),
            mode)
        .redirectErrorStream(true)
        .redirectOutput(new File(home.getParent().toFile(), "forked.log"))
        .start();
  }

  public static void main(String[] args) throws Exception {
    Home home = new Home(Path.of(args[0]));
    String mode = args[1];
    Owner self = Owner.self();
    FolderEvidence evidence = new FolderEvidence();
    if (mode.equals("hold")) {
      try (Database database = Database.open(home, null)) {
        System.out.println(new RunStore(database).runs());
        Thread.sleep(120_000);
      }
      return;
    }
    FakeTrials trials =
        new FakeTrials(
            home,
            evidence,
            (trial, number) -> {
              boolean hangs = trial.ordinal() >= plan().trials().size() - HANGING;
              Thread.sleep(hangs ? 120_000 : 80);
              return "";
            });
    try (OwnerLock lock = OwnerLock.take(home, self);
        Database database = Database.open(home, null)) {
      RunStore store = new RunStore(database);
      if (!mode.equals("resume")) {
        store.create(plan());
        RunFiles.write(home, plan());
      }
      try (Evaluation evaluation =
          new Evaluation(
              home,
              plan(),
              store,
              evidence,
              (trial, number, watcher) -> {
                var record = trials.run(trial, number, watcher);
                if (trial.id().equals(mode)) {
                  Runtime.getRuntime().halt(137);
                }
                return record;
              },
              self,
              new RunListener() {})) {
        System.out.println(evaluation.run() + " " + lock);
      }
    }
  }
}
