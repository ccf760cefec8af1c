package dev.pacebench.runner.bench;

import dev.pacebench.runner.bench.ServeArm.Alone;
import dev.pacebench.runner.bench.ServeArm.Watched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What open live pages do to a run beside them: the same 500 simulated trials alone, while a server
 * in a process of its own shows them to 200 pages, and alone again.
 *
 * <p>The run beside pages is compared with both others, of which one came earlier and one later: a
 * machine that grows evenly faster or slower meanwhile treats both sides alike. Trials are compared
 * one by one, each with itself. What the two runs alone differ by is printed as well: a ratio that
 * is no further from 1 tells nothing.
 *
 * <p>The pages' own work is done on the same machine, at idle priority like the server's: more than
 * a run has to bear from browsers elsewhere.
 */
final class ServeBench {

  private static final String BENCH = "board";
  private static final int PAGES = 200;
  private static final int ATTEMPTS = 25;

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        quick: {provider: sim, id: quick, simulated: {first_token: 60ms, tokens_per_second: 600, tokens_per_frame: 4, skill: 1}}
        steady: {provider: sim, id: steady, simulated: {first_token: 90ms, tokens_per_second: 300, tokens_per_frame: 4, skill: 0.6}}
      contenders:
        - {name: quick, agent: loop, model: quick}
        - {name: steady, agent: loop, model: steady}
      """;

  private final Alone before;
  private final Watched watched;
  private final Alone after;

  private ServeBench(Alone before, Watched watched, Alone after) {
    this.before = before;
    this.watched = watched;
    this.after = after;
  }

  static void run(boolean quick, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-serve-bench-");
    try {
      Files.writeString(folder.resolve("lineup.yaml"), LINEUP);
      // The first run of a machine warms its disk.
      new ServeArm(folder, "warm", 1).alone();
      int attempts = quick ? 1 : Integer.getInteger("pacebench.bench.attempts", ATTEMPTS);
      ServeBench bench =
          new ServeBench(
              new ServeArm(folder, "before", attempts).alone(),
              new ServeArm(folder, "beside", attempts).watched(PAGES),
              new ServeArm(folder, "after", attempts).alone());
      bench.times(results);
      bench.work(results);
      bench.pages(results);
    } finally {
      dev.pacebench.runner.home.FileTrees.delete(folder);
    }
  }

  private void times(List<Result> results) {
    PairedTimes effect =
        PairedTimes.of(
            List.of(watched.run().seconds()), List.of(before.seconds(), after.seconds()));
    PairedTimes noise = PairedTimes.of(List.of(after.seconds()), List.of(before.seconds()));
    results.add(Result.note(BENCH, "trials of each run", effect.trials(), "trials"));
    results.add(Result.note(BENCH, "live pages beside one of three runs", PAGES, "pages"));
    results.add(
        Result.atMost(
            BENCH, "agent times with pages / without, median", effect.median(), "times", 1.02));
    bounds("the same", effect, results);
    results.add(Result.note(BENCH, "noise: without / without, median", noise.median(), "times"));
    bounds("noise", noise, results);
  }

  private static void bounds(String name, PairedTimes times, List<Result> results) {
    results.add(Result.note(BENCH, name + ", 95 % from", times.low(), "times"));
    results.add(Result.note(BENCH, name + ", 95 % to", times.high(), "times"));
    results.add(Result.note(BENCH, name + ", of the sums", times.sums(), "times"));
  }

  /** Processor time is the same on a busy machine, or nearly so. */
  private void work(List<Result> results) {
    double minutes = watched.minutes();
    double apart = (before.worked() + after.worked()) / 2;
    results.add(
        Result.note(
            BENCH,
            "processor time of run and sandboxes, with / without",
            watched.run().worked() / apart,
            "times"));
    results.add(
        Result.note(
            BENCH,
            "server's processor time for a page and minute",
            1e3 * watched.server() / minutes / PAGES,
            "ms"));
    results.add(
        Result.note(BENCH, "server's share of a core", watched.server() / minutes / 0.6, "%"));
    results.add(
        Result.note(
            BENCH,
            "share of the pages, which stand for other machines",
            watched.pages() / minutes / 0.6,
            "%"));
    results.add(Result.note(BENCH, "server's live bytes, early", watched.bytes() / 1e6, "MB"));
    results.add(Result.atMost(BENCH, "grown during the run by", watched.grown() / 1e6, "MB", 16));
  }

  private void pages(List<Result> results) {
    LivePages.Counts counts = watched.counts();
    double pageMinutes = watched.minutes() * PAGES;
    note("events for a page and minute", counts.events() / pageMinutes, "", results);
    note("fetches for a page and minute", counts.fetched() / pageMinutes, "", results);
    note("bytes for a page and minute", counts.bytes() / pageMinutes / 1e3, "kB", results);
    results.add(Result.atMost(BENCH, "pages that lost their stream", counts.lost(), "pages", 0));
    results.add(
        Result.atLeast(
            BENCH, "pages that show the end of the run", counts.complete(), "pages", PAGES));
    results.add(Result.atMost(BENCH, "all show it after", watched.end(), "s", 30));
  }

  private static void note(String name, double figure, String unit, List<Result> results) {
    results.add(Result.note(BENCH, name, figure, unit));
  }
}
