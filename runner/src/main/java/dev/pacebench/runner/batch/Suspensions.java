package dev.pacebench.runner.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts lost trials in a row, by contender, to find one that cannot work as things are. */
final class Suspensions {

  /** Trials lost in a row for one cause. */
  private static final int LIMIT = 3;

  private record Streak(String cause, int length) {}

  private final Map<String, Streak> streaks = new HashMap<>();
  private final Set<String> suspended = new HashSet<>();

  /**
   * Notes a trial's end.
   *
   * @param lostCause empty when the trial was not lost
   * @return the cause when the contender is to be suspended now
   */
  synchronized Optional<String> note(String contender, String lostCause) {
    if (lostCause.isEmpty()) {
      streaks.remove(contender);
      return Optional.empty();
    }
    Streak before = streaks.get(contender);
    int length = before != null && before.cause().equals(lostCause) ? before.length() + 1 : 1;
    streaks.put(contender, new Streak(lostCause, length));
    return length >= LIMIT && suspended.add(contender) ? Optional.of(lostCause) : Optional.empty();
  }

  synchronized boolean isSuspended(String contender) {
    return suspended.contains(contender);
  }
}
