package dev.pacebench.runner.bench;

import dev.pacebench.runner.bench.ServeArm.Alone;
import dev.pacebench.runner.bench.ServeArm.Watched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What open live pages do to a run beside them: the same simulated trials again and again, alone
 * and while a server in a process of its own shows them to 200 pages.
 *
 * <p>Runs alone (A) and beside pages (B) take turns, in an order in which neither comes earlier
 * than the other: a machine that grows faster or slower meanwhile, evenly or towards the middle,
 * treats both alike. Trials are compared one by one, each with itself. What runs alone differ among
 * themselves is printed as well: a ratio of A and B that is no further from 1 tells nothing.
 *
 * <p>The pages' own work is done on the same machine, at idle priority like the server's: more than
 * a run has to bear from browsers elsewhere.
 */
final class ServeBench {

  private static final String BENCH = "board";
  private static final int PAGES = 200;
  private static final String ORDER = "ABBABAAB";
  private static final int ATTEMPTS = 4;

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

  private final List<Alone> alone = new ArrayList<>();
  private final List<Watched> watched = new ArrayList<>();
  private final List<Map<String, Double>> pairs = new ArrayList<>();

  private ServeBench() {}

  static void run(boolean quick, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-serve-bench-");
    try {
      Files.writeString(folder.resolve("lineup.yaml"), LINEUP);
      // The first run of a machine warms its disk.
      new ServeArm(folder, "warm", 1).alone();
      ServeBench bench = new ServeBench();
      String order = quick ? ORDER.substring(0, 4) : ORDER;
      int attempts = quick ? 1 : Integer.getInteger("pacebench.bench.attempts", ATTEMPTS);
      for (int i = 0; i < order.length(); i++) {
        ServeArm arm = new ServeArm(folder, "run-" + i, attempts);
        if (order.charAt(i) == 'A') {
          bench.alone.add(arm.alone());
          bench.pairs.add(bench.alone.get(bench.alone.size() - 1).seconds());
        } else {
          bench.watched.add(arm.watched(PAGES));
          bench.pairs.add(bench.watched.get(bench.watched.size() - 1).run().seconds());
        }
      }
      bench.times(order, results);
      bench.work(results);
      bench.pages(results);
    } finally {
      dev.pacebench.runner.home.FileTrees.delete(folder);
    }
  }

  private void times(String order, List<Result> results) {
    List<Map<String, Double>> apart = alone.stream().map(Alone::seconds).toList();
    List<Map<String, Double>> beside = watched.stream().map(it -> it.run().seconds()).toList();
    PairedTimes effect = PairedTimes.of(beside, apart);
    results.add(Result.note(BENCH, "trials of each run", effect.trials(), "trials"));
    results.add(
        Result.note(
            BENCH, "runs without and with " + PAGES + " live pages", order.length(), "runs"));
    results.add(
        Result.atMost(
            BENCH, "agent times with pages / without, median", effect.median(), "times", 1.02));
    bounds("the same", effect, results);
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = 0; i < order.length(); i += 2) {
      int with = order.charAt(i) == 'B' ? i : i + 1;
      double ratio =
          PairedTimes.of(List.of(pairs.get(with)), List.of(pairs.get(2 * i + 1 - with))).median();
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
    results.add(Result.note(BENCH, "the same, of neighbouring runs, least", least, "times"));
    results.add(Result.note(BENCH, "the same, of neighbouring runs, most", most, "times"));
    int last = apart.size() - 1;
    // Of four runs the outer and the inner ones, so that here too none comes earlier.
    PairedTimes floor =
        last < 3
            ? PairedTimes.of(List.of(apart.get(last)), List.of(apart.get(0)))
            : PairedTimes.of(
                List.of(apart.get(0), apart.get(3)), List.of(apart.get(1), apart.get(2)));
    results.add(Result.note(BENCH, "noise: without / without, median", floor.median(), "times"));
    bounds("noise", floor, results);
  }

  private static void bounds(String name, PairedTimes times, List<Result> results) {
    results.add(Result.note(BENCH, name + ", 95 % from", times.low(), "times"));
    results.add(Result.note(BENCH, name + ", 95 % to", times.high(), "times"));
    results.add(Result.note(BENCH, name + ", of the sums", times.sums(), "times"));
  }

  private double mean(ToDoubleFunction<Watched> figure) {
    return watched.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** Processor time is the same on a busy machine, or nearly so. */
  private void work(List<Result> results) {
    double minutes = mean(Watched::minutes);
    double apart = alone.stream().mapToDouble(Alone::worked).average().orElseThrow();
    results.add(
        Result.note(
            BENCH,
            "processor time of run and sandboxes, with / without",
            mean(it -> it.run().worked()) / apart,
            "times"));
    results.add(
        Result.note(
            BENCH,
            "server's processor time for a page and minute",
            1e3 * mean(Watched::server) / minutes / PAGES,
            "ms"));
    results.add(
        Result.note(BENCH, "server's share of a core", mean(Watched::server) / minutes / 0.6, "%"));
    results.add(
        Result.note(
            BENCH,
            "share of the pages, which stand for other machines",
            mean(Watched::pages) / minutes / 0.6,
            "%"));
    results.add(Result.note(BENCH, "server's live bytes, early", mean(Watched::bytes) / 1e6, "MB"));
    results.add(
        Result.atMost(
            BENCH,
            "grown during a run by at most",
            watched.stream().mapToDouble(Watched::grown).max().orElseThrow() / 1e6,
            "MB",
            16));
  }

  private void pages(List<Result> results) {
    double pageMinutes = mean(Watched::minutes) * PAGES;
    note("events for a page and minute", it -> it.counts().events() / pageMinutes, "", results);
    note("fetches for a page and minute", it -> it.counts().fetched() / pageMinutes, "", results);
    note(
        "bytes for a page and minute",
        it -> it.counts().bytes() / pageMinutes / 1e3,
        "kB",
        results);
    results.add(
        Result.atMost(
            BENCH,
            "pages that lost their stream",
            watched.stream().mapToLong(it -> it.counts().lost()).sum(),
            "pages",
            0));
    results.add(
        Result.atLeast(
            BENCH,
            "pages that show the end of the run",
            watched.stream().mapToLong(it -> it.counts().complete()).min().orElseThrow(),
            "pages",
            PAGES));
    results.add(
        Result.atMost(
            BENCH,
            "all show it after at most",
            watched.stream().mapToDouble(Watched::end).max().orElseThrow(),
            "s",
            30));
  }

  private void note(
      String name, ToDoubleFunction<Watched> figure, String unit, List<Result> results) {
    results.add(Result.note(BENCH, name, mean(figure), unit));
  }
}
