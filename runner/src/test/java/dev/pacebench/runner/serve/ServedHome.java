package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.PageData;
import dev.pacebench.runner.board.RunPages;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.RunState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.SamplePlans;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home with a run whose trials the test finishes, and a server of it. */
public final class ServedHome implements AutoCloseable {

  static final String RUN = "run-1";

  static final Pace QUICK =
      new Pace(
          Duration.ofMillis(50),
          Duration.ofMillis(10),
          Duration.ofMillis(200),
          1,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  final Home home;
  private final Database database;
  final RunStore store;

  public ServedHome(Path folder, int trials) {
    home = new Home(folder);
    database = Database.open(home, null);
    store = new RunStore(database);
    RunSettings settings = SamplePlans.plan(RUN, 1, List.of("one"), trials, 1, 1).settings();
    List<TrialRow> rows = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      rows.add(row(i));
    }
    store.restore(settings, rows);
    store.state(RUN, RunState.RUNNING, "", Owner.self());
  }

  private static TrialRow row(int number) {
    return new TrialRow(
        RUN,
        id(number),
        number,
        "made",
        "task",
        "digest",
        "one",
        "digest",
        number + 1,
        RowState.PENDING,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty());
  }

  static String id(int number) {
    return "trial-" + number;
  }

  /** Claims a trial, as a runner would. */
  public void claim() {
    store.claim(RUN, Owner.self()).orElseThrow();
  }

  /** Gives a trial a result and a folder of evidence. */
  public Path finish(int number) {
    Path folder = home.trial(RUN, id(number)).resolve("try-1");
    try {
      Files.createDirectories(folder.resolve("verifier"));
      Files.writeString(folder.resolve("verifier/test-stdout.txt"), "all is well\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    store.finish(RUN, id(number), record(number, home.relative(folder)));
    return folder;
  }

  private static TrialRecord record(int number, String evidence) {
    return new TrialRecord(
        RUN,
        "made",
        "task",
        "digest",
        "one",
        "digest",
        "conditions",
        number + 1,
        Outcome.SOLVED,
        "finished",
        true,
        1.5 + number,
        3.0,
        1,
        true,
        60,
        "shared",
        Map.of("reward", 1.0),
        List.of(),
        Map.of("wait_first", 1.0, "verify", 1.0),
        Map.of(),
        Map.of(),
        Map.of(),
        "made up",
        Instant.EPOCH,
        evidence);
  }

  /** Ends the run, as its runner would. */
  public void end() {
    store.state(RUN, RunState.DONE, "", Owner.self());
  }

  /** A server that is quick to tell. */
  public PageServer serve() {
    return serve(settings(), QUICK);
  }

  /** What a page has of the store, through a database that is opened as another process's. */
  PageServer serve(ServeSettings settings, Pace pace) {
    return PageServer.start(
        home, () -> Database.openExisting(home, null), ServedHome::figures, settings, pace);
  }

  static ServeSettings settings() {
    return new ServeSettings("127.0.0.1", 0, Optional.empty(), List.of(), "test");
  }

  static PageData figures(RunStore store, List<RunRow> runs) {
    return RunPages.data(
        store, runs, "test", (run, set, task, who, n) -> Optional.empty(), Map.of());
  }

  @Override
  public void close() {
    database.close();
  }
}
