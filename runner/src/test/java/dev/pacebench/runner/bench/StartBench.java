package dev.pacebench.runner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long the shortest command of the distribution takes, with the class-data archive and without.
 *
 * <p>The launcher of the checkout also looks whether sources are newer, which takes 8 ms more.
 */
final class StartBench {

  private StartBench() {}

  static void run(int rounds, List<Result> results) throws Exception {
    String launcher = distribution().resolve("bin/pacebench").toString();
    String javaHome = System.getProperty("java.home");
    // The JDK's own archive in place of ours: what everybody has without doing anything.
    Path own = Path.of(javaHome, "lib", "server", "classes.jsa");
    Map<String, String> without = Map.of("PACEBENCH_JAVA_OPTS", "-XX:SharedArchiveFile=" + own);
    version(launcher, Map.of());
    version(launcher, without);
    Samples with = new Samples();
    Samples plain = new Samples();
    for (int i = 0; i < rounds; i++) {
      with.time(() -> version(launcher, Map.of()));
      plain.time(() -> version(launcher, without));
    }
    results.add(Result.note("spine", "pacebench --version, with the archive", with.median(), "ms"));
    results.add(Result.note("spine", "pacebench --version, without", plain.median(), "ms"));
    results.add(
        Result.note("spine", "noise of the start-up times (IQR/median)", plain.noise(), ""));
    results.add(
        Result.atMost(
            "spine",
            "start-up with the archive / without",
            with.median() / plain.median(),
            "ratio",
            0.65));
  }

  private static Path distribution() throws IOException {
    try (Stream<Path> built = Files.list(BenchMain.root().resolve("runner/target"))) {
      return built
          .filter(folder -> Files.isDirectory(folder.resolve("bin")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("build the distribution first"));
    }
  }

  private static void version(String launcher, Map<String, String> env) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launcher, "--version");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(env);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("pacebench --version ended with " + code);
    }
  }
}
