package dev.pacebench.leaderboard.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A trial's agent phase as it would have been under another tier.
 *
 * <p>Each call begins as long after the end of the call before it (the one that ended last) as it
 * did when it was measured; what lies between, such as tools, stays as it was. The same holds for
 * the end of the phase.
 *
 * @param seconds of the agent phase under the other tier
 * @param earliest the same if a call that the end of the phase cut off had taken no time
 * @param withoutModel the same if every answer had come at once: no tier can be faster
 * @param generating of the measured time, from first pieces of answers to their last ones
 * @param asMeasured answered calls of which too little is known to re-time them
 */
public record Retiming(
    double seconds, double earliest, double withoutModel, double generating, int asMeasured) {

  /** What becomes of a call's served seconds. */
  private interface Rule {
    double served(int index, Call call);
  }

  /**
   * Re-times.
   *
   * @param calls attempts of one trial, in any order
   * @param agentSeconds as measured, without waits for our own limits
   */
  public static Retiming of(List<Call> calls, double agentSeconds, Tier tier) {
    List<Call> sorted = new ArrayList<>(calls);
    sorted.sort(Comparator.comparingDouble(Call::begin).thenComparingDouble(Call::end));
    boolean[] connects = connects(sorted, tier);
    double measured = end(sorted, (i, call) -> call.served());
    double retimed = end(sorted, (i, call) -> tier.served(call, connects[i]));
    double earliest =
        end(
            sorted,
            (i, call) -> call.kind() == Call.Kind.CUT_OFF ? 0 : tier.served(call, connects[i]));
    double floor = end(sorted, (i, call) -> 0);
    double streaming = end(sorted, (i, call) -> call.served() - generating(call));
    int unknown = 0;
    for (Call call : sorted) {
      unknown += tier.knows(call) ? 0 : 1;
    }
    return new Retiming(
        Math.max(0, agentSeconds + retimed - measured),
        Math.max(0, agentSeconds + earliest - measured),
        Math.max(0, agentSeconds + floor - measured),
        Math.max(0, measured - streaming),
        unknown);
  }

  private static double generating(Call call) {
    return switch (call.kind()) {
      case STREAMED -> call.stream() + Tier.hidden(call);
      case CUT_OFF -> call.stream();
      case WHOLE, WARM_UP, UNANSWERED -> 0;
    };
  }

  /** One connection is made once, and again after whatever went wrong on it. */
  private static boolean[] connects(List<Call> calls, Tier tier) {
    boolean[] connects = new boolean[calls.size()];
    boolean open = false;
    for (int i = 0; i < connects.length; i++) {
      connects[i] = tier.oneConnection() ? !open : calls.get(i).newConnection();
      open = calls.get(i).kind() != Call.Kind.UNANSWERED;
    }
    return connects;
  }

  /** When the call ends that ended last when measured, counted from where the first one began. */
  private static double end(List<Call> sorted, Rule rule) {
    int count = sorted.size();
    Integer[] byEnd = new Integer[count];
    for (int i = 0; i < count; i++) {
      byEnd[i] = i;
    }
    java.util.Arrays.sort(byEnd, Comparator.comparingDouble(i -> sorted.get(i).end()));
    double[] ends = new double[count];
    double before = 0;
    double beforeMeasured = 0;
    int ended = 0;
    for (int i = 0; i < count; i++) {
      Call call = sorted.get(i);
      // A call that takes no time at all may not come before itself.
      while (ended < count
          && byEnd[ended] < i
          && sorted.get(byEnd[ended]).end() <= call.begin() + 1e-9) {
        before = ends[byEnd[ended]];
        beforeMeasured = sorted.get(byEnd[ended]).end();
        ended++;
      }
      double begin = before + (call.begin() - beforeMeasured);
      ends[i] = begin + call.kept() + rule.served(i, call);
    }
    return count == 0 ? 0 : ends[byEnd[count - 1]];
  }
}
