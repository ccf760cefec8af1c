package dev.pacebench.runner.speed;

import dev.pacebench.runner.speed.Claim.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tier's figure divided by that of another tier.
 *
 * @param tier whose figure is divided
 * @param against what it is divided by
 * @param figure which one, as JSON says it
 * @param ratio below 1 where it takes less time; absent where either figure may be nothing
 * @param claim a published number of the same kind
 */
record Comparison(
    String tier, String against, String figure, Optional<Estimate> ratio, Optional<Claim> claim) {

  static List<Comparison> of(TierReport against, TierReport tier, int replicates, long seed) {
    List<Comparison> all = new ArrayList<>();
    all.add(fit(against, tier, FitFigure.OVERHEAD, Optional.of(Claim.OVERHEAD), replicates, seed));
    all.add(
        median(
            against, tier, CallFigure.ACCEPTED, Optional.of(Claim.OVERHEAD), replicates, seed + 1));
    all.add(
        median(
            against,
            tier,
            CallFigure.FIRST_TOKEN,
            Optional.of(Claim.FIRST_TOKEN),
            replicates,
            seed + 2));
    all.add(
        fit(
            against,
            tier,
            FitFigure.PER_OUTPUT,
            Optional.of(Claim.PER_TOKEN),
            replicates,
            seed + 3));
    return all;
  }

  private static Comparison fit(
      TierReport against,
      TierReport tier,
      FitFigure figure,
      Optional<Claim> claim,
      int replicates,
      long seed) {
    return new Comparison(
        tier.tier().name(),
        against.tier().name(),
        figure.word(),
        Bootstrap.ratio(
            against.conversations(), tier.conversations(), figure.figure(), replicates, seed),
        claim);
  }

  private static Comparison median(
      TierReport against,
      TierReport tier,
      CallFigure figure,
      Optional<Claim> claim,
      int replicates,
      long seed) {
    return new Comparison(
        tier.tier().name(),
        against.tier().name(),
        figure.word(),
        Bootstrap.ratio(
            Spread.having(against.conversations(), figure),
            Spread.having(tier.conversations(), figure),
            Spread.median(figure),
            replicates,
            seed),
        claim);
  }

  Optional<Verdict> verdict() {
    return ratio.flatMap(measured -> claim.map(published -> published.verdict(measured)));
  }
}
