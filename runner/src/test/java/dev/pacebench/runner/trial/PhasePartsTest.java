package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.timeline.TrialState;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The agent phase in parts. */
class PhasePartsTest {

  @Test
  void thePartsAddUpToTheAgentPhaseWithoutWaitsForOurOwnLimits() {
    Map<TrialState, Long> nanos = new EnumMap<>(TrialState.class);
    long phase = 0;
    long value = 1;
    for (TrialState state : TrialState.values()) {
      nanos.put(state, value);
      phase += state.isAgentPhase() && state != TrialState.LIMITER_WAIT ? value : 0;
      value *= 2;
    }

    PhaseParts parts = PhaseParts.of(nanos);

    assertThat(parts.model() + parts.tool() + parts.waiting() + parts.overhead() + parts.other())
        .isEqualTo(phase);
    assertThat(parts.seconds().values().stream().mapToDouble(each -> each).sum())
        .isEqualTo(phase / 1e9);
  }

  @Test
  void aPhaseThatNeverWasHasEmptyParts() {
    assertThat(PhaseParts.of(Map.of(TrialState.VERIFY, 5L)).seconds().values())
        .containsOnly(0.0)
        .hasSize(5);
  }
}
