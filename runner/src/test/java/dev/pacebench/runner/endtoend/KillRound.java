package dev.pacebench.runner.endtoend;

import dev.pacebench.runner.home.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A run of many trials whose runner is killed with signal 9 and which is then resumed. */
public final class KillRound {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TASKS = 5;
  private static final int CONTENDERS = 2;

  /** So many trials are left at least when a kill waits for time to pass. */
  private static final int LAST = 10;

  private final Path folder;
  private final String sandbox;
  private final int attempts;
  private final Pacebench pacebench;
  private final Set<Long> owners = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private double slowestReader;

  /** How a round went; clean when {@code faults} is empty; readers in seconds with their JVM. */
  public record Report(double slowestReader, List<String> faults) {}

  /**
   * Prepares a round of ten trials an attempt.
   *
   * @param sandbox docker or local
   */
  public KillRound(Path folder, String sandbox, int attempts) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.sandbox = sandbox;
    this.attempts = attempts;
    this.pacebench = new Pacebench(folder);
  }

  /** Kills after a time, or already when only the last trials are left. */
  public Report killAfter(long millis) throws IOException, InterruptedException {
    killAfter(run(4), millis);
    readersWork("status", "table", "show");
    return finish();
  }

  /** Kills as soon as this many results have been committed, most likely before their rows are. */
  public Report killAtCommit(int results) throws IOException, InterruptedException {
    killAtCommit(run(4), results);
    readersWork("status", "table", "show");
    return finish();
  }

  int trials() {
    return TASKS * CONTENDERS * attempts;
  }

  /** Starts the run and waits for its name, as before that there is nothing to resume. */
  Pacebench.Started run(int slots) throws IOException, InterruptedException {
    Pacebench.Started run =
        pacebench.start(
            "run",
            "-t",
            writeTasks().toString(),
            "-l",
            "oracle-nop",
            "-k",
            Integer.toString(attempts),
            "-j",
            Integer.toString(slots),
            "--seed",
            "7",
            "--sandbox",
            sandbox);
    owners.add(run.process().pid());
    await(run, () -> hasName(run));
    return run;
  }

  Pacebench.Started resume() throws IOException {
    Pacebench.Started resume = pacebench.start("resume", "latest");
    owners.add(resume.process().pid());
    return resume;
  }

  void killAfter(Pacebench.Started started, long millis) throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    kill(started, () -> System.nanoTime() - end >= 0 || soon(trials()) >= trials() - LAST);
  }

  void killAtCommit(Pacebench.Started started, int results)
      throws IOException, InterruptedException {
    kill(started, () -> soon(results) >= results);
  }

  void awaitCommitted(Pacebench.Started started, int results)
      throws IOException, InterruptedException {
    await(started, () -> soon(results) >= results);
  }

  private static void kill(Pacebench.Started started, BooleanSupplier moment)
      throws IOException, InterruptedException {
    await(started, moment);
    started.process().destroyForcibly().waitFor();
  }

  private static void await(Pacebench.Started started, BooleanSupplier moment)
      throws IOException, InterruptedException {
    while (!moment.getAsBoolean()) {
      if (!started.process().isAlive()) {
        throw new IllegalStateException("ended before its moment:\n" + started.text());
      }
      Thread.sleep(1);
    }
  }

  /** Looking all the time would take a core from those who are looked at. */
  private long soon(int results) {
    long now = committed();
    if (now < results - 2) {
      pause(20);
    }
    return now;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean hasName(Pacebench.Started run) {
    pause(20);
    try {
      return Files.readString(run.err(), StandardCharsets.ISO_8859_1)
          .lines()
          .anyMatch(line -> line.startsWith("run "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resumes to the end and looks at what there is then. */
  Report finish() throws IOException, InterruptedException {
    Pacebench.Started resume = resume();
    int code = resume.await(300);
    if (code != 0) {
      faults.add("resume ended with " + code + ":\n" + resume.text());
    }
    results();
    faults.addAll(Leftovers.of(pacebench.home(), owners));
    return new Report(slowestReader, List.copyOf(faults));
  }

  /** Commands that read answer although nobody closed the database. */
  void readersWork(String... commands) throws IOException, InterruptedException {
    for (String command : commands) {
      long start = System.nanoTime();
      Pacebench.Started reader = pacebench.start(command, "latest");
      int code = reader.await(120);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (code != 0) {
        faults.add(command + " after the kill ended with " + code + ":\n" + reader.text());
      }
      slowestReader = Math.max(slowestReader, seconds);
    }
  }

  /** How many trials are done, as a reader says that opens the database for it. */
  int done() throws IOException, InterruptedException {
    return JSON.readTree(pacebench.require(0, "status", "latest", "--json")).path("done").asInt();
  }

  private void results() throws IOException, InterruptedException {
    Set<String> seen = new HashSet<>();
    int lines = 0;
    for (String line : pacebench.require(0, "export", "latest", "--format", "jsonl").split("\n")) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode trial = JSON.readTree(line);
      lines++;
      String key =
          trial.path("task").asString()
              + " "
              + trial.path("contender").asString()
              + " "
              + trial.path("attempt").asInt();
      if (!seen.add(key)) {
        faults.add("doubled: " + key);
      }
      boolean oracle = trial.path("contender").asString().equals("oracle");
      if (trial.path("solved").asBoolean() != oracle) {
        faults.add("wrong outcome: " + line);
      }
    }
    if (lines != trials()) {
      faults.add(lines + " results instead of " + trials());
    }
  }

  /** Results whose evidence is in place. */
  long committed() {
    Path runs = pacebench.home().resolve("runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (var files =
        Files.find(runs, 5, (path, attributes) -> path.getFileName().toString().equals("try-1"))) {
      return files.count();
    } catch (IOException | UncheckedIOException e) {
      // A folder was renamed while it was looked at; the next look is a millisecond away.
      return 0;
    }
  }

  private Path writeTasks() throws IOException {
    Path set = Files.createDirectories(folder.resolve("set"));
    for (int i = 1; i <= TASKS; i++) {
      Path task = set.resolve("add-" + i);
      Files.createDirectories(task.resolve("environment"));
      Files.writeString(task.resolve("instruction.md"), "Write " + i + " into /app/out.txt.\n");
      Files.writeString(
          task.resolve("task.toml"),
          "schema_version = \"1.4\"\n[agent]\ntimeout_sec = 60.0\n[verifier]\ntimeout_sec = 30.0\n"
              + "[environment]\nnetwork_mode = \"no-network\"\n");
      Files.writeString(
          task.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
      script(task.resolve("solution/solve.sh"), "echo " + i + " > /app/out.txt\nsleep 0.05\n");
      script(
          task.resolve("tests/test.sh"),
          "if [ \"$(cat /app/out.txt 2>/dev/null)\" = "
              + i
              + " ]; then echo 1; else echo 0; fi > /logs/verifier/reward.txt\n");
    }
    return set;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Removes all that the round wrote. */
  public void delete() throws IOException {
    FileTrees.delete(folder);
  }
}
