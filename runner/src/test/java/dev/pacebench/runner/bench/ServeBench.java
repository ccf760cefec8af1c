package dev.pacebench.runner.bench;

import dev.pacebench.runner.cli.Main;
import dev.pacebench.runner.serve.LowPriority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What open live pages do to a run beside them: the same simulated trials twice, once alone and
 * once while a server in a process of its own shows them to 200 pages.
 *
 * <p>The pages' own work, reading and fetching, is done on the same machine, which is more than a
 * run has to bear from browsers elsewhere.
 */
final class ServeBench {

  private static final String BENCH = "board";
  private static final int PAGES = 200;
  private static final String TASKS =
      "{rotate-log,sort-inbox,lost-names,booking-bugs,ledger-report,site-permissions,"
          + "slow-endpoints,find-regression,scrub-history,ticket-counter}";

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

  private final Path folder;
  private final int attempts;

  private ServeBench(Path folder, int attempts) {
    this.folder = folder;
    this.attempts = attempts;
  }

  static void run(boolean quick, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-serve-bench-");
    try {
      new ServeBench(folder, quick ? 1 : 25).compare(results);
    } finally {
      dev.pacebench.runner.home.FileTrees.delete(folder);
    }
  }

  private void compare(List<Result> results) throws Exception {
    Files.writeString(folder.resolve("lineup.yaml"), LINEUP);
    // The first run of a machine warms its disk and its compiler's cache.
    start("warm", "1").await();
    Map<String, Double> alone = measured("alone");
    Watched watched = watched();
    Map<String, Double> beside = watched.seconds();
    results.add(Result.note(BENCH, "trials of each run", alone.size(), "trials"));
    results.add(Result.note(BENCH, "live pages open during one of them", PAGES, "pages"));
    double sum = 0;
    double sumAlone = 0;
    List<Double> ratios = new ArrayList<>();
    for (Map.Entry<String, Double> each : alone.entrySet()) {
      double with = beside.getOrDefault(each.getKey(), Double.NaN);
      ratios.add(with / each.getValue());
      sum += with;
      sumAlone += each.getValue();
    }
    ratios.sort(Double::compare);
    results.add(
        Result.atMost(
            BENCH,
            "agent times with pages open / without, median",
            at(ratios, 0.5),
            "times",
            1.02));
    results.add(Result.note(BENCH, "the same, of the sums", sum / sumAlone, "times"));
    results.add(
        Result.note(BENCH, "the same, middle half", at(ratios, 0.75) - at(ratios, 0.25), "times"));
    results.add(
        Result.note(BENCH, "server's live bytes, early in the run", watched.early() / 1e6, "MB"));
    results.add(Result.note(BENCH, "server's live bytes, at its end", watched.late() / 1e6, "MB"));
    results.add(
        Result.atMost(BENCH, "grown by", (watched.late() - watched.early()) / 1e6, "MB", 16));
    LivePages pages = watched.pages();
    results.add(Result.note(BENCH, "events received by all pages", pages.events(), "events"));
    results.add(Result.note(BENCH, "figures fetched by all pages", pages.fetched(), "times"));
    results.add(Result.note(BENCH, "bytes received by all pages", pages.bytes() / 1e6, "MB"));
    results.add(Result.atMost(BENCH, "pages that lost their stream", pages.lost(), "pages", 0));
    results.add(
        Result.atLeast(
            BENCH, "pages that show the end of the run", pages.complete(), "pages", PAGES));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }

  private record Watched(Map<String, Double> seconds, double early, double late, LivePages pages) {}

  private Map<String, Double> measured(String home) throws Exception {
    start(home, Integer.toString(attempts)).await();
    return seconds(home);
  }

  private Watched watched() throws Exception {
    Path home = Files.createDirectories(folder.resolve("watched"));
    Started serving = start(List.of("serve", "--port", "0", "--home", home.toString()));
    try (LivePages pages = new LivePages(address(serving))) {
      Started run = start("watched", Integer.toString(attempts));
      // The pages' work, which is done elsewhere as a rule, gives way too; nothing else follows
      // here.
      LowPriority.ask();
      pages.waitForRun();
      pages.open(PAGES);
      pages.waitForFigures();
      double early = liveBytes(serving.process());
      run.await();
      pages.waitForEnd();
      double late = liveBytes(serving.process());
      return new Watched(seconds("watched"), early, late, pages);
    } finally {
      serving.process().destroy();
      if (!serving.process().waitFor(20, TimeUnit.SECONDS)) {
        serving.process().destroyForcibly();
      }
    }
  }

  private record Started(Process process, Path out, Path err) {
    void await() throws InterruptedException, IOException {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(err));
      }
    }
  }

  private Started start(String home, String attempts) throws IOException {
    return start(
        List.of(
            "run",
            "-t",
            "starter-terminal",
            "-l",
            folder.resolve("lineup.yaml").toString(),
            "--sandbox",
            "local",
            "--only",
            TASKS,
            "-k",
            attempts,
            "-j",
            "2",
            "--seed",
            "7",
            "-q",
            "--home",
            folder.resolve(home).toString()));
  }

  private Started start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseZGC");
    command.add("-Dpacebench.lib=" + System.getProperty("pacebench.lib"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out-", ".txt");
    Path err = Files.createTempFile(folder, "err-", ".txt");
    return new Started(
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start(),
        out,
        err);
  }

  private static URI address(Started serving) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && serving.process().isAlive(); i++) {
      String said = Files.readString(serving.out());
      if (said.endsWith("\n")) {
        return URI.create(said.strip());
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("serve did not begin: " + Files.readString(serving.err()));
  }

  /** Agent seconds by trial. */
  private Map<String, Double> seconds(String home) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code =
        Main.run(
            new String[] {
              "export", "latest", "--format", "jsonl", "--home", folder.resolve(home).toString()
            },
            stream,
            System.err);
    if (code != 0) {
      throw new IllegalStateException("export ended with " + code);
    }
    Map<String, Double> seconds = new TreeMap<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode trial = JsonMapper.shared().readTree(line);
      seconds.put(
          trial.path("task").asString()
              + " "
              + trial.path("contender").asString()
              + " "
              + trial.path("attempt").asInt(),
          trial.path("agent_seconds").asDouble());
    }
    return seconds;
  }

  /** Bytes that a full collection leaves. */
  private static double liveBytes(Process process) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    String[] words = said.strip().lines().reduce((a, b) -> b).orElse("").strip().split("\\s+");
    return Double.parseDouble(words[words.length - 1]);
  }
}
