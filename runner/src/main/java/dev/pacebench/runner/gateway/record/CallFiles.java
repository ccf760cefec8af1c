package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.CallRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where a trial's calls lie beside its other evidence, and how they are read again. */
public final class CallFiles {

  /** Folder of a try's evidence. */
  public static final String FOLDER = "model-calls";

  /** One {@link CallRecord} a line, in the order of their ends. */
  public static final String CALLS = "calls.jsonl";

  /** What was said in the calls, for playing them back. */
  public static final String RECORDING = "recording.jsonl";

  private static final int LONGEST_CALL = 1 << 20;
  private static final int MOST_CALLS = 200_000;

  private CallFiles() {}

  /**
   * Attempts of a trial, times in nanoseconds from the origin that the recorder was given.
   *
   * @param folder that holds {@link #CALLS}
   * @throws UserError naming file and line when something else than calls is in it
   */
  public static List<CallRecord> read(Path folder) {
    Path file = folder.resolve(CALLS);
    List<CallRecord> calls = new ArrayList<>();
    try (JsonLines lines = JsonLines.open(file, LONGEST_CALL)) {
      for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
        if (calls.size() == MOST_CALLS) {
          throw lines.broken("has more than " + MOST_CALLS + " calls");
        }
        calls.add(call(lines, line));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return List.copyOf(calls);
  }

  /** An attempt as a line of either file tells it; empty when it tells of none. */
  public static Optional<CallRecord> call(JsonNode json) {
    try {
      return Optional.of(CallJson.call(json));
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static CallRecord call(JsonLines lines, JsonLines.Line line) {
    try {
      return CallJson.call(line.json());
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw lines.broken("is no call: " + JsonLines.shortened(e));
    }
  }

  static InfrastructureError unreadable(Path file, IOException e) {
    return new InfrastructureError(
        file + " cannot be read: " + e, "check that it is there and may be read", e);
  }
}
