package dev.pacebench.runner.gateway.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * Runs the program that prints a key: 20 s at most, its output bounded, nothing to read from.
 *
 * <p>What it says on stderr is dropped, since it may repeat the key.
 */
final class KeyCommand {

  /**
   * What came of it.
   *
   * @param problem what went wrong, as the end of a sentence
   */
  record Result(String output, Optional<String> problem) {
    static Result failed(String problem) {
      return new Result("", Optional.of(problem));
    }

    @Override
    public String toString() {
      return "Result[" + problem.orElse("fine") + "]";
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** How long a child of it may hold the output open after its end. */
  private static final Duration AFTER_END = Duration.ofSeconds(1);

  private KeyCommand() {}

  static Result run(List<String> words, Map<String, String> environment, int mostBytes) {
    return run(words, environment, mostBytes, LIMIT);
  }

  static Result run(
      List<String> words, Map<String, String> environment, int mostBytes, Duration limit) {
    CommandLine line = new CommandLine(words.get(0));
    words.subList(1, words.size()).forEach(word -> line.addArgument(word, false));
    Bounded out = new Bounded(mostBytes);
    PumpStreamHandler streams = new PumpStreamHandler(out, OutputStream.nullOutputStream());
    streams.setStopTimeout(AFTER_END);
    ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(limit).get();
    DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(streams).get();
    executor.setExitValues(null);
    executor.setWatchdog(watchdog);
    try {
      int exit = executor.execute(line, environment);
      if (watchdog.killedProcess()) {
        return Result.failed("did not end within " + limit.toSeconds() + " s");
      }
      if (exit != 0) {
        return Result.failed("ended with exit code " + exit);
      }
    } catch (IOException e) {
      if (watchdog.killedProcess()) {
        return Result.failed("did not end within " + limit.toSeconds() + " s");
      }
      return Result.failed("could not be run, or left its output open");
    }
    return out.full
        ? Result.failed("prints more than " + mostBytes + " bytes")
        : new Result(out.text(), Optional.empty());
  }

  /** Takes everything, so that the program does not block, and keeps the beginning. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private volatile boolean full;

    private Bounded(int most) {
      this.most = most;
    }

    @Override
    public synchronized void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int fits = Math.min(length, most - kept.size());
      kept.write(bytes, offset, fits);
      full |= fits < length;
    }

    private synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
