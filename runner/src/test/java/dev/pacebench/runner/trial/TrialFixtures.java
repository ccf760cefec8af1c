package dev.pacebench.runner.trial;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small tasks, contenders and settings for tests of trials. */
final class TrialFixtures {

  private TrialFixtures() {}

  static RunSettings settings(double timeoutFactor) {
    return new RunSettings(
        "run-test",
        "2026-11-21T00:00:00Z",
        List.of(),
        "",
        1,
        1,
        1,
        RunSettings.Order.BY_ATTEMPT,
        "docker",
        timeoutFactor,
        Duration.ofSeconds(3600),
        Optional.empty(),
        List.of(),
        2);
  }

  static Contender contender(String agent, ContenderLimits limits) {
    return new Contender(
        agent, agent, "1", Optional.empty(), Map.of(), Map.of(), limits, false, "digest-" + agent);
  }

  static Lineup lineup(Contender... contenders) {
    return new Lineup(
        "test", "test.yaml", List.of(contenders), Map.of(), false, false, Optional.empty());
  }

  /** A task whose limit alone matters. */
  static Task task(Optional<Duration> limit) {
    try {
      Path folder = Files.createTempDirectory("pacebench-task-");
      try {
        return new TaskFolder(folder, "limits")
            .agent(limit.map(d -> "timeout_sec = " + d.toMillis() / 1000.0).orElse(""))
            .tests("echo 0 > /logs/verifier/reward.txt")
            .read();
      } finally {
        FileTrees.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a Harbor task folder. */
  static final class TaskFolder {

    private final Path folder;
    private String agent = "timeout_sec = 60.0";
    private String verifier = "timeout_sec = 30.0";
    private String top = "";

    TaskFolder(Path parent, String name) throws IOException {
      folder = Files.createDirectories(parent.resolve(name));
      write("instruction.md", "Write 42 into /app/answer.txt.\n");
      write("environment/Dockerfile", "FROM pacebench/starter\nWORKDIR /app\n");
    }

    TaskFolder top(String toml) {
      top = toml;
      return this;
    }

    TaskFolder agent(String toml) {
      agent = toml;
      return this;
    }

    TaskFolder verifier(String toml) {
      verifier = toml;
      return this;
    }

    TaskFolder dockerfile(String text) throws IOException {
      return write("environment/Dockerfile", text);
    }

    TaskFolder tests(String script) throws IOException {
      return script("tests/test.sh", script);
    }

    TaskFolder solution(String script) throws IOException {
      return script("solution/solve.sh", script);
    }

    private TaskFolder script(String name, String script) throws IOException {
      write(name, "#!/bin/bash\n" + script + "\n");
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
      return this;
    }

    TaskFolder write(String name, String text) throws IOException {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    }

    Task read() throws IOException {
      write(
          "task.toml",
          "schema_version = \"1.4\"\n"
              + top
              + "\n[metadata]\ntools = [\"sh\"]\n[agent]\n"
              + agent
              + "\n[verifier]\n"
              + verifier
              + "\n[environment]\nnetwork_mode = \"no-network\"\ncpus = 1\nmemory_mb = 512\n");
      return new HarborFormat().read("test", folder).tasks().get(0);
    }
  }
}
