package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.Protocol;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a model said in one answer, as far as it came.
 *
 * @param calls of tools, whole ones only
 */
record SpokenAnswer(String text, String reasoning, List<Call> calls) {

  static final SpokenAnswer NOTHING = new SpokenAnswer("", "", List.of());

  /** A tool that the model wants run; arguments as it wrote them. */
  record Call(String id, String name, String arguments) {}

  /** Puts an answer together. */
  interface Reading {

    /** An event of a stream. */
    void event(JsonNode event);

    /** An answer in one piece. */
    void document(JsonNode document);

    SpokenAnswer answer();
  }

  SpokenAnswer {
    calls = List.copyOf(calls);
  }

  /** The id of a call that came without one, by its place among all calls of a conversation. */
  static String place(int place) {
    return "call-" + (place + 1);
  }

  /**
   * The same with an id for each call that came without.
   *
   * @param before calls that the conversation had before
   */
  SpokenAnswer placed(int before) {
    if (calls.stream().noneMatch(call -> call.id().isEmpty())) {
      return this;
    }
    List<Call> placed = new ArrayList<>();
    for (Call call : calls) {
      placed.add(
          call.id().isEmpty()
              ? new Call(place(before + placed.size()), call.name(), call.arguments())
              : call);
    }
    return new SpokenAnswer(text, reasoning, placed);
  }

  boolean isNothing() {
    return text.isBlank() && reasoning.isBlank() && calls.isEmpty();
  }

  /** Reads an attempt's answer. */
  static SpokenAnswer of(RecordedAttempt attempt) {
    Reading reading = reading(attempt.call().protocol());
    boolean whole = attempt.answered();
    boolean responses = attempt.call().protocol() == Protocol.OPENAI_RESPONSES;
    if (attempt.frames()) {
      for (byte[] frame : attempt.parts()) {
        if (!(whole && responses && Events.isPiece(frame, 0, frame.length))) {
          Json.read(frame).ifPresent(reading::event);
        }
      }
      return reading.answer();
    }
    Events events = Events.of(attempt.parts());
    if (events.isDocument()) {
      events.document().ifPresent(reading::document);
    } else {
      // Whole items repeat what came in pieces, and most of a stream is pieces.
      events.forEach(whole && responses, reading::event);
    }
    return reading.answer();
  }

  private static Reading reading(Protocol protocol) {
    return switch (protocol) {
      case OPENAI_RESPONSES -> new ResponsesReading();
      case OPENAI_CHAT -> new ChatReading();
      case ANTHROPIC_MESSAGES -> new MessagesReading();
      case GEMINI -> new GeminiReading();
    };
  }
}
