package dev.pacebench.runner.gateway.proxy;

import static java.util.Objects.requireNonNullElse;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.Asked;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.RetryWait;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.proxy.CallListener.Moment;
import dev.pacebench.runner.gateway.wire.AnswerReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt while it runs: its stamps, and what is read of its answer beside the forwarding.
 *
 * <p>Ends once; what comes later changes nothing. Stamped on one event loop, looked at from any
 * thread.
 */
final class Attempt {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final TrialDoor door;
  private final int seq;
  private final int number;
  private final Protocol protocol;
  private final Asked asked;
  private final long scheduled;
  private final @Nullable RetryWait waited;

  private Transport transport;
  private @Nullable AnswerReader reader;
  private int connection;
  private boolean reused;
  private @Nullable Long released;
  private @Nullable Long connectStart;
  private @Nullable Long connectEnd;
  private @Nullable Long send;
  private @Nullable Long sent;
  private @Nullable Long headers;
  private long bytesUp;
  private long bytesDown;
  private Optional<Boolean> shouldRetry = Optional.empty();
  private boolean toldFirst;
  private boolean toldAnswer;
  private boolean unreadable;
  private @Nullable CallRecord record;

  Attempt(
      TrialDoor door,
      int seq,
      int number,
      Protocol protocol,
      Transport transport,
      Asked asked,
      long scheduled,
      @Nullable RetryWait waited) {
    this.door = door;
    this.seq = seq;
    this.number = number;
    this.protocol = protocol;
    this.transport = transport;
    this.asked = asked;
    this.scheduled = scheduled;
    this.waited = waited;
  }

  int number() {
    return number;
  }

  Protocol protocol() {
    return protocol;
  }

  boolean streamAsked() {
    return asked.stream();
  }

  void waiting() {
    door.moment(seq, Moment.WAITING, door.nanos());
  }

  synchronized void released(long nanos) {
    released = nanos;
    door.moment(seq, Moment.SENDING, nanos);
  }

  synchronized void connecting(long nanos) {
    connectStart = nanos;
  }

  synchronized void connected(Connections.Link link, boolean fresh) {
    connection = link.number();
    reused = !fresh;
    if (fresh) {
      connectStart = link.connectStart();
      connectEnd = link.connectEnd();
    }
  }

  /** A WebSocket was connected at this instant, its upgrade included. */
  synchronized void upgraded(long nanos) {
    connectEnd = nanos;
  }

  synchronized void send(byte[] body, long nanos) {
    send = nanos;
    bytesUp = body.length;
  }

  /** The listener hears of a request after it went, so that hearing is in no figure. */
  void tellRequest(byte[] body, long nanos) {
    door.request(seq, number, body, nanos);
  }

  synchronized void sent(long nanos) {
    if (record == null && sent == null) {
      sent = nanos;
      door.moment(seq, Moment.SENT, nanos);
    }
  }

  /** Status and headers came; of an upgrade on a WebSocket. */
  synchronized void head(
      int status, Map<String, List<String>> told, Transport by, AnswerReader with, long nanos) {
    if (record != null) {
      return;
    }
    transport = by;
    reader = with;
    shouldRetry = RetryRule.told(told);
    if (headers == null && status != 101) {
      headers = nanos;
    }
    if (send != null) {
      sent(nanos);
    }
    with.head(status, told, nanos);
    door.head(seq, number, status, told, nanos);
  }

  /** What the provider itself said of a further attempt. */
  synchronized Optional<Boolean> shouldRetry() {
    return shouldRetry;
  }

  /** A part of an HTTP body was forwarded. */
  synchronized void body(byte[] part, int size, long nanos) {
    if (record != null) {
      return;
    }
    bytesDown += size;
    if (part.length > 0) {
      read(with -> with.body(part, 0, part.length, nanos));
      door.answer(seq, number, part, false, nanos);
    }
  }

  /** A frame's bytes came on a WebSocket, whole or not. */
  synchronized void frameBytes(int size, long nanos) {
    if (record == null) {
      bytesDown += size;
      if (headers == null) {
        headers = nanos;
        sent(nanos);
      }
    }
  }

