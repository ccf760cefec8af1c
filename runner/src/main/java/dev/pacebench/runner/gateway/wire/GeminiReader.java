package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.CallEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Gemini's {@code generateContent}, whose streams are whole answers in parts, one after another.
 *
 * <p>No event says that it is the last. A reason to stop and a clean end of the body do, and older
 * models give a reason with every part; so nothing ends an answer before its body ends.
 */
final class GeminiReader extends ProtocolReader {

  private final UsageFields usage = new UsageFields();
  private final UsageFields reported = new UsageFields();
  private final ErrorFields error = new ErrorFields();
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String finish;
  private @Nullable String blocked;
  private boolean isAnswer;
  private boolean toolCall;
  private long reasoningChars;
  private long textChars;
  private long toolChars;

  private boolean finished;
  private long lastChunk;

  GeminiReader(AnswerState state) {
    super(state);
  }

  @Override
  void clear() {
    usage.clear();
    error.clear();
    id = model = finish = blocked = null;
    isAnswer = toolCall = false;
    reasoningChars = textChars = toolChars = 0;
  }

  @Override
  void readEvent(JsonParser json) {
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "candidates" -> readCandidates(json);
        case "usageMetadata" -> {
          isAnswer = true;
          usage.read(json);
        }
        case "promptFeedback" -> readFeedback(json);
        case "modelVersion" -> model = Json.text(json, Json.WORD);
        case "responseId" -> id = Json.text(json, Json.WORD);
        case "error" -> error.read(json);
        default -> json.skipChildren();
      }
    }
  }

  private void readFeedback(JsonParser json) {
    if (Json.object(json)) {
      isAnswer = true;
      for (String name = Json.field(json); name != null; name = Json.field(json)) {
        if (name.equals("blockReason")) {
          blocked = Json.text(json, Json.WORD);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private void readCandidates(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    isAnswer = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (Json.object(json)) {
        for (String name = Json.field(json); name != null; name = Json.field(json)) {
          switch (name) {
            case "content" -> readContent(json);
            case "finishReason" -> readFinish(json);
            default -> json.skipChildren();
          }
        }
      }
    }
  }

  private void readFinish(JsonParser json) {
    String word = Json.text(json, Json.WORD);
    // Of several candidates the one that was stopped tells more.
    if (word != null && !word.isEmpty() && (finish == null || end(finish) == CallEnd.COMPLETED)) {
      finish = word;
    }
  }

  private void readContent(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      if (name.equals("parts") && json.currentToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (Json.object(json)) {
            readPart(json);
          }
        }
      } else {
        json.skipChildren();
      }
    }
  }

  private void readPart(JsonParser json) {
    long characters = 0;
    boolean thought = false;
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      switch (name) {
        case "text" -> characters += Json.characters(json);
        case "thought" -> {
          thought = json.currentToken() == JsonToken.VALUE_TRUE;
          json.skipChildren();
        }
        case "functionCall" -> readCall(json);
        case "executableCode" -> characters += readCode(json);
        default -> json.skipChildren();
      }
    }
    if (thought) {
      reasoningChars += characters;
    } else {
      textChars += characters;
    }
  }

  private void readCall(JsonParser json) {
    if (!Json.object(json)) {
      return;
    }
    toolCall = true;
    for (String name = Json.field(json); name != null; name = Json.field(json)) {
      if (name.equals("args")) {
        toolChars += Json.lengthAsWritten(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private static long readCode(JsonParser json) {
    long characters = 0;
    if (Json.object(json)) {
      for (String name = Json.field(json); name != null; name = Json.field(json)) {
        characters += name.equals("code") ? Json.characters(json) : 0;
        json.skipChildren();
      }
    }
    return characters;
  }

  @Override
  void applyEvent(long nanos) {
    applyDocument(nanos);
  }

  @Override
  boolean endsAnswer() {
    return false;
  }

  @Override
  void readTail(byte[] tail) {
    inTail(tail, "usageMetadata", usage::read);
    inTail(tail, "modelVersion", json -> model = Json.text(json, Json.WORD));
  }

  @Override
  void readDocument(JsonParser json) {
    readEvent(json);
  }

  /** A document differs from a part of a stream in being the whole. */
  @Override
  boolean applyDocument(long nanos) {
    if (!error.present() && !isAnswer) {
      return false;
    }
    state.known();
    if (state.isEnded()) {
      return true;
    }
    applyServed();
    state.piece(Piece.REASONING, reasoningChars, nanos);
    state.piece(Piece.TEXT, textChars, nanos);
    if (toolCall) {
      state.toolCall(toolChars, nanos);
    }
    lastChunk = nanos;
    String reason = finish == null ? blocked : finish;
    if (reason != null) {
      finished = true;
      state.stopReason = reason;
    }
    if (error.present()) {
      state.failed(error, CallEnd.FAILED, nanos);
    }
    return true;
  }

  private void applyServed() {
    state.modelOfBody(model);
    state.responseId = id == null || id.isEmpty() ? state.responseId : id;
    reported.takeOver(usage);
    state.usage = reported.apart();
  }

  private static CallEnd end(String reason) {
    return switch (reason) {
      case "STOP", "FINISH_REASON_UNSPECIFIED" -> CallEnd.COMPLETED;
      default -> CallEnd.INCOMPLETE;
    };
  }

  @Override
  void end(boolean clean) {
    if (clean && finished && state.stopReason != null) {
      state.ended(end(state.stopReason), lastChunk);
    }
  }
}
