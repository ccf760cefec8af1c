package dev.pacebench.leaderboard.board;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TrialFigure;
import dev.pacebench.leaderboard.stats.Sample;
import java.util.Optional;

/** Sums up where the agent phases of an entrant went. */
final class Phases {

  private Phases() {}

  /** Of all trials that were not lost, or of the solved ones; empty when none says it. */
  static Optional<Decomposition> of(Entrant entrant, boolean solvedOnly) {
    Sample sample = entrant.sample();
    int trials = 0;
    double agent = 0;
    double waiting = 0;
    double generating = 0;
    double tools = 0;
    double overhead = 0;
    double limits = 0;
    for (int i = 0; i < sample.trials(); i++) {
      double seconds = sample.seconds(i);
      double first = entrant.figure(TrialFigure.MODEL_WAITING, i);
      if (sample.lost(i)
          || (solvedOnly && !sample.solved(i))
          || Double.isNaN(seconds)
          || Double.isNaN(first)) {
        continue;
      }
      trials++;
      agent += seconds;
      waiting += first;
      generating += entrant.figure(TrialFigure.GENERATING, i);
      tools += entrant.figure(TrialFigure.TOOLS, i);
      overhead += entrant.figure(TrialFigure.OVERHEAD, i);
      limits += entrant.figure(TrialFigure.LIMITS_AND_RETRIES, i);
    }
    double other = agent - waiting - generating - tools - overhead - limits;
    return trials == 0
        ? Optional.empty()
        : Optional.of(
            new Decomposition(trials, agent, waiting, generating, tools, overhead, limits, other));
  }

  /** Over trials that were not lost and have all parts; empty without any. */
  static Optional<VendorEstimate> vendors(Entrant entrant) {
    Sample sample = entrant.sample();
    int trials = 0;
    double generating = 0;
    double prefill = 0;
    double tools = 0;
    double network = 0;
    double measured = 0;
    for (int i = 0; i < sample.trials(); i++) {
      double speed = entrant.figure(TrialFigure.TOKENS_PER_SECOND, i);
      double tokens = entrant.figure(TrialFigure.OUTPUT_TOKENS, i);
      double first = entrant.figure(TrialFigure.FIRST_TOKEN, i);
      double calls = entrant.figure(TrialFigure.CALLS, i);
      double tool = entrant.figure(TrialFigure.TOOLS, i);
      double sum = tokens / speed + first * calls + tool + sample.seconds(i);
      if (sample.lost(i) || !(speed > 0) || Double.isNaN(sum)) {
        continue;
      }
      trials++;
      generating += tokens / speed;
      prefill += first * calls;
      tools += tool;
      network += entrant.figure(TrialFigure.NETWORK, i);
      measured += sample.seconds(i);
    }
    return trials == 0
        ? Optional.empty()
        : Optional.of(
            new VendorEstimate(
                trials,
                generating / trials,
                prefill / trials,
                tools / trials,
                network / trials,
                measured / trials));
  }
}
