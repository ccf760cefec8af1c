package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.table.Budgets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The round time budgets that say something: from the first solutions to the last. */
final class TellingBudgets {

  private static final int MOST = 5;

  private TellingBudgets() {}

  /** What a grid must hold. */
  static List<Double> grid(@Nullable TimeBudget asked) {
    List<Double> budgets = new ArrayList<>(Budgets.round());
    if (asked != null) {
      budgets.add(asked.seconds());
    }
    return budgets;
  }

  /**
   * Those to show, rising.
   *
   * @param asked shown whatever it says
   * @param limit beyond which nothing is known
   * @param curves accuracy within a time
   */
  static List<Double> of(
      @Nullable TimeBudget asked, double limit, List<DoubleUnaryOperator> curves) {
    List<Double> telling = new ArrayList<>();
    for (double budget : Budgets.round()) {
      boolean begun = curves.stream().anyMatch(curve -> curve.applyAsDouble(budget) > 0);
      if (budget <= limit && begun) {
        telling.add(budget);
        if (curves.stream()
            .allMatch(c -> c.applyAsDouble(budget) >= c.applyAsDouble(limit) - 1e-9)) {
          break;
        }
      }
    }
    TreeSet<Double> shown = new TreeSet<>();
    int steps = Math.min(MOST, telling.size());
    for (int i = 0; i < steps; i++) {
      shown.add(telling.get(steps == 1 ? 0 : i * (telling.size() - 1) / (steps - 1)));
    }
    if (asked != null && asked.seconds() <= limit) {
      shown.add(asked.seconds());
    }
    return List.copyOf(shown);
  }
}