  /** A whole message of a WebSocket was forwarded. */
  synchronized void message(byte[] text, long nanos) {
    if (record == null) {
      read(with -> with.frame(text, 0, text.length, nanos));
      door.answer(seq, number, text, true, nanos);
    }
  }

  /** Readers never throw; if one does all the same, nothing more is read, and all is forwarded. */
  private void read(Consumer<AnswerReader> what) {
    if (reader == null || unreadable) {
      return;
    }
    try {
      what.accept(reader);
      tellProgress();
    } catch (RuntimeException e) {
      unreadable = true;
      LOG.warn("an answer could not be read: {}", e.getClass().getName());
    }
  }

  /** Whether the event that ends an answer was read. */
  synchronized boolean terminal() {
    return reader != null && reader.terminal();
  }

  private void tellProgress() {
    if (!toldFirst && reader != null && reader.first() != null) {
      toldFirst = true;
      door.moment(seq, Moment.FIRST, reader.first());
    }
    if (!toldAnswer && reader != null && reader.answerStart() != null) {
      toldAnswer = true;
      door.moment(seq, Moment.ANSWER, reader.answerStart());
    }
  }

  /** What was read so far; nothing of an end. */
  synchronized Answer answer() {
    return reader == null ? Answer.nothing(CallEnd.CUT, "nothing came") : reader.answer();
  }

  /** The answer is over, by a clean end of the stream or a broken one. */
  void over(boolean clean, String why) {
    finish(
        nanos -> {
          if (reader == null) {
            return Answer.nothing(CallEnd.CUT, why);
          }
          reader.end(clean, nanos);
          return clean ? reader.answer() : said(reader.answer(), null, why);
        });
  }

  /** Something outside the answer ended it; an answer that was complete before stays complete. */
  void ended(CallEnd end, @Nullable String code, String why) {
    finish(
        nanos -> {
          if (reader == null) {
            return said(Answer.nothing(end, why), code, why);
          }
          boolean complete = reader.terminal();
          reader.end(complete, nanos);
          return complete ? reader.answer() : said(reader.answer().ended(end), code, why);
        });
  }

  private void finish(LongFunction<Answer> answer) {
    CallRecord made;
    synchronized (this) {
      if (record != null) {
        return;
      }
      long now = door.nanos();
      made = record(answer.apply(now), now);
      record = made;
      door.moment(seq, Moment.DONE, now);
    }
    door.ended(this, made);
  }

  /** The record, once ended. */
  synchronized @Nullable CallRecord record() {
    return record;
  }

  /** As if it ended now. */
  synchronized CallRecord open() {
    if (record != null) {
      return record;
    }
    Answer answer = answer();
    return record(terminal() ? answer : answer.ended(CallEnd.PHASE_OVER), door.nanos());
  }

  private CallRecord record(Answer answer, long end) {
    return new CallRecord(
        seq,
        number,
        protocol,
        transport,
        connection,
        reused,
        asked,
        answer,
        new CallTimes(
            scheduled,
            released,
            connectStart,
            connectEnd,
            send,
            sent,
            headers,
            reader == null ? null : reader.first(),
            reader == null ? null : reader.answerStart(),
            reader == null ? null : reader.last(),
            reader == null ? null : reader.terminalAt(),
            end),
        bytesUp,
        bytesDown,
        waited);
  }

  private static Answer said(Answer answer, @Nullable String code, String why) {
    return new Answer(
        answer.status(),
        answer.end(),
        answer.errorCode() == null ? code : answer.errorCode(),
        requireNonNullElse(answer.message(), why),
        answer.retryAfterMillis(),
        answer.stopReason(),
        answer.model(),
        answer.tier(),
        answer.speed(),
        answer.requestId(),
        answer.responseId(),
        answer.serverMillis(),
        answer.serverTiming(),
        answer.usage(),
        answer.events(),
        answer.visibleChars(),
        answer.firstSource(),
        answer.malformed());
  }
}
