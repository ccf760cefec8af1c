package dev.pacebench.runner.bench;

import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.store.Database;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunStore;
import dev.pacebench.runner.store.TrialRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What boards of many trials cost, and whether intervals hold what they promise. */
final class StatsBench {

  private static final String MANY = "1000x20x50";
  private static final String FEW = "100x20x5";

  private StatsBench() {}

  static void run(boolean quick, List<Result> results) throws Exception {
    scale(results);
    reading(quick ? 10_000 : 100_000, results);
    CoverageBench.run(quick, results);
  }

  /** In a process of its own, which may have 2 GB and two cores. */
  private static void scale(List<Result> results) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:ActiveProcessorCount=2",
                "-XX:+UseZGC",
                "-cp",
                System.getProperty("java.class.path"),
                BoardScale.class.getName(),
                MANY,
                FEW)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, double[]> seconds = new HashMap<>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .map(line -> line.split(" "))
          .forEach(
              words ->
                  seconds.put(
                      words[0],
                      new double[] {Double.parseDouble(words[1]), Double.parseDouble(words[2])}));
    }
    if (process.waitFor() != 0 || seconds.size() != 2) {
      throw new IllegalStateException("a board of " + MANY + " trials ended with an error");
    }
    double[] many = seconds.getOrDefault(MANY, new double[2]);
    double[] few = seconds.getOrDefault(FEW, new double[2]);
    results.add(
        Result.atMost(
            "stats", "board of 1,000,000 trials in 2 GB, 2000 replicates", many[0], "s", 10));
    results.add(Result.note("stats", "processor time of it, all cores", many[1], "s"));
    results.add(Result.note("stats", "board of 10,000 trials", few[0], "s"));
    results.add(
        Result.atLeast(
            "stats", "a hundred times fewer trials are quicker by", many[0] / few[0], "times", 30));
  }

  private static void reading(int trials, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-stats-bench");
    Home home = new Home(folder);
    Files.createDirectories(home.scratch());
    try (Database database = Database.open(home)) {
      RunStore store = new RunStore(database);
      store.restore(settings(trials), rows(trials));
      TrialColumns columns = new TrialColumns();
      System.gc();
      long start = System.nanoTime();
      store.each("bench", row -> row.result().ifPresent(columns::add));
      double micros = (System.nanoTime() - start) / 1e3 / trials;
      if (columns.size() != trials) {
        throw new IllegalStateException("only " + columns.size() + " trials read");
      }
      results.add(
          Result.note("stats", "reading a trial from the database, of " + trials, micros, "us"));
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(StatsBench::delete);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      System.err.println("left behind: " + path);
    }
  }

  private static RunSettings settings(int trials) {
    return new RunSettings(
        "bench",
        Instant.EPOCH.toString(),
        List.of(),
        "",
        trials,
        4,
        1,
        RunSettings.Order.BY_ATTEMPT,
        "docker",
        1,
        Duration.ofSeconds(60),
        Optional.empty(),
        List.of(),
        1);
  }

  private static List<TrialRow> rows(int trials) {
    SplittableRandom random = new SplittableRandom(2);
    List<TrialRow> rows = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      var record = BoardScale.record("bench", i % 100, i / 100 % 20, 1 + i / 2000, random);
      rows.add(
          new TrialRow(
              "bench",
              record.task() + "." + record.contender() + "." + record.attempt(),
              i,
              record.taskSet(),
              record.task(),
              record.taskDigest(),
              record.contender(),
              record.contenderDigest(),
              record.attempt(),
              RowState.DONE,
              Optional.empty(),
              Optional.empty(),
              1,
              0,
              Optional.of(record)));
    }
    return rows;
  }
}
