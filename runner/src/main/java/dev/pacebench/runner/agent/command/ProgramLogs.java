package dev.pacebench.runner.agent.command;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.agent.LimitedLog;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a program writes, kept up to a limit in the evidence, and how it ended. */
final class ProgramLogs implements Closeable {

  private static final int TAIL = 4096;
  private static final int LONGEST_NOTE = 300;
  private static final int CANNOT_EXECUTE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNALS = 128;

  private final OutputStream outFile;
  private final OutputStream errFile;
  private final LimitedLog out;
  private final LimitedLog err;
  private byte[] tail = new byte[0];

  ProgramLogs(Path folder) throws IOException {
    Files.createDirectories(folder);
    outFile = Files.newOutputStream(folder.resolve("stdout.txt"));
    errFile = Files.newOutputStream(folder.resolve("stderr.txt"));
    out = new LimitedLog(outFile);
    err = new LimitedLog(errFile);
  }

  void stdout(byte[] bytes) {
    out.write(bytes);
  }

  synchronized void stderr(byte[] bytes) {
    err.write(bytes);
    int kept = Math.min(tail.length, TAIL);
    byte[] joined = Arrays.copyOf(tail, kept + bytes.length);
    System.arraycopy(tail, tail.length - kept, joined, 0, kept);
    System.arraycopy(bytes, 0, joined, kept, bytes.length);
    tail =
        joined.length <= TAIL
            ? joined
            : Arrays.copyOfRange(joined, joined.length - TAIL, joined.length);
  }

  private synchronized String lastLine() {
    String text = new String(tail, StandardCharsets.UTF_8).strip();
    String line = text.substring(text.lastIndexOf('\n') + 1).strip();
    return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE) + "...";
  }

  /** What an exit code means for the trial. */
  AgentEnd end(int code) {
    if (code == 0) {
      return AgentEnd.finished();
    }
    String last = lastLine();
    String why = last.isEmpty() ? "" : ": " + last;
    if (code == CANNOT_EXECUTE || code == NOT_FOUND) {
      return crashed("the agent's program could not be started (exit code " + code + ")" + why);
    }
    return code > SIGNALS
        ? crashed("the agent's program was ended by signal " + (code - SIGNALS) + why)
        : crashed("the agent's program ended with exit code " + code + why);
  }

  static AgentEnd crashed(String note) {
    return new AgentEnd(Ended.CRASHED, note);
  }

  @Override
  public void close() throws IOException {
    try (outFile;
        errFile) {
      out.end();
      err.end();
    }
  }
}
