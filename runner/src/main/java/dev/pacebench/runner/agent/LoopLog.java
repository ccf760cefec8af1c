package dev.pacebench.runner.agent;

import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.model.Turn;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one line a step: what the model said, what was run, what came back, and when. */
final class LoopLog implements AutoCloseable {

  static final String FILE = "loop.jsonl";

  private static final JsonMapper JSON = new JsonMapper();

  private final BufferedOutputStream out;
  private final LimitedLog limited;
  private final Ticker ticker;
  private final long start;
  private ObjectNode line;

  LoopLog(Path folder, Ticker ticker) {
    this.ticker = ticker;
    this.start = ticker.nanos();
    this.line = JSON.createObjectNode();
    try {
      // Not by a channel: the interruption at the deadline would close it before the last line.
      Path file = Files.createDirectories(folder).resolve(FILE);
      this.out = new BufferedOutputStream(new FileOutputStream(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve(FILE), e);
    }
    this.limited = new LimitedLog(out);
  }

  /** A model is asked. */
  void asked(int step) {
    line = JSON.createObjectNode().put("step", step).put("asked_ms", millis());
  }

  /** It answered. */
  void answered(Turn turn) {
    line.put("answered_ms", millis())
        .put("stop", turn.stop().name().toLowerCase(java.util.Locale.ROOT))
        .put("reasoning", turn.reasoning())
        .put("text", turn.text());
    line.putObject("usage")
        .put("input", turn.usage().input())
        .put("cached", turn.usage().cached())
        .put("output", turn.usage().output())
        .put("reasoning", turn.usage().reasoning());
  }

  /** A call of it was answered, with what it was told. */
  void called(String name, String arguments, double ranMillis, String shown) {
    ArrayNode calls =
        line.path("calls") instanceof ArrayNode there ? there : line.putArray("calls");
    calls
        .addObject()
        .put("tool", name)
        .put("arguments", arguments)
        .put("took_ms", ranMillis)
        .put("result", shown);
  }

  /** Something else worth knowing of the step. */
  void note(String text) {
    ArrayNode notes =
        line.path("notes") instanceof ArrayNode there ? there : line.putArray("notes");
    notes.add(text);
  }

  /** New instructions came before the answer was complete. */
  void cutOff(String said) {
    line.put("cut_off_ms", millis()).put("text", said);
  }

  /**
   * New instructions are told to the model, or never came; a line of its own.
   *
   * @param number from 1
   * @param nanos when it came; null when it never did
   */
  void interruption(int number, @Nullable Long nanos, String instruction) {
    endStep();
    line.put("interruption", number).put("arrived", nanos != null);
    if (nanos != null) {
      line.put("came_ms", millis(nanos)).put("instruction", instruction);
    }
    endStep();
  }

  /** The step is over. */
  void endStep() {
    if (line.isEmpty()) {
      return;
    }
    line.put("ended_ms", millis());
    limited.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    line = JSON.createObjectNode();
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    endStep();
    try (BufferedOutputStream closing = out) {
      limited.end();
      closing.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double millis() {
    return millis(ticker.nanos());
  }

  private double millis(long nanos) {
    return Math.round((nanos - start) / 1e3) / 1e3;
  }
}
