package dev.pacebench.runner.agent.command;

import dev.pacebench.runner.agent.LimitedLog;
import dev.pacebench.sandbox.CommandResult;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** The commands that a program on the host let run in the sandbox, a JSON line each. */
final class CommandsLog implements Closeable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final long start = System.nanoTime();
  private final OutputStream file;
  private final LimitedLog log;
  private boolean closed;

  CommandsLog(Path folder) throws IOException {
    Files.createDirectories(folder);
    file = Files.newOutputStream(folder.resolve("commands.jsonl"));
    log = new LimitedLog(file);
  }

  /** Adds a command that has ended. */
  synchronized void add(
      String command, long began, CommandResult result, long outBytes, long errBytes) {
    if (closed) {
      return;
    }
    String line =
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("command", command)
                .put("started_ms", millis(began - start))
                .put("took_ms", millis(result.elapsed().toNanos()))
                .put("end", result.end().name().toLowerCase(Locale.ROOT))
                .put("exit_code", result.exitCode())
                .put("stdout_bytes", outBytes)
                .put("stderr_bytes", errBytes));
    log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try (file) {
      log.end();
    }
  }
}
