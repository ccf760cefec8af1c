package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.List;
import java.util.Map;

/** What a recorder heard and has not written yet; never compared, so that arrays do no harm. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface RecordEvent {

  /** A request's body or frame. */
  record Request(AttemptId key, byte[] body, long nanos) implements RecordEvent {}

  /** Status and headers of an answer. */
  record Head(AttemptId key, int status, Map<String, List<String>> headers, long nanos)
      implements RecordEvent {}

  /** A part of an answer. */
  record Part(AttemptId key, byte[] bytes, boolean frame, long nanos) implements RecordEvent {}

  /**
   * An attempt ended.
   *
   * @param whole whether nothing of it was passed over on its way to the writer
   */
  record Ended(AttemptId key, CallRecord call, boolean whole) implements RecordEvent {}

  /** Nothing more comes. */
  record Last() implements RecordEvent {}

  /** Roughly what it holds of memory. */
  static long weight(RecordEvent event) {
    long overhead = 200;
    if (event instanceof Request request) {
      return overhead + request.body().length;
    }
    if (event instanceof Part part) {
      return overhead + part.bytes().length;
    }
    return overhead;
  }
}
