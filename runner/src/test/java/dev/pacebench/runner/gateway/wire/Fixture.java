package dev.pacebench.runner.gateway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A recorded answer, and ways of feeding it to a reader; instants are counts of bytes read. */
record Fixture(String name, Protocol protocol, Transport transport, byte[] bytes) {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

  private static final List<String> NAMES =
      List.of(
          "responses-tools.sse",
          "responses-incomplete.sse",
          "responses-unstreamed.sse",
          "responses-failed.sse",
          "responses-error.sse",
          "responses-socket.jsonl",
          "responses-socket-refused.jsonl",
          "responses-plain.json",
          "chat-tools.sse",
          "chat-reasoning.sse",
          "chat-error.sse",
          "chat-plain.json",
          "messages-tools.sse",
          "messages-error.sse",
          "messages-refusal.sse",
          "messages-plain.json",
          "gemini-tools.sse",
          "gemini-length.sse",
          "gemini-error.sse",
          "gemini-plain.json");

  static Fixture of(String name) {
    Protocol protocol =
        switch (name.substring(0, name.indexOf('-'))) {
          case "responses" -> Protocol.OPENAI_RESPONSES;
          case "chat" -> Protocol.OPENAI_CHAT;
          case "gemini" -> Protocol.GEMINI;
          default -> Protocol.ANTHROPIC_MESSAGES;
        };
    Transport transport =
        switch (name.substring(name.indexOf('.'))) {
          case ".sse" -> Transport.SSE;
          case ".jsonl" -> Transport.WEBSOCKET;
          default -> Transport.PLAIN;
        };
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no fixture " + name);
      }
      return new Fixture(name, protocol, transport, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Fixture> all() {
    return NAMES.stream().map(Fixture::of);
  }

  /** Those whose bytes come in parts of any size, unlike frames. */
  static Stream<Fixture> bodies() {
    return all().filter(fixture -> fixture.transport != Transport.WEBSOCKET);
  }

  Fixture with(byte[] other) {
    return new Fixture(name, protocol, transport, other);
  }

  Fixture replaced(String part, String other) {
    return with(text().replace(part, other).getBytes(UTF_8));
  }

  Fixture cut(int length) {
    return with(java.util.Arrays.copyOf(bytes, length));
  }

  String text() {
    return new String(bytes, UTF_8);
  }

  CallReader reader() {
    CallReader reader = AnswerReaders.of(protocol, transport, transport != Transport.PLAIN, CLOCK);
    String type = transport == Transport.SSE ? "text/event-stream" : "application/json";
    reader.head(
        transport == Transport.WEBSOCKET ? 101 : 200, Map.of("content-type", List.of(type)), 0);
    return reader;
  }

  /** Read in parts that end at the given places, or as frames. */
  Reading read(boolean clean, int... ends) {
    CallReader reader = reader();
    int from = 0;
    for (int end : transport == Transport.WEBSOCKET ? lineEnds() : ends) {
      if (transport == Transport.WEBSOCKET) {
        reader.frame(bytes, from, end - from, end);
      } else {
        reader.body(bytes, from, end - from, end);
      }
      from = end;
    }
    reader.end(clean, bytes.length + 1);
    return Reading.of(reader);
  }

  Reading readWhole() {
    return read(true, bytes.length);
  }

  Reading readByteByByte() {
    return read(true, Stream.iterate(1, n -> n + 1).limit(bytes.length).mapToInt(n -> n).toArray());
  }

  boolean endsLine(int length) {
    return length == 0 || bytes[length - 1] == '\n';
  }

  private int[] lineEnds() {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || i == bytes.length - 1) {
        ends.add(i + 1);
      }
    }
    return ends.stream().mapToInt(n -> n).toArray();
  }

  /** Count of bytes after which the event that holds the n-th use of some words is complete. */
  long endOfEvent(String words, int use) {
    String text = text();
    int at = -1;
    for (int i = 0; i < use; i++) {
      at = text.indexOf(words, at + 1);
      if (at < 0) {
        throw new IllegalArgumentException("not in " + name + ": " + words);
      }
    }
    String separator = transport == Transport.SSE ? "\n\n" : "\n";
    String upTo = text.substring(0, text.indexOf(separator, at) + separator.length());
    return upTo.getBytes(UTF_8).length;
  }

  @Override
  public String toString() {
    return name;
  }
}
