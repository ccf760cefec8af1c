package dev.pacebench.runner.gateway.call;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one attempt's answer, for every protocol alike.
 *
 * @param status HTTP status; 101 on a WebSocket, or the status in an error frame that came before
 *     any output; 0 when none came
 * @param end how it ended, as far as the answer itself says
 * @param errorCode the provider's word for an error
 * @param message the provider's own words on it, shortened
 * @param retryAfterMillis how long the provider said to wait
 * @param stopReason why the model stopped, in the provider's word
 * @param model model that answered
 * @param tier tier that answered
 * @param speed speed that answered
 * @param requestId the provider's id of the request
 * @param responseId id that a later call can go on from
 * @param serverMillis the provider's own figure for its work
 * @param serverTiming further figures of the provider, such as of {@code
 *     responsesapi.websocket_timing}
 * @param usage tokens; absent when none were reported
 * @param events events of any kind
 * @param visibleChars Unicode code points of text, visible reasoning and tool arguments
 * @param firstSource what the first piece was: reasoning, text, tool_arguments or item
 * @param malformed events that could not be read
 */
public record Answer(
    int status,
    CallEnd end,
    @Nullable String errorCode,
    @Nullable String message,
    @Nullable Long retryAfterMillis,
    @Nullable String stopReason,
    @Nullable String model,
    @Nullable String tier,
    @Nullable String speed,
    @Nullable String requestId,
    @Nullable String responseId,
    @Nullable Long serverMillis,
    Map<String, Double> serverTiming,
    @Nullable CallUsage usage,
    long events,
    long visibleChars,
    @Nullable String firstSource,
    long malformed) {

  public Answer {
    requireNonNull(end, "end is null");
    serverTiming = Map.copyOf(serverTiming);
  }

  /** The same with another end, when something outside the answer decided it. */
  public Answer ended(CallEnd other) {
    return new Answer(
        status,
        other,
        errorCode,
        message,
        retryAfterMillis,
        stopReason,
        model,
        tier,
        speed,
        requestId,
        responseId,
        serverMillis,
        serverTiming,
        usage,
        events,
        visibleChars,
        firstSource,
        malformed);
  }

  /** Nothing came. */
  public static Answer nothing(CallEnd end, String message) {
    return new Answer(
        0, end, null, message, null, null, null, null, null, null, null, null, Map.of(), null, 0, 0,
        null, 0);
  }
}
