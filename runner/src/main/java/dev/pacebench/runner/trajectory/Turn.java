package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One answer of a model in a conversation, with what came before it and what became of it. */
final class Turn implements Talk.Entry {

  private final SpokenAnswer answer;
  private final List<CallRecord> attempts;
  private final Map<String, String> results = new HashMap<>();

  /**
   * @param attempts those that failed before, and the one that is told; in their order
   */
  Turn(SpokenAnswer answer, List<CallRecord> attempts) {
    this.answer = answer;
    this.attempts = List.copyOf(attempts);
  }

  SpokenAnswer answer() {
    return answer;
  }

  List<CallRecord> attempts() {
    return attempts;
  }

  /** The attempt whose answer this is. */
  CallRecord call() {
    return attempts.get(attempts.size() - 1);
  }

  /** When it was first wanted. */
  long began() {
    return attempts.get(0).times().scheduled();
  }

  boolean asksFor(String callId) {
    return answer.calls().stream().anyMatch(call -> call.id().equals(callId));
  }

  /** Takes a result as it was first told; a later telling may have been shortened. */
  void told(String callId, String text) {
    results.putIfAbsent(callId, text);
  }

  /** Results by the ids of their calls. */
  Map<String, String> results() {
    return results;
  }

  @Override
  public long nanos() {
    return began();
  }
}
