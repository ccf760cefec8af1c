package dev.pacebench.runner.agent.program;

import dev.pacebench.runner.agent.LimitedLog;
import dev.pacebench.runner.agent.manifest.Output;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.timeline.TrialState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a program's output line by line, stamps its events at their arrival, and tells the timeline
 * when its tools run.
 *
 * <p>Several tools may run at once; time is theirs until the last has ended. Lines that are too
 * long, or come after too much, are let pass unread.
 */
final class ProgramEvents implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  /** Events with the whole of a large output in them are real; longer ones are not. */
  private static final int LONGEST_LINE = 4 << 20;

  /** Reading on could cost other trials their core. */
  private static final long MOST = 64L << 20;

  /** No program has more tools at work. */
  private static final int MOST_TOOLS = 1000;

  private final OutputStream out;
  private final LimitedLog log;
  private final Output rules;
  private final Consumer<TrialState> states;
  private final Ticker ticker;
  private final long start;
  private final Set<String> running = new HashSet<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;
  private int unnamed;
  private long read;
  private boolean failed;

  ProgramEvents(OutputStream out, Output rules, Consumer<TrialState> states, Ticker ticker) {
    this.out = out;
    this.log = new LimitedLog(out);
    this.rules = rules;
    this.states = states;
    this.ticker = ticker;
    this.start = ticker.nanos();
  }

  void add(byte[] bytes) {
    if (rules.format() != Output.Format.JSONL || read > MOST) {
      return;
    }
    long now = ticker.nanos();
    read += bytes.length;
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        take(now);
        from = i + 1;
      }
    }
    keep(bytes, from, bytes.length);
  }

  private void keep(byte[] bytes, int from, int to) {
    tooLong |= line.size() + (to - from) > LONGEST_LINE;
    if (!tooLong) {
      line.write(bytes, from, to - from);
    }
  }

  private void take(long now) {
    String text = tooLong ? "" : line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    tooLong = false;
    if (!text.startsWith("{")) {
      return;
    }
    JsonNode event;
    try {
      event = JSON.readTree(text);
    } catch (JacksonException e) {
      return;
    }
    String stamped =
        String.format(Locale.ROOT, "{\"ms\":%.3f,\"event\":%s}%n", (now - start) / 1e6, text);
    log.write(stamped.getBytes(StandardCharsets.UTF_8));
    tell(event);
  }

  private void tell(JsonNode event) {
    if (rules.failed(event)) {
      failed = true;
    } else if (rules.finished(event)) {
      failed = false;
    }
    List<String> ids = rules.toolIds(event);
    if (rules.startsTool(event)) {
      if (ids.isEmpty()) {
        unnamed++;
      } else if (running.size() < MOST_TOOLS) {
        running.addAll(ids);
      }
    }
    if (rules.endsTool(event)) {
      if (ids.isEmpty()) {
        unnamed = Math.max(0, unnamed - 1);
      } else {
        ids.forEach(running::remove);
      }
    }
    boolean tools = unnamed > 0 || !running.isEmpty();
    states.accept(tools ? TrialState.TOOL_EXEC : TrialState.CLIENT_OVERHEAD);
  }

  /** No more will come. */
  void end() {
    if (line.size() > 0) {
      take(ticker.nanos());
    }
  }

  /** Whether the last that was said of the turn is that it failed. */
  boolean failed() {
    return failed;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      log.end();
    }
  }
}
