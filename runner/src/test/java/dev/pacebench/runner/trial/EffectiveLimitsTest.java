package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.lineup.ContenderLimits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EffectiveLimitsTest {

  private static EffectiveLimits limits(
      Optional<Duration> task, Optional<Duration> contender, double factor) {
    return EffectiveLimits.of(
        TrialFixtures.settings(factor),
        TrialFixtures.task(task),
        TrialFixtures.contender("nop", new ContenderLimits(contender)));
  }

  @Test
  void theSmallerOfTaskAndContenderLimitHolds() {
    assertThat(
            limits(Optional.of(Duration.ofSeconds(300)), Optional.of(Duration.ofSeconds(60)), 1)
                .agent())
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(
            limits(Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofSeconds(60)), 1)
                .agent())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aTaskWithoutALimitGetsTheDefault() {
    assertThat(limits(Optional.empty(), Optional.empty(), 1).agent())
        .isEqualTo(Duration.ofSeconds(3600));
  }

  @Test
  void theFactorScalesTheTaskLimitButNotTheContenders() {
    assertThat(limits(Optional.of(Duration.ofSeconds(100)), Optional.empty(), 0.5).agent())
        .isEqualTo(Duration.ofSeconds(50));
    assertThat(
            limits(Optional.of(Duration.ofSeconds(100)), Optional.of(Duration.ofSeconds(60)), 2)
                .agent())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theOuterLimitLeavesRoomForEveryPhase() {
    EffectiveLimits limits = limits(Optional.of(Duration.ofSeconds(100)), Optional.empty(), 1);
    assertThat(limits.outer())
        .isGreaterThanOrEqualTo(
            limits.agent().plus(limits.verifier().multipliedBy(2)).plus(Duration.ofSeconds(120)));
  }
}
