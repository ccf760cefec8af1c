package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.runner.verify.Verdict;

/** From how the agent ended and what the verifier found to the outcome. */
final class OutcomeRule {

  private OutcomeRule() {}

  static Outcome outcome(Ended ended, Verdict verdict) {
    if (verdict.solved()) {
      return Outcome.SOLVED;
    }
    return unsolved(ended);
  }

  /** The outcome where verification did not pass. */
  static Outcome unsolved(Ended ended) {
    return switch (ended) {
      case DEADLINE -> Outcome.TIMED_OUT;
      case CRASHED -> Outcome.AGENT_ERROR;
      default -> Outcome.FAILED;
    };
  }

  /** One sentence on why. */
  static String reason(Ended ended, String note, Verdict verdict) {
    String agent =
        switch (ended) {
          case FINISHED -> "the agent finished";
          case DEADLINE -> "the deadline ended the agent";
          case CRASHED -> note.isEmpty() ? "the agent crashed" : note;
          default -> "the agent ended (" + ended.word() + ")";
        };
    return agent + "; " + verifierPart(verdict);
  }

  private static String verifierPart(Verdict verdict) {
    if (!verdict.tampered().isEmpty()) {
      return "the verifier's tools were tampered with: " + firstOf(verdict);
    }
    if (verdict.rewards().isEmpty()) {
      return "the verifier gave no reward: " + verdict.problem();
    }
    var rewards = verdict.rewards().get();
    if (rewards.decisive().isEmpty()) {
      return "several rewards and none is named reward, an error of the task";
    }
    return (rewards.solved() ? "the verifier passed" : "the verifier did not pass")
        + " (reward "
        + rewards.decisive().get()
        + ")"
        + (verdict.problem().isEmpty() ? "" : ": " + verdict.problem());
  }

  private static String firstOf(Verdict verdict) {
    String first = verdict.tampered().get(0);
    int more = verdict.tampered().size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }
}
