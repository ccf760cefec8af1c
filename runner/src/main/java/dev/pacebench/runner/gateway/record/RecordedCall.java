package dev.pacebench.runner.gateway.record;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a recording.
 *
 * <p>Holds where its bytes lie, not the bytes, so that long trials can be played by several slots.
 *
 * @param number place in the recording, from 1, by the instant of the request
 * @param call what was measured of it, times from the recording's origin
 * @param sent instant of the request
 * @param request where its body lies; absent when an upgrade was refused before any
 * @param head status and headers of the answer; absent when none came
 * @param parts of the answer in their order
 */
record RecordedCall(
    int number,
    CallRecord call,
    long sent,
    Optional<Slice> request,
    Optional<Head> head,
    List<Part> parts,
    Path file) {

  /** A line of the recording. */
  record Slice(long offset, int length) {}

  /** Status and headers. */
  record Head(int status, Map<String, List<String>> headers, long nanos) {
    Head {
      headers = Map.copyOf(headers);
    }
  }

  /** A part of an answer. */
  record Part(Slice slice, long nanos) {}

  RecordedCall {
    requireNonNull(call, "call is null");
    parts = List.copyOf(parts);
  }

  RecordedCall numbered(int place) {
    return new RecordedCall(place, call, sent, request, head, parts, file);
  }

  /** When the request had been handed over whole. */
  long handedOver() {
    Long handed = call.times().sent();
    return handed == null ? sent : Math.max(sent, handed);
  }

  /** The request's bytes. */
  byte[] requestBytes() throws IOException {
    if (request.isEmpty()) {
      return new byte[0];
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return bytes(in, request.get());
    }
  }

  /** The answer's parts. */
  List<byte[]> answerBytes() throws IOException {
    List<byte[]> bytes = new ArrayList<>(parts.size());
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      for (Part part : parts) {
        bytes.add(bytes(in, part.slice()));
      }
    }
    return bytes;
  }

  private byte[] bytes(RandomAccessFile in, Slice slice) throws IOException {
    byte[] line = new byte[slice.length()];
    in.seek(slice.offset());
    in.readFully(line);
    byte @Nullable [] bytes = Payload.read(CallJson.MAPPER.readTree(line));
    if (bytes == null) {
      throw new IOException(file + " was changed while it was played");
    }
    return bytes;
  }
}
