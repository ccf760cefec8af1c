package dev.pacebench.runner.agent;

import static java.util.Objects.requireNonNullElse;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.model.ContextOverflow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells from the gateway's record whether a provider kept an agent from its work. */
public final class ProviderFault {

  /** Attempts without one answer that are no passing trouble. */
  private static final int MANY = 3;

  private ProviderFault() {}

  /** Whether an attempt failed through no doing of agent or model. */
  private static boolean is(CallRecord call, boolean answeredOnce) {
    int status = call.answer().status();
    if (overflow(call)) {
      return false;
    }
    return switch (call.answer().end()) {
      case UNREACHABLE, CUT, SILENT, FAILED -> true;
      // A provider that took one request and not a later one refuses what the agent made of it.
      case REFUSED -> !(answeredOnce && (status == 400 || status == 413 || status == 422));
      case UNKNOWN -> status >= 500;
      case COMPLETED, INCOMPLETE, ABANDONED, PHASE_OVER, LIMITED -> false;
    };
  }

  /** Whether the conversation had become too long for the model; in a stream the status is 200. */
  private static boolean overflow(CallRecord call) {
    int status = call.answer().status();
    return switch (call.answer().end()) {
      case FAILED, REFUSED ->
          ContextOverflow.says(
              status < 400 ? 0 : status,
              requireNonNullElse(call.answer().errorCode(), ""),
              requireNonNullElse(call.answer().message(), ""));
      default -> false;
    };
  }

  /** Whether an agent gave up since its conversation had become too long. */
  public static boolean overflowAtEnd(List<CallRecord> calls) {
    return last(calls).filter(ProviderFault::overflow).isPresent();
  }

  private static boolean answered(List<CallRecord> calls) {
    return calls.stream().anyMatch(call -> call.answer().end().answered());
  }

  /** The last attempt of an agent that gave up, when that was the provider's doing. */
  public static Optional<CallRecord> atEnd(List<CallRecord> calls) {
    boolean answered = answered(calls);
    return last(calls).filter(call -> is(call, answered));
  }

  /** The last failed attempt, when the provider failed many and answered none. */
  public static Optional<CallRecord> allAlong(List<CallRecord> calls) {
    List<CallRecord> failed = calls.stream().filter(call -> is(call, false)).toList();
    return answered(calls) || failed.size() < MANY ? Optional.empty() : last(failed);
  }

  private static Optional<CallRecord> last(List<CallRecord> calls) {
    return calls.stream()
        .max(
            Comparator.comparingLong((CallRecord call) -> call.times().end())
                .thenComparingInt(CallRecord::attempt));
  }

  /** What is thrown for such an attempt. */
  public static ModelLostException lost(String what, CallRecord call) {
    String code = call.answer().errorCode();
    String said = call.answer().message();
    int status = call.answer().status();
    return new ModelLostException(
        status,
        code == null ? "" : code,
        what
            + " was "
            + call.answer().end().word()
            + (status >= 400 ? " with status " + status : "")
            + (said == null || said.isEmpty() ? "" : ": " + said),
        null);
  }
}
