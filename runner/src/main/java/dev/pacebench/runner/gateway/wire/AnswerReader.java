package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one attempt's answer beside its forwarding.
 *
 * <p>Nothing that a provider sends makes it throw; what cannot be read is counted. Calls come from
 * one thread. {@code nanos} is always the instant of the read that brought the bytes.
 */
public interface AnswerReader {

  /** Status and headers (names in lower case); of the upgrade on a WebSocket. */
  void head(int status, Map<String, List<String>> headers, long nanos);

  /** A part of an HTTP body, split anywhere. The array is not kept and not changed. */
  void body(byte[] bytes, int offset, int length, long nanos);

  /** One whole text frame of a WebSocket. The array is not kept and not changed. */
  void frame(byte[] bytes, int offset, int length, long nanos);

  /** No more bytes come: a clean end of the body, or a broken one. */
  void end(boolean clean, long nanos);

  /** Whether the event that ends an answer was read. */
  boolean terminal();

  /** Instant of the first piece of model output of any kind. */
  @Nullable Long first();

  /** Instant of the first piece of answer. */
  @Nullable Long answerStart();

  /** Instant of the last piece of model output. */
  @Nullable Long last();

  /** Instant of the event that ended the answer. */
  @Nullable Long terminalAt();

  /** What was read so far. */
  Answer answer();
}
