package dev.pacebench.runner.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.runner.home.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * An agent's command-line program at one version, as npm delivers it.
 *
 * <p>Kept between runs under a name with the version; it appears there by a rename, whole or not at
 * all.
 */
enum AgentCliProgram {
  CODEX("@openai/codex", "0.169.0", Optional.empty(), "codex"),
  CLAUDE_CODE(
      "@anthropic-ai/claude-code",
      "2.1.197",
      Optional.of("node_modules/@anthropic-ai/claude-code/install.cjs"),
      "claude.exe"),
  OPENCODE(
      "opencode-ai",
      "1.18.33",
      Optional.of("node_modules/opencode-ai/postinstall.mjs"),
      "opencode.exe");

  /** Smaller files of the same name are scripts that start the program. */
  private static final long SMALLEST = 20 << 20;

  private static final long PATIENCE_SECONDS = 180;

  private final String packageName;
  private final String version;

  /** Puts the program for this machine in its place; npm leaves it to the user to run it. */
  private final Optional<String> afterwards;

  private final String fileName;

  AgentCliProgram(
      String packageName, String version, Optional<String> afterwards, String fileName) {
    this.packageName = packageName;
    this.version = version;
    this.afterwards = afterwards;
    this.fileName = fileName;
  }

  /** The program itself; the test is aborted when it cannot be had. */
  Path file() throws IOException, InterruptedException {
    Path all = Path.of(System.getProperty("java.io.tmpdir"), "pacebench-test-agents");
    Path kept = all.resolve(packageName.replace("@", "").replace('/', '-') + "-" + version);
    if (!Files.isDirectory(kept)) {
      install(all, kept);
    }
    try (Stream<Path> files = Files.walk(kept)) {
      return files
          .filter(file -> file.endsWith(fileName) && size(file) > SMALLEST)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(kept + ": no " + fileName + " in it"));
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void install(Path all, Path kept) throws IOException, InterruptedException {
    Path made = Files.createTempDirectory(Files.createDirectories(all), ".making-");
    try {
      String wanted = packageName + "@" + version;
      run(
          made,
          List.of(
              "npm",
              "install",
              "--ignore-scripts",
              "--no-audit",
              "--no-fund",
              "--prefix",
              made.toString(),
              wanted));
      if (afterwards.isPresent()) {
        run(made, List.of("node", made.resolve(afterwards.get()).toString()));
      }
      if (!Files.isDirectory(kept)) {
        Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      FileTrees.delete(made);
    }
  }

  private void run(Path folder, List<String> command) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      Assumptions.abort(command.get(0) + " cannot be started: " + e.getMessage());
      return;
    }
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        String why = ended ? "exit code " + process.exitValue() : "no end within its time";
        Assumptions.abort(
            command.get(0) + " did not get " + packageName + ": " + why + "\n" + text(said));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
