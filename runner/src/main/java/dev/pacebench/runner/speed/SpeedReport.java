package dev.pacebench.runner.speed;

import java.util.ArrayList;
import java.util.List;

/**
 * What a probing measured.
 *
 * @param plan what was asked
 * @param tiers in the lineup's order
 */
public record SpeedReport(ProbePlan plan, List<TierReport> tiers) {

  public SpeedReport {
    tiers = List.copyOf(tiers);
  }

  static SpeedReport of(List<ProbedTier> tiers, ProbePlan plan, List<Sample> samples) {
    List<TierReport> reports = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      int place = i;
      reports.add(
          TierReport.of(
              tiers.get(i),
              samples.stream().filter(sample -> sample.step().tier() == place).toList(),
              Bootstrap.REPLICATES,
              plan.seed() + 1000L * i));
    }
    return new SpeedReport(plan, reports);
  }

  /**
   * Every tier but one divided by that one.
   *
   * @param against place of the tier that the others are divided by
   */
  List<Comparison> comparisons(int against) {
    List<Comparison> all = new ArrayList<>();
    for (int i = 0; i < tiers.size(); i++) {
      if (i != against) {
        all.addAll(
            Comparison.of(
                tiers.get(against), tiers.get(i), Bootstrap.REPLICATES, plan.seed() + 77L * i));
      }
    }
    return all;
  }
}
