package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.batch.Rebuild;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.sandbox.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Opens the store for commands that only read; they work beside a running runner. */
final class Readers {

  private Readers() {}

  /**
   * Reads something.
   *
   * @throws UserError when there is no run yet
   */
  static <T> T read(Cli cli, Function<RunStore, T> reading) {
    return readIfAny(cli, reading)
        .orElseThrow(
            () ->
                new UserError(
                    cli.home().root().toString(),
                    "there is no run here yet",
                    "start one with `pacebench run` or `pacebench demo`, or name another home with"
                        + " --home"));
  }

  /** A run with all its trials. */
  record Found(RunRow run, List<TrialRow> trials) {}

  static Found run(Cli cli, String name) {
    return read(
        cli,
        store -> {
          RunRow run = store.resolve(name);
          return new Found(run, store.trials(run.runId()));
        });
  }

  /** Reads something, if there is a database. */
  static <T> Optional<T> readIfAny(Cli cli, Function<RunStore, T> reading) {
    Home home = cli.home();
    check(home.root());
    try (Database database =
        Rebuild.openExisting(home, cli.databaseUrl(), new FolderEvidence(), Owner.self())
            .orElse(null)) {
      return database == null
          ? Optional.empty()
          : Optional.of(reading.apply(new RunStore(database)));
    }
  }

  private static void check(Path root) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new UserError(
          root.toString(), "is a file where a folder is needed", "name a folder with --home");
    }
    // A folder that may not be looked into is neither there nor known to be absent.
    boolean hidden =
        Files.exists(root)
            ? !Files.isReadable(root) || !Files.isExecutable(root)
            : !Files.notExists(root);
    if (hidden) {
      throw new UserError(
          root.toString(),
          "cannot be read by this user",
          "mend its permissions, or name another folder with --home");
    }
  }
}
