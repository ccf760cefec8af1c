package dev.pacebench.runner.trial;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What new instructions cost in time; names are defined in the leaderboard's README. */
final class Redirects {

  private Redirects() {}

  /**
   * Computes the figures of a task with interruptions.
   *
   * @param planned how many the task has
   * @param arrivals when they came, in nanoseconds of the calls' clock
   * @param calls of the agent phase
   * @param end of the agent phase, on the same clock
   */
  static Map<String, Double> figures(
      int planned, List<Long> arrivals, List<CallRecord> calls, long end) {
    Map<String, Double> figures = new TreeMap<>();
    if (planned == 0) {
      return figures;
    }
    figures.put("interruptions", (double) arrivals.size());
    figures.put("interruptions_missed", (double) planned - arrivals.size());
    if (arrivals.isEmpty()) {
      return figures;
    }
    long last = arrivals.get(arrivals.size() - 1);
    firstTokenAfter(last, calls)
        .ifPresent(first -> figures.put("redirect_first_token_seconds", (first - last) / 1e9));
    if (end > last) {
      figures.put("redirect_seconds", (end - last) / 1e9);
    }
    return figures;
  }

  /** Calls that were sent before answer what was asked before. */
  private static OptionalLong firstTokenAfter(long instant, List<CallRecord> calls) {
    return calls.stream()
        .map(CallRecord::times)
        .filter(times -> times.send() != null && times.send() - instant >= 0)
        .flatMap(times -> java.util.Optional.ofNullable(times.first()).stream())
        .mapToLong(Long::longValue)
        .min();
  }
}
