package dev.pacebench.runner.agent.program;

import dev.pacebench.runner.agent.LimitedLog;
import dev.pacebench.runner.agent.manifest.Output;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.proxy.SecretFilter;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.OutputListener;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a program's output into the evidence as it comes, and tells from it what the program does.
 *
 * <p>The trial's token is covered, wherever the output is split. Nothing is ever waited for, and
 * what is kept is limited; after {@link #close} everything is ignored.
 */
final class ProgramOutput implements OutputListener, AutoCloseable {

  static final String STDOUT = "stdout.txt";
  static final String STDERR = "stderr.txt";
  static final String EVENTS = "events.jsonl";

  private final OutputStream[] files = new OutputStream[Stream.values().length];
  private final LimitedLog[] logs = new LimitedLog[files.length];
  private final SecretFilter[] filters = new SecretFilter[files.length];
  private final LastWords[] words = {new LastWords(), new LastWords()};
  private final ProgramEvents events;
  private boolean closed;

  /**
   * @param folder of the evidence
   * @param token that must not be written down; may be empty
   */
  ProgramOutput(
      Path folder, Output rules, Consumer<TrialState> states, String token, Ticker ticker) {
    List<Key> secrets = token.isEmpty() ? List.of() : List.of(new Key(token));
    try {
      Files.createDirectories(folder);
      for (Stream stream : Stream.values()) {
        String name = stream == Stream.STDOUT ? STDOUT : STDERR;
        files[stream.ordinal()] = open(folder.resolve(name));
        logs[stream.ordinal()] = new LimitedLog(files[stream.ordinal()]);
        filters[stream.ordinal()] = new SecretFilter(secrets);
      }
      events = new ProgramEvents(open(folder.resolve(EVENTS)), rules, states, ticker);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** Not by a channel: the interruption at the deadline would close it before the last line. */
  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(new FileOutputStream(file.toFile()));
  }

  @Override
  public synchronized void onOutput(Stream stream, byte[] bytes) {
    if (!closed) {
      take(stream, filters[stream.ordinal()].pass(bytes));
    }
  }

  private void take(Stream stream, byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    logs[stream.ordinal()].write(bytes);
    words[stream.ordinal()].add(bytes);
    if (stream == Stream.STDOUT) {
      events.add(bytes);
    }
  }

  /** No more will come. */
  synchronized void end() {
    if (closed) {
      return;
    }
    for (Stream stream : Stream.values()) {
      take(stream, filters[stream.ordinal()].rest());
    }
    events.end();
  }

  /** Whether the last that the program said of its turn is that it failed. */
  synchronized boolean failed() {
    return events.failed();
  }

  /** The last line of its complaints, or of what it said else. */
  synchronized String lastWords() {
    String complaint = words[Stream.STDERR.ordinal()].line();
    return complaint.isEmpty() ? words[Stream.STDOUT.ordinal()].line() : complaint;
  }

  @Override
  public synchronized void close() {
    end();
    closed = true;
    try (OutputStream out = files[0];
        OutputStream err = files[1];
        ProgramEvents last = events) {
      logs[0].end();
      logs[1].end();
    } catch (IOException e) {
      throw new UncheckedIOException("the output of the agent cannot be written", e);
    }
  }
}
