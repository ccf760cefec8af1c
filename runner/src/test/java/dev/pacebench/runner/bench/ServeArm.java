package dev.pacebench.runner.bench;

import dev.pacebench.runner.cli.Main;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of the trials of {@link ServeBench}, in a home of its own, alone or beside a server.
 *
 * <p>Server and pages are started in sessions of their own, as from another terminal.
 */
final class ServeArm {

  private static final String TASKS =
      "{rotate-log,sort-inbox,lost-names,booking-bugs,ledger-report,site-permissions,"
          + "slow-endpoints,find-regression,scrub-history,ticket-counter}";
  private static final String SERVER_CLASSES =
      System.getProperty("pacebench.bench.server", System.getProperty("java.class.path"));

  private final Path folder;
  private final String home;
  private final int attempts;

  ServeArm(Path folder, String home, int attempts) {
    this.folder = folder;
    this.home = home;
    this.attempts = attempts;
  }

  /**
   * What an arm took.
   *
   * @param seconds of agents, by trial
   * @param worked processor seconds of the run and its sandboxes
   */
  record Alone(Map<String, Double> seconds, double worked) {}

  /**
   * What an arm took, and what its server and pages did meanwhile.
   *
   * @param minutes from when all pages had figures until all showed the end
   * @param server processor seconds of the server in these minutes
   * @param pages the same, of the process that has the pages
   * @param grown by how much the server's live bytes grew
   * @param end seconds from the end of the run until every page showed it
   */
  record Watched(
      Alone run,
      double minutes,
      double server,
      double pages,
      double bytes,
      double grown,
      double end,
      LivePages.Counts counts) {}

  Alone alone() throws Exception {
    double before = ProcessTime.ofEnded();
    startRun().await();
    return new Alone(seconds(), ProcessTime.ofEnded() - before);
  }

  Watched watched(int many) throws Exception {
    Path served = Files.createDirectories(folder.resolve(home));
    Started serving =
        start(
            List.of("setsid"),
            "-XX:+UseZGC",
            SERVER_CLASSES,
            Main.class,
            List.of("serve", "--port", "0", "--home", served.toString()));
    try {
      URI url = address(serving);
      double before = ProcessTime.ofEnded();
      Started run = startRun();
      waitForFigures(url);
      Process pages =
          new ProcessBuilder(
                  command(
                      List.of("setsid"),
                      "-XX:+UseSerialGC",
                      System.getProperty("java.class.path"),
                      LivePages.class,
                      List.of(url.toString(), Integer.toString(many))))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader said = pages.inputReader(StandardCharsets.UTF_8)) {
        await(said, LivePages.ALL_HAVE_FIGURES);
        double asking = ProcessTime.ofEnded();
        double early = liveBytes(serving.process());
        asking = ProcessTime.ofEnded() - asking;
        double start = System.nanoTime();
        double server = -ProcessTime.of(serving.process().pid());
        double clients = -ProcessTime.of(pages.pid());
        run.await();
        double worked = ProcessTime.ofEnded() - before - asking;
        double end = System.nanoTime();
        await(said, LivePages.ALL_SHOW_THE_END);
        double shown = System.nanoTime();
        server += ProcessTime.of(serving.process().pid());
        clients += ProcessTime.of(pages.pid());
        double late = liveBytes(serving.process());
        pages.getOutputStream().close();
        LivePages.Counts counts = LivePages.Counts.of(last(said));
        return new Watched(
            new Alone(seconds(), worked),
            (shown - start) / 60e9,
            server,
            clients,
            early,
            late - early,
            (shown - end) / 1e9,
            counts);
      } finally {
        pages.destroy();
      }
    } finally {
      serving.process().destroy();
      if (!serving.process().waitFor(20, TimeUnit.SECONDS)) {
        serving.process().destroyForcibly();
      }
    }
  }

  private static void await(BufferedReader said, String state) throws IOException {
    String line = said.readLine();
    while (line != null && !line.equals(state)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("the pages ended before " + state);
    }
  }

  private static String last(BufferedReader said) {
    return said.lines().reduce((a, b) -> b).orElseThrow();
  }

  private record Started(Process process, Path out, Path err) {
    void await() throws InterruptedException, IOException {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(err));
      }
    }
  }

  private Started startRun() throws IOException {
    return start(
        List.of(),
        "-XX:+UseZGC",
        System.getProperty("java.class.path"),
        Main.class,
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
            Integer.toString(attempts),
            "-j",
            "2",
            "--seed",
            "7",
            "-q",
            "--home",
            folder.resolve(home).toString()));
  }

  private Started start(
      List<String> before, String flag, String classes, Class<?> main, List<String> arguments)
      throws IOException {
    Path out = Files.createTempFile(folder, "out-", ".txt");
    Path err = Files.createTempFile(folder, "err-", ".txt");
    return new Started(
        new ProcessBuilder(command(before, flag, classes, main, arguments))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start(),
        out,
        err);
  }

  private static List<String> command(
      List<String> before, String flag, String classes, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(flag);
    command.add("-Dpacebench.lib=" + System.getProperty("pacebench.lib"));
    command.add("-cp");
    command.add(classes);
    command.add(main.getName());
    command.addAll(arguments);
    return command;
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

  /** Until there is a board, and the run is under way. */
  private static void waitForFigures(URI server) throws InterruptedException, IOException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/data.json")).build();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 300; i++) {
      if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
        return;
      }
      Thread.sleep(400);
    }
    throw new IllegalStateException("there is no run");
  }

  private Map<String, Double> seconds() {
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
                "chrt",
                "--idle",
                "0",
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor(30, TimeUnit.SECONDS);
    String[] words = said.strip().lines().reduce((a, b) -> b).orElse("").strip().split("\\s+");
    return Double.parseDouble(words[words.length - 1]);
  }
}
