package dev.pacebench.runner.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a JVM of its own, so that it can be killed. */
final class Pacebench {

  private static final Path ROOT =
      Path.of(System.getProperty("pacebench.root", "..")).toAbsolutePath().normalize();

  private final Path home;
  private final Path logs;

  Pacebench(Path folder) throws IOException {
    home = folder.resolve("home");
    logs = Files.createDirectories(folder.resolve("logs"));
  }

  Path home() {
    return home;
  }

  /** A command under way. */
  record Started(Process process, Path out, Path err) {

    /** Waits for the end and returns the exit code. */
    int await(long seconds) throws InterruptedException, IOException {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("did not end within " + seconds + " s:\n" + text());
      }
      return process.exitValue();
    }

    String text() throws IOException {
      return Files.readString(out) + Files.readString(err);
    }
  }

  Started start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  /** Starts a command with variables beside those of this process. */
  Started start(Map<String, String> env, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dpacebench.lib=" + libFolder());
    // Short lives: what starts soonest, and classes that the compiler here has just made are sound.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UnlockDiagnosticVMOptions");
    command.add("-XX:-BytecodeVerificationRemote");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.pacebench.runner.cli.Main");
    command.add("--home");
    command.add(home.toString());
    command.addAll(List.of(args));
    Path out = Files.createTempFile(logs, "out-", ".txt");
    Path err = Files.createTempFile(logs, "err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(env);
    return new Started(builder.start(), out, err);
  }

  /** Runs a command that must end with the given code, and returns its standard output. */
  String require(int code, String... args) throws IOException, InterruptedException {
    Started started = start(args);
    int actual = started.await(300);
    if (actual != code) {
      throw new IllegalStateException(
          String.join(" ", args) + " ended with " + actual + ":\n" + started.text());
    }
    return Files.readString(started.out());
  }

  /** A lib folder of links to the data in the source tree. */
  private Path libFolder() throws IOException {
    Path lib = logs.resolveSibling("lib");
    if (!Files.exists(lib)) {
      Files.createDirectories(lib);
      Files.createSymbolicLink(lib.resolve("sets"), ROOT.resolve("task-sets/sets"));
      Files.createSymbolicLink(lib.resolve("images"), ROOT.resolve("sandboxes/images"));
      Files.createSymbolicLink(lib.resolve("lineups"), ROOT.resolve("runner/lineups"));
    }
    return lib;
  }
}
