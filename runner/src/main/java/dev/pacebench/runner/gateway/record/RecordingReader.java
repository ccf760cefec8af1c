package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.record.RecordedCall.Head;
import dev.pacebench.runner.gateway.record.RecordedCall.Part;
import dev.pacebench.runner.gateway.record.RecordedCall.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks a recording line by line and notes where what lies. */
final class RecordingReader {

  /** A recorded body may need six bytes for one in JSON. */
  private static final int LONGEST_LINE = 100 << 20;

  private static final int MOST_PARTS = 10_000_000;

  /** What was read of an attempt that has not ended yet. */
  private static final class Open {
    private @Nullable Slice request;
    private long sent;
    private @Nullable Head head;
    private final List<Part> parts = new ArrayList<>();
  }

  private final Path file;
  private final JsonLines lines;
  private final Map<AttemptId, Open> open = new HashMap<>();
  private final List<RecordedCall> calls = new ArrayList<>();
  private int ended;
  private int parts;
  private boolean last;

  private RecordingReader(Path file, JsonLines lines) {
    this.file = file;
    this.lines = lines;
  }

  static Recording read(Path file) {
    try (JsonLines lines = JsonLines.open(file, LONGEST_LINE)) {
      return new RecordingReader(file, lines).read();
    } catch (IOException e) {
      throw CallFiles.unreadable(file, e);
    }
  }

  private Recording read() throws IOException {
    JsonLines.Line first = lines.next();
    if (first == null) {
      throw lines.brokenEnd("is empty");
    }
    if (!word(first.json(), "kind").equals("recording")) {
      throw lines.broken("does not begin a recording");
    }
    if (number(first.json(), "version") != RecordWriter.VERSION) {
      throw new UserError(
          file.toString(),
          "is a recording of version "
              + number(first.json(), "version")
              + ", and this Pacebench reads "
              + RecordWriter.VERSION,
          "use the Pacebench that made it, or record the trial again");
    }
    for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (last) {
        throw lines.broken("comes after the end of the recording");
      }
      take(line);
    }
    if (!last) {
      throw lines.brokenEnd("is missing: the recording has no end");
    }
    return new Recording(word(first.json(), "trial"), file, inOrder());
  }

  private List<RecordedCall> inOrder() {
    calls.sort(
        Comparator.comparingLong(RecordedCall::sent)
            .thenComparingInt(call -> call.call().seq())
            .thenComparingInt(call -> call.call().attempt()));
    List<RecordedCall> numbered = new ArrayList<>(calls.size());
    calls.forEach(call -> numbered.add(call.numbered(numbered.size() + 1)));
    return numbered;
  }

  private void take(JsonLines.Line line) {
    JsonNode json = line.json();
    Slice slice = new Slice(line.offset(), line.length());
    switch (word(json, "kind")) {
      case "request" -> {
        Open call = under(json);
        payload(json);
        // Later frames of a WebSocket call, such as one that cancels it, do not name it.
        if (call.request == null) {
          call.request = slice;
          call.sent = number(json, "ns");
        }
      }
      case "head" -> under(json).head = head(json);
      case "part" -> {
        payload(json);
        if (++parts > MOST_PARTS) {
          throw lines.broken("is one part too many; " + MOST_PARTS + " can be played");
        }
        under(json).parts.add(new Part(slice, number(json, "ns")));
      }
      case "end" -> end(json);
      case "last" -> {
        if (number(json, "calls") != ended || !open.isEmpty()) {
          throw lines.broken("counts other calls than there are: lines are missing");
        }
        last = true;
      }
      default -> throw lines.broken("is of no known kind");
    }
  }

  private void end(JsonNode json) {
    AttemptId key = key(json);
    Open said = open.remove(key);
    ended++;
    if (!json.path("complete").asBoolean(false)) {
      throw lines.broken(
          "ends call "
              + key.seq()
              + ", which was not kept whole: "
              + json.path("lacking").asString("no reason is given"));
    }
    CallRecord call = call(json.path("call"));
    if (call.seq() != key.seq() || call.attempt() != key.attempt()) {
      throw lines.broken("ends another call than it describes");
    }
    // What never left the gateway, such as a call above a limit, is not the provider's to answer.
    if (said != null && (said.request != null || said.head != null)) {
      long sent = said.request == null && said.head != null ? said.head.nanos() : said.sent;
      calls.add(
          new RecordedCall(
              1,
              call,
              sent,
              Optional.ofNullable(said.request),
              Optional.ofNullable(said.head),
              said.parts,
              file));
    }
  }

  private Open under(JsonNode json) {
    return open.computeIfAbsent(key(json), unused -> new Open());
  }

  private AttemptId key(JsonNode json) {
    return new AttemptId((int) number(json, "seq"), (int) number(json, "attempt"));
  }

  private Head head(JsonNode json) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    json.path("headers")
        .properties()
        .forEach(
            entry -> {
              List<String> values = new ArrayList<>();
              entry.getValue().forEach(value -> values.add(value.asString("")));
              headers.put(entry.getKey(), values);
            });
    return new Head((int) number(json, "status"), headers, number(json, "ns"));
  }

  private void payload(JsonNode json) {
    if (Payload.read(json) == null) {
      throw lines.broken("has neither text nor valid Base64");
    }
  }

  private CallRecord call(JsonNode json) {
    try {
      return CallJson.call(json);
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw lines.broken("describes no call: " + JsonLines.shortened(e));
    }
  }

  private String word(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isString()) {
      throw lines.broken("has no `" + name + "`");
    }
    return value.stringValue();
  }

  private long number(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw lines.broken("has no number `" + name + "`");
    }
    return value.longValue();
  }
}
