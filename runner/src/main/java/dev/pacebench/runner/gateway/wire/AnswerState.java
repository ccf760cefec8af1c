package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one answer; the events of all protocols lead to the same few changes of it.
 *
 * <p>The first event that ends the answer counts, and what comes after it changes no figure but the
 * number of events and the provider's own timing. {@code first <= answer <= last <= terminal}
 * wherever they are present and the instants given do not go back.
 */
final class AnswerState {

  private static final int MOST_TIMINGS = 32;

  int status;
  @Nullable String requestId;
  @Nullable String responseId;
  @Nullable String tier;
  @Nullable String speed;
  @Nullable String stopReason;
  @Nullable Long serverMillis;
  @Nullable Long retryAfterMillis;
  @Nullable CallUsage usage;

  private final Map<String, Double> serverTiming = new LinkedHashMap<>();
  private @Nullable String modelOfBody;
  private @Nullable String modelOfHeaders;
  private @Nullable String modelOfUpgrade;
  private @Nullable String errorCode;
  private @Nullable String message;
  private @Nullable CallEnd end;
  private @Nullable Piece firstSource;
  private boolean hasAnswer;
  private long first;
  private long answer;
  private long last;
  private boolean hasTerminal;
  private long terminal;
  private long events;
  private long known;
  private long malformed;
  private long visibleChars;

  /** A piece of output with characters in it; one without is none. */
  void piece(Piece piece, long characters, long nanos) {
    if (characters > 0) {
      visibleChars += characters;
      mark(piece, piece.isAnswer(), nanos);
    }
  }

  /** The start of an item or block, of a tool call in particular. */
  void item(boolean toolCall, long nanos) {
    mark(Piece.ITEM, toolCall, nanos);
  }

  /** The start of a tool call where a protocol knows no items. */
  void toolCall(long characters, long nanos) {
    visibleChars += characters;
    mark(Piece.TOOL_ARGUMENTS, true, nanos);
  }

  private void mark(Piece piece, boolean isAnswer, long nanos) {
    if (firstSource == null) {
      firstSource = piece;
      first = nanos;
    }
    if (isAnswer && !hasAnswer) {
      hasAnswer = true;
      answer = nanos;
    }
    last = nanos;
  }

  void event() {
    events++;
  }

  /** The event belongs to the protocol. */
  void known() {
    known++;
  }

  void malformed() {
    malformed++;
  }

  /** An event said how the answer ended. */
  void ended(CallEnd how, long nanos) {
    if (end == null) {
      end = how;
      hasTerminal = true;
      terminal = nanos;
    }
  }

  /** Something else than an event decided it. */
  void endedWithoutEvent(CallEnd how) {
    if (end == null) {
      end = how;
    }
  }

  /** The answer ended with an error. */
  void failed(ErrorFields error, CallEnd how, long nanos) {
    if (end == null) {
      explain(error);
      ended(how, nanos);
    }
  }

  /** What an error says, before its end is known. */
  void explain(ErrorFields error) {
    errorCode = error.word();
    message = error.message();
    headersOf(error);
    if (retryAfterMillis == null) {
      retryAfterMillis = error.retryAfterMillis();
    }
  }

  /** What headers within an event say. */
  void headersOf(ErrorFields fields) {
    modelOfHeaders = fields.model() == null ? modelOfHeaders : fields.model();
    requestId = fields.requestId() == null ? requestId : fields.requestId();
  }

  void modelOfHeaders(@Nullable String model) {
    modelOfHeaders = model;
  }

  void modelOfUpgrade(@Nullable String model) {
    modelOfUpgrade = model;
  }

  void modelOfBody(@Nullable String model) {
    modelOfBody = model == null || model.isEmpty() ? modelOfBody : model;
  }

  void timing(String name, double value) {
    if (serverTiming.size() < MOST_TIMINGS && Double.isFinite(value)) {
      serverTiming.put(Json.shortened(name, Json.WORD), value);
    }
  }

  boolean isEnded() {
    return end != null;
  }

  boolean terminal() {
    return hasTerminal;
  }

  /** Whether any output came. */
  boolean hasOutput() {
    return firstSource != null;
  }

  boolean knowsAny() {
    return known > 0;
  }

  boolean anyEvents() {
    return events > 0;
  }

  @Nullable Long firstAt() {
    return firstSource == null ? null : Long.valueOf(first);
  }

  @Nullable Long answerAt() {
    return hasAnswer ? Long.valueOf(answer) : null;
  }

  @Nullable Long lastAt() {
    return firstSource == null ? null : Long.valueOf(last);
  }

  @Nullable Long terminalAt() {
    return hasTerminal ? Long.valueOf(terminal) : null;
  }

  Answer answer() {
    // The headers' model is the one that really worked, where the body repeats what was asked for.
    String model = modelOfHeaders != null ? modelOfHeaders : modelOfBody;
    return new Answer(
        status,
        end != null ? end : status >= 400 ? CallEnd.REFUSED : CallEnd.CUT,
        errorCode,
        message,
        retryAfterMillis,
        stopReason,
        model != null ? model : modelOfUpgrade,
        tier,
        speed,
        requestId,
        responseId,
        serverMillis,
        serverTiming,
        usage,
        events,
        visibleChars,
        firstSource == null ? null : firstSource.word(),
        malformed);
  }
}
