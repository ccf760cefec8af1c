package dev.pacebench.runner.trial;

import dev.pacebench.runner.verify.Rewards;
import dev.pacebench.runner.verify.Verdict;
import dev.pacebench.tasks.Steering.RewardStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the steps' rewards come to, as Harbor has it. */
final class StepRewards {

  private StepRewards() {}

  /** One verdict of those of the steps that were verified. */
  static Verdict of(List<StepResult> results, RewardStrategy strategy) {
    List<String> tampered = new ArrayList<>();
    Map<String, Double> figures = new HashMap<>();
    int rounds = 0;
    for (StepResult result : results) {
      if (result.verdict().isPresent()) {
        Verdict verdict = result.verdict().get();
        verdict.tampered().forEach(path -> tampered.add(result.step().name() + ": " + path));
        verdict.figures().forEach((name, value) -> figures.merge(name, value, Double::sum));
        rounds = Math.max(rounds, verdict.rounds());
      }
    }
    Optional<Rewards> rewards =
        strategy == RewardStrategy.FINAL
            ? results.get(results.size() - 1).rewards()
            : mean(results);
    String problem = rewards.isPresent() ? "" : "no step's verifier gave one that counts";
    return new Verdict(rewards, problem, tampered, figures, rounds);
  }

  /** Per name, over the steps that have any reward; a name that one lacks counts as 0 there. */
  private static Optional<Rewards> mean(List<StepResult> results) {
    List<Rewards> all = results.stream().flatMap(it -> it.rewards().stream()).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Double> sums = new TreeMap<>();
    all.forEach(rewards -> rewards.values().forEach((k, v) -> sums.merge(k, v, Double::sum)));
    sums.replaceAll((name, sum) -> sum / all.size());
    return Optional.of(new Rewards(sums, "the steps' mean"));
  }
}
