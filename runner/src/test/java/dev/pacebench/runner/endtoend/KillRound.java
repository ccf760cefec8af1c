package dev.pacebench.runner.endtoend;

import dev.pacebench.runner.home.FileTrees;
import java.io.IOException;
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

/** A 40-trial run whose runner is killed with signal 9 and which is then resumed. */
public final class KillRound {

  static final int TRIALS = 40;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TASKS = 5;
  private static final int LAST = 8;

  private final Path folder;
  private final String sandbox;
  private final Pacebench pacebench;
  private double slowestReader;

  /** How a round went; clean when {@code faults} is empty; readers in seconds with their JVM. */
  public record Report(long doneAtKill, double slowestReader, List<String> faults) {}

  /**
   * Prepares a round.
   *
   * @param sandbox docker or local
   */
  public KillRound(Path folder, String sandbox) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.sandbox = sandbox;
    this.pacebench = new Pacebench(folder);
  }

  /** Kills after a time, or already when only the last trials are left. */
  public Report killAfter(long millis) throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    return killWhen(() -> System.nanoTime() - end >= 0 || soon(TRIALS) >= TRIALS - LAST);
  }

  /** Kills as soon as this many results have been committed, most likely before their rows are. */
  public Report killAtCommit(int results) throws IOException, InterruptedException {
    return killWhen(() -> soon(results) >= results);
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

  private Report killWhen(BooleanSupplier moment) throws IOException, InterruptedException {
    Path tasks = writeTasks();
    Set<Long> owners = new HashSet<>();
    Pacebench.Started run =
        pacebench.start(
            "run",
            "-t",
            tasks.toString(),
            "-l",
            "oracle-nop",
            "-k",
            "4",
            "-j",
            "4",
            "--seed",
            "7",
            "--sandbox",
            sandbox);
    owners.add(run.process().pid());
    // Before a run has its name there is nothing to resume, however slowly a machine gets there.
    while (run.process().isAlive() && !(hasName(run) && moment.getAsBoolean())) {
      Thread.sleep(1);
    }
    if (!run.process().isAlive()) {
      throw new IllegalStateException("ended before the kill:\n" + run.text());
    }
    run.process().destroyForcibly().waitFor();
    long done = committed();

    List<String> faults = new ArrayList<>();
    readersWork(faults);
    Pacebench.Started resume = pacebench.start("resume", "latest");
    owners.add(resume.process().pid());
    int code = resume.await(300);
    if (code != 0) {
      faults.add("resume ended with " + code + ":\n" + resume.text());
    }
    results(faults);
    faults.addAll(Leftovers.of(pacebench.home(), owners));
    return new Report(done, slowestReader, faults);
  }

  private static boolean hasName(Pacebench.Started run) throws IOException {
    return Files.readString(run.err(), StandardCharsets.ISO_8859_1)
        .lines()
        .anyMatch(line -> line.startsWith("run "));
  }

  /** Status, show and table answer although nobody closed the database. */
  private void readersWork(List<String> faults) throws IOException, InterruptedException {
    for (String[] command :
        new String[][] {{"status", "latest"}, {"table", "latest"}, {"show", "latest"}}) {
      long start = System.nanoTime();
      Pacebench.Started reader = pacebench.start(command);
      int code = reader.await(120);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (code != 0) {
        faults.add(command[0] + " after the kill ended with " + code + ":\n" + reader.text());
      }
      slowestReader = Math.max(slowestReader, seconds);
    }
  }

  private void results(List<String> faults) throws IOException, InterruptedException {
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
    if (lines != TRIALS) {
      faults.add(lines + " results instead of " + TRIALS);
    }
  }

  private long committed() {
    Path runs = pacebench.home().resolve("runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (var files =
        Files.find(runs, 5, (path, attributes) -> path.getFileName().toString().equals("try-1"))) {
      return files.count();
    } catch (IOException | java.io.UncheckedIOException e) {
      // A folder was renamed while it was looked at; the next look is a millisecond away.
      return 0;
    }
  }

  /**
   * Stops a run cleanly, resumes it and kills that, then asks several times how many trials are
   * done: a database that was closed well once must not go back to that state.
   */
  public List<Integer> doneAfterStopResumeAndKill() throws IOException, InterruptedException {
    Path tasks = writeTasks();
    Pacebench.Started run =
        pacebench.start(
            "run",
            "-t",
            tasks.toString(),
            "-l",
            "oracle-nop",
            "-k",
            "4",
            "-j",
            "2",
            "--sandbox",
            sandbox);
    awaitCommitted(run, 4);
    run.process().destroy();
    run.await(120);
    Pacebench.Started resume = pacebench.start("resume", "latest");
    awaitCommitted(resume, 12);
    resume.process().destroyForcibly().waitFor();
    List<Integer> done = new ArrayList<>();
    done.add((int) committed());
    for (int i = 0; i < 4; i++) {
      done.add(
          JSON.readTree(pacebench.require(0, "status", "latest", "--json")).path("done").asInt());
    }
    return done;
  }

  private void awaitCommitted(Pacebench.Started started, int results)
      throws IOException, InterruptedException {
    while (committed() < results) {
      if (!started.process().isAlive()) {
        throw new IllegalStateException("ended early:\n" + started.text());
      }
      Thread.sleep(5);
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
