package dev.pacebench.runner.check;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import java.util.List;

/**
 * How often something passed.
 *
 * @param passed trials that solved the task
 * @param tried trials that came to an end; LOST ones are not among them
 * @param lost trials that no fair attempt was possible for
 */
public record Passes(int passed, int tried, int lost) {

  public static final Passes NONE = new Passes(0, 0, 0);

  static Passes of(List<TrialRecord> trials) {
    int lost = (int) trials.stream().filter(one -> one.outcome() == Outcome.LOST).count();
    int passed = (int) trials.stream().filter(TrialRecord::solved).count();
    return new Passes(passed, trials.size() - lost, lost);
  }

  public boolean always() {
    return tried > 0 && passed == tried;
  }

  public boolean never() {
    return passed == 0;
  }

  /** Sometimes, but not always. */
  public boolean flaky() {
    return !never() && !always();
  }

  @Override
  public String toString() {
    return passed + " of " + tried;
  }
}
