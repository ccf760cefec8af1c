package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.runner.verify.Rewards;
import dev.pacebench.runner.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeRuleTest {

  private static Verdict reward(double value) {
    return new Verdict(
        Optional.of(new Rewards(Map.of("reward", value), "reward.txt")),
        "",
        List.of(),
        Map.of(),
        1);
  }

  private static Verdict silent() {
    return new Verdict(Optional.empty(), "nothing was written", List.of(), Map.of(), 2);
  }

  @ParameterizedTest
  @EnumSource(Ended.class)
  void aPassIsSolvedHoweverTheAgentEnded(Ended ended) {
    assertThat(OutcomeRule.outcome(ended, reward(1))).isEqualTo(Outcome.SOLVED);
  }

  @ParameterizedTest
  @CsvSource({
    "FINISHED,FAILED", "DEADLINE,TIMED_OUT", "CRASHED,AGENT_ERROR", "STEP_LIMIT,FAILED",
    "TOKEN_LIMIT,FAILED", "COST_LIMIT,FAILED", "CONTEXT_OVERFLOW,FAILED", "REFUSED,FAILED"
  })
  void withoutAPassTheEndDecides(Ended ended, Outcome outcome) {
    assertThat(OutcomeRule.outcome(ended, reward(0))).isEqualTo(outcome);
    assertThat(OutcomeRule.outcome(ended, silent())).isEqualTo(outcome);
  }

  @Test
  void aPassAfterTamperingIsNotSolved() {
    Verdict tampered =
        new Verdict(
            Optional.of(new Rewards(Map.of("reward", 1.0), "reward.txt")),
            "",
            List.of("/bin/bash"),
            Map.of(),
            1);
    assertThat(OutcomeRule.outcome(Ended.FINISHED, tampered)).isEqualTo(Outcome.FAILED);
    assertThat(OutcomeRule.reason(Ended.FINISHED, "", tampered)).contains("/bin/bash");
  }
}
