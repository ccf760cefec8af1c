package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.util.Arrays;

/**
 * When a simulated server sent what, by its own clock: the truth that others' measurements are
 * compared with. Instants are of {@link System#nanoTime}; the arrays must not be changed.
 *
 * @param name the trial's
 * @param id of the response
 * @param protocol what was spoken
 * @param transport how the answer travelled
 * @param turn which turn of the work it was
 * @param read when the request had been read whole
 * @param sent when each event was handed to the socket
 * @param due when each event was to be handed over
 * @param first index of the first event with model output of any kind; -1 without one
 * @param last index of the last event with a piece of output; -1 without one
 * @param tokens output tokens of the whole answer
 * @param whole whether the answer was sent to its end
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of instants, written once, compared by nobody.
public record SentCall(
    String name,
    String id,
    Protocol protocol,
    Transport transport,
    int turn,
    long read,
    long[] sent,
    long[] due,
    int first,
    int last,
    long tokens,
    boolean whole) {

  /** Instant of the first event with model output. */
  public long firstSent() {
    return sent[first];
  }

  /** Instant of the last event with a piece of output. */
  public long lastSent() {
    return sent[last];
  }

  /** Collects one answer's instants; used by one thread. */
  static final class Writer {

    /** More events of one answer are sent, but not logged. */
    static final int MOST = 250_000;

    private long[] sent;
    private long[] due;
    private int count;
    private int first = -1;
    private int last = -1;

    Writer(int expected) {
      // All at once where possible: growing would copy while others are to be sent.
      sent = new long[Math.max(16, Math.min(expected, MOST))];
      due = new long[sent.length];
    }

    void add(Frame frame, long sentAt, long dueAt) {
      if (count == MOST) {
        return;
      }
      if (count == sent.length) {
        sent = Arrays.copyOf(sent, Math.min(MOST, 2 * count));
        due = Arrays.copyOf(due, sent.length);
      }
      if (frame.kind() != Frame.Kind.FRAME_ONLY && first < 0) {
        first = count;
      }
      if (frame.kind() == Frame.Kind.TOKENS) {
        last = count;
      }
      sent[count] = sentAt;
      due[count++] = dueAt;
    }

    SentCall done(String name, Transport transport, AnswerPlan call, long read, boolean whole) {
      return new SentCall(
          name,
          call.id(),
          call.ask().protocol(),
          transport,
          call.turn(),
          read,
          Arrays.copyOf(sent, count),
          Arrays.copyOf(due, count),
          first,
          last,
          call.usage().output(),
          whole);
    }
  }
}
