package dev.pacebench.runner.speed;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.Price;
import dev.pacebench.runner.lineup.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must be so before anything is sent. */
public final class SpeedCheck {

  private SpeedCheck() {}

  /** What a probing will use of each tier that is not simulated, for people. */
  public static List<String> estimates(List<ProbedTier> tiers, ProbePlan plan) {
    List<String> lines = new ArrayList<>();
    for (ProbedTier tier : tiers) {
      if (!tier.simulated()) {
        String money =
            tier.model()
                .price()
                .map(price -> ", " + money(price, plan) + " at the lineup's prices at most")
                .orElse("");
        lines.add(
            String.format(
                Locale.ROOT,
                "%s: about %,d input and %,d output tokens%s",
                tier.name(),
                plan.inputTokens(),
                plan.outputTokens(),
                money));
      }
    }
    return lines;
  }

  private static String money(Price price, ProbePlan plan) {
    double sum =
        (plan.inputTokens() * Math.max(price.input(), price.cacheWrite())
                + plan.outputTokens() * price.output())
            / 1e6;
    return String.format(Locale.ROOT, "%.2f", sum);
  }

  /** Refuses to spend money that nobody agreed to. */
  public static void allowed(List<ProbedTier> tiers, boolean agreed) {
    List<String> names =
        tiers.stream().filter(tier -> !tier.simulated()).map(ProbedTier::name).toList();
    if (!names.isEmpty() && !agreed) {
      throw new UserError(
          String.join(", ", names),
          "calls a real provider, which may cost money",
          "add --yes to agree, or --contender to leave it out");
    }
  }

  /** Refuses to put load on what others share. */
  public static void mayBeLoaded(List<ProbedTier> tiers) {
    for (ProbedTier tier : tiers) {
      Provider provider = tier.model().provider();
      if (!tier.simulated() && !Addresses.isPrivate(provider.baseUrl())) {
        throw new UserError(
            "--load with " + tier.name(),
            provider.baseUrl()
                + " is neither simulated nor on this machine or a private network, and load on a"
                + " shared service harms others and is forbidden by most",
            "leave --load out, or choose own servers with --contender");
      }
    }
  }
}
