package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/** Builds with the {@code docker buildx} plugin what the classic builder cannot. */
final class Buildx {

  private static final Duration QUICK = Duration.ofSeconds(20);

  private final Optional<String> host;
  private final String program;
  private volatile Optional<Boolean> present = Optional.empty();

  Buildx(Optional<String> host) {
    this(host, "docker");
  }

  Buildx(Optional<String> host, String program) {
    this.host = host;
    this.program = program;
  }

  boolean isPresent() {
    Optional<Boolean> known = present;
    if (known.isEmpty()) {
      known = Optional.of(works());
      present = known;
    }
    return known.get();
  }

  private boolean works() {
    CommandLine line = new CommandLine(program).addArgument("buildx").addArgument("version");
    try {
      return run(line, QUICK, OutputStream.nullOutputStream()) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Builds.
   *
   * @param root of the context, or a copy of it without what is hidden
   */
  void build(
      DockerfileCheck.Checked checked,
      Path root,
      String tag,
      String digest,
      Duration timeout,
      BuildLog log) {
    CommandLine line =
        new CommandLine(program)
            .addArgument("buildx")
            .addArgument("build")
            .addArgument("--load")
            .addArgument("--progress=plain")
            .addArgument("--label")
            .addArgument(Labels.IMAGE + "=" + digest, false)
            .addArgument("--tag")
            .addArgument(tag, false)
            .addArgument("--file")
            .addArgument(root.resolve(checked.context().dockerfileName()).toString(), false)
            .addArgument(root.toString(), false);
    int exit;
    try {
      exit = run(line, timeout, new LogStream(log));
    } catch (IOException e) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "docker buildx could not be started: " + Failures.rootMessage(e),
          "install the buildx plugin of Docker",
          e);
    }
    if (exit == TIMED_OUT) {
      throw ImageBuilder.tooSlow(checked, timeout, log);
    }
    if (exit != 0) {
      log.fail("docker buildx ended with exit code " + exit);
      throw ImageBuilder.failed(checked, log);
    }
  }

  private static final int TIMED_OUT = -1000;

  private int run(CommandLine line, Duration timeout, OutputStream out) throws IOException {
    ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(timeout).get();
    DefaultExecutor executor =
        DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(out)).get();
    executor.setExitValues(null);
    executor.setWatchdog(watchdog);
    Map<String, String> environment = new HashMap<>(System.getenv());
    host.ifPresent(each -> environment.put("DOCKER_HOST", each));
    int exit = executor.execute(line, environment);
    return watchdog.killedProcess() ? TIMED_OUT : exit;
  }

  private static final class LogStream extends OutputStream {
    private final BuildLog log;

    LogStream(BuildLog log) {
      this.log = log;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      log.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
  }
}
