package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts events into the two files; for one thread.
 *
 * <p>A recording begins with a line that says its version and ends with one that counts its calls,
 * so that a torn one is known.
 */
final class RecordWriter implements AutoCloseable {

  static final int VERSION = 1;
  private static final int BUFFER = 1 << 16;

  /** What is known of an attempt under way. */
  private static final class Progress {
    private long bytes;
    private @Nullable String lacking;
  }

  private final OutputStream calls;
  private final @Nullable OutputStream recording;
  private final long origin;
  private final RecordLimits limits;
  private final UnaryOperator<String> filter;
  private final Map<AttemptId, Progress> open = new HashMap<>();
  private long bytes;
  private int ended;

  private RecordWriter(
      OutputStream calls,
      @Nullable OutputStream recording,
      long origin,
      RecordLimits limits,
      UnaryOperator<String> filter) {
    this.calls = calls;
    this.recording = recording;
    this.origin = origin;
    this.limits = limits;
    this.filter = filter;
  }

  static RecordWriter open(
      Path folder,
      String name,
      long origin,
      boolean bodies,
      RecordLimits limits,
      UnaryOperator<String> filter)
      throws IOException {
    OutputStream calls = create(folder.resolve(CallFiles.CALLS));
    try {
      OutputStream recording = bodies ? create(folder.resolve(CallFiles.RECORDING)) : null;
      RecordWriter writer = new RecordWriter(calls, recording, origin, limits, filter);
      if (recording != null) {
        ObjectNode first = CallJson.MAPPER.createObjectNode();
        first.put("kind", "recording").put("version", VERSION).put("trial", filter.apply(name));
        line(recording, first);
      }
      return writer;
    } catch (IOException e) {
      calls.close();
      throw e;
    }
  }

  private static OutputStream create(Path file) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        BUFFER);
  }

  void write(RecordEvent event) throws IOException {
    if (event instanceof RecordEvent.Request request) {
      if (fits(request.key(), request.body().length)) {
        ObjectNode node = node("request", request.key(), request.nanos());
        Payload.write(node, request.body(), filter);
        said(node);
      }
    } else if (event instanceof RecordEvent.Head head) {
      if (fits(head.key(), 0)) {
        ObjectNode node = node("head", head.key(), head.nanos());
        node.put("status", head.status());
        ObjectNode headers = node.putObject("headers");
        head.headers()
            .forEach(
                (name, values) -> {
                  var list = headers.putArray(name);
                  values.forEach(value -> list.add(filter.apply(value)));
                });
        said(node);
      }
    } else if (event instanceof RecordEvent.Part part) {
      if (fits(part.key(), part.bytes().length)) {
        ObjectNode node = node("part", part.key(), part.nanos());
        node.put("frame", part.frame());
        Payload.write(node, part.bytes(), filter);
        said(node);
      }
    } else if (event instanceof RecordEvent.Ended end) {
      ended(end);
    }
  }

  private void ended(RecordEvent.Ended end) throws IOException {
    CallRecord call = end.call().since(origin);
    JsonNode json = CallJson.of(call, filter);
    line(calls, json);
    Progress progress = open.remove(end.key());
    if (recording == null) {
      return;
    }
    String lacking = progress == null ? null : progress.lacking;
    if (lacking == null && !end.whole()) {
      lacking = "the disk was too slow";
    }
    ObjectNode node = CallJson.MAPPER.createObjectNode();
    node.put("kind", "end").put("seq", call.seq()).put("attempt", call.attempt());
    node.put("complete", lacking == null);
    if (lacking != null) {
      node.put("lacking", lacking);
    }
    node.set("call", json);
    line(recording, node);
    ended++;
  }

  /** Counts bytes of an attempt; false once it is more than is kept. */
  private boolean fits(AttemptId key, long more) {
    Progress progress = open.computeIfAbsent(key, unused -> new Progress());
    if (progress.lacking != null) {
      return false;
    }
    if (progress.bytes + more > limits.perCall()) {
      progress.lacking = "it is larger than " + limits.perCall() + " bytes";
    } else if (bytes + more > limits.perTrial()) {
      progress.lacking = "the trial's calls are larger than " + limits.perTrial() + " bytes";
    }
    progress.bytes += more;
    bytes += progress.lacking == null ? more : 0;
    return progress.lacking == null;
  }

  private ObjectNode node(String kind, AttemptId key, long nanos) {
    ObjectNode node = CallJson.MAPPER.createObjectNode();
    return node.put("kind", kind)
        .put("seq", key.seq())
        .put("attempt", key.attempt())
        .put("ns", nanos - origin);
  }

  private void said(JsonNode node) throws IOException {
    if (recording != null) {
      line(recording, node);
    }
  }

  private static void line(OutputStream out, JsonNode node) throws IOException {
    out.write(CallJson.MAPPER.writeValueAsBytes(node));
    out.write('\n');
  }

  void flush() throws IOException {
    calls.flush();
    if (recording != null) {
      recording.flush();
    }
  }

  /** Says that the recording is whole. */
  void finish() throws IOException {
    if (recording != null) {
      ObjectNode last = CallJson.MAPPER.createObjectNode();
      line(recording, last.put("kind", "last").put("calls", ended));
    }
    flush();
  }

  @Override
  public void close() throws IOException {
    try (calls) {
      if (recording != null) {
        recording.close();
      }
    }
  }
}
