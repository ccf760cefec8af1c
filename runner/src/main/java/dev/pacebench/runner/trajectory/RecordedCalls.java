package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.record.CallFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a trial's calls said, as far as it is there.
 *
 * <p>Unlike a replay, which needs all of a recording, this takes what it finds: broken lines, calls
 * without an end and calls that were not kept whole make it say less, never fail.
 */
final class RecordedCalls {

  private static final int LONGEST_LINE = 100 << 20;
  private static final long MOST_HELD = 96L << 20;
  private static final int MOST_CALLS = 20_000;

  /** What was read of an attempt that has not ended yet. */
  private static final class Open {
    private byte @Nullable [] request;
    private final List<byte[]> parts = new ArrayList<>();
    private boolean frames;
    private long bytes;
  }

  private final Consumer<RecordedAttempt> sink;
  private final Map<Long, Open> open = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private long held;
  private int calls;
  private int broken;
  private int incomplete;

  private RecordedCalls(Consumer<RecordedAttempt> sink) {
    this.sink = sink;
  }

  /**
   * Hands on every attempt in the order of their ends.
   *
   * @param folder of the calls
   * @return what is missing, in sentences
   */
  static List<String> read(Path folder, Consumer<RecordedAttempt> sink) {
    RecordedCalls reading = new RecordedCalls(sink);
    try {
      reading.recording(folder.resolve(CallFiles.RECORDING));
      if (reading.calls == 0) {
        reading.rows(folder.resolve(CallFiles.CALLS));
      }
    } catch (IOException e) {
      reading.notes.add("the calls cannot be read further: " + e.getMessage());
    }
    return reading.done();
  }

  private List<String> done() {
    if (broken > 0) {
      notes.add(broken + " lines of the recorded calls cannot be read");
    }
    if (incomplete > 0) {
      notes.add(incomplete + " calls were not recorded whole");
    }
    if (!open.isEmpty()) {
      notes.add(open.size() + " recorded calls have no end");
    }
    return notes;
  }

  private void recording(Path file) throws IOException {
    Optional<Lines> opened = Lines.open(file, LONGEST_LINE);
    if (opened.isEmpty()) {
      return;
    }
    try (Lines lines = opened.get()) {
      for (byte[] line = lines.next(); line != null && room(); line = lines.next()) {
        try {
          line(line);
        } catch (JacksonException | IllegalArgumentException e) {
          broken++;
        }
      }
      broken += lines.leftOut();
    }
  }

  /** Without a recording the rows alone tell when what was asked. */
  private void rows(Path file) throws IOException {
    Optional<Lines> opened = Lines.open(file, LONGEST_LINE);
    if (opened.isEmpty()) {
      return;
    }
    try (Lines lines = opened.get()) {
      for (byte[] line = lines.next(); line != null && room(); line = lines.next()) {
        Optional<CallRecord> call = Json.read(line).flatMap(CallFiles::call);
        if (call.isPresent()) {
          calls++;
          incomplete++;
          sink.accept(new RecordedAttempt(call.get(), Optional.empty(), List.of(), false));
        } else {
          broken++;
        }
      }
    }
  }

  private boolean room() {
    if (calls < MOST_CALLS) {
      return true;
    }
    notes.add("calls after the " + MOST_CALLS + "th are left out");
    return false;
  }

  /** Most lines are small parts, so no tree is made of them. */
  private void line(byte[] line) {
    String kind = "";
    long seq = 0;
    long attempt = 0;
    boolean frame = false;
    byte[] payload = null;
    try (JsonParser json = Json.MAPPER.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object");
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        switch (name) {
          case "kind" -> kind = json.getValueAsString("");
          case "seq" -> seq = json.getValueAsLong(0);
          case "attempt" -> attempt = json.getValueAsLong(0);
          case "frame" -> frame = json.getValueAsBoolean(false);
          case "text" -> payload = json.getValueAsString("").getBytes(StandardCharsets.UTF_8);
          case "base64" -> payload = Base64.getDecoder().decode(json.getValueAsString(""));
          default -> json.skipChildren();
        }
      }
    }
    long key = seq << 20 | attempt;
    switch (kind) {
      case "request" -> request(key, payload);
      case "part" -> part(key, payload, frame);
      case "end" -> Json.read(line).ifPresentOrElse(json -> end(key, json), () -> broken++);
      default -> {}
    }
  }

  private void request(long key, byte @Nullable [] body) {
    Open call = open.computeIfAbsent(key, unused -> new Open());
    // Later frames of a call on a WebSocket, such as one that cancels it, are no requests.
    if (call.request == null && body != null) {
      call.request = body;
      hold(call, body);
    }
  }

  private void part(long key, byte @Nullable [] bytes, boolean frame) {
    Open call = open.computeIfAbsent(key, unused -> new Open());
    if (bytes != null && held + bytes.length <= MOST_HELD) {
      call.parts.add(bytes);
      call.frames = frame;
      hold(call, bytes);
    }
  }

  private void hold(Open call, byte[] bytes) {
    call.bytes += bytes.length;
    held += bytes.length;
  }

  private void end(long key, JsonNode json) {
    Open said = open.remove(key);
    Optional<CallRecord> call = CallFiles.call(json.path("call"));
    if (call.isEmpty()) {
      broken++;
      return;
    }
    calls++;
    incomplete += json.path("complete").asBoolean(false) ? 0 : 1;
    if (said == null) {
      sink.accept(new RecordedAttempt(call.get(), Optional.empty(), List.of(), false));
      return;
    }
    held -= said.bytes;
    Optional<JsonNode> request = said.request == null ? Optional.empty() : Json.read(said.request);
    sink.accept(new RecordedAttempt(call.get(), request, said.parts, said.frames));
  }
}
