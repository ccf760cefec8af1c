package dev.pacebench.runner.verify.swe;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs one command whose output is parsed, and keeps all of it in a file.
 *
 * @param result how it ended
 * @param output all that it printed, both streams in the order in which they came
 * @param tooLong whether it printed more than can be kept
 */
record TestRun(CommandResult result, String output, boolean tooLong) {

  static final long MAX_BYTES = 64L << 20;

  static TestRun run(Sandbox sandbox, Command command, Path log)
      throws InterruptedException, IOException {
    boolean tooLong;
    CommandResult result;
    try (Kept kept = new Kept(Files.newOutputStream(log))) {
      Command joined =
          new Command(
              "exec 2>&1\n" + command.script(),
              command.env(),
              command.workdir(),
              command.user(),
              command.timeout(),
              0);
      result = sandbox.run(joined, (stream, bytes) -> kept.write(bytes));
      tooLong = kept.left < 0;
    }
    return new TestRun(
        result, new String(Files.readAllBytes(log), StandardCharsets.UTF_8), tooLong);
  }

  double seconds() {
    return result.elapsed().toNanos() / 1e9;
  }

  private static final class Kept implements AutoCloseable {

    private final OutputStream file;
    private volatile long left = MAX_BYTES;

    Kept(OutputStream file) {
      this.file = file;
    }

    synchronized void write(byte[] bytes) {
      if (left < 0) {
        return;
      }
      try {
        file.write(bytes, 0, (int) Math.min(bytes.length, left));
      } catch (IOException e) {
        throw new UncheckedIOException("the tests' output cannot be kept", e);
      }
      left -= bytes.length;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
