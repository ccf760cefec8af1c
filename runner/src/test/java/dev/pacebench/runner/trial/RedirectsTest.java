package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedirectsTest {

  private static final CallUsage USAGE = new CallUsage(1, 0, 0, 1, 0);

  /** Begins at an instant; its first token comes 11 later. */
  private static CallRecord call(int seq, long start) {
    return SampleCalls.answered(seq, 1, start, USAGE);
  }

  @Test
  void theFirstTokenIsThatOfACallThatWasSentAfterTheInterruption() {
    Map<String, Double> figures =
        Redirects.figures(1, List.of(105L), List.of(call(1, 100), call(2, 120), call(3, 200)), 300);

    assertThat(figures)
        .isEqualTo(
            Map.of(
                "interruptions",
                1.0,
                "interruptions_missed",
                0.0,
                "redirect_first_token_seconds",
                26e-9,
                "redirect_seconds",
                195e-9));
  }

  @Test
  void ofSeveralTheLastOneCounts() {
    assertThat(Redirects.figures(2, List.of(10L, 105L), List.of(call(1, 20), call(2, 110)), 300))
        .containsEntry("interruptions", 2.0)
        .containsEntry("redirect_first_token_seconds", 16e-9);
  }

  @Test
  void whatNeverCameIsCountedAndHasNoTimes() {
    assertThat(Redirects.figures(1, List.of(), List.of(call(1, 100)), 300))
        .isEqualTo(Map.of("interruptions", 0.0, "interruptions_missed", 1.0));
  }

  @Test
  void whereNoTokenCameAfterwardsThereIsNoTimeToIt() {
    assertThat(Redirects.figures(1, List.of(150L), List.of(call(1, 100)), 300))
        .doesNotContainKey("redirect_first_token_seconds")
        .containsEntry("redirect_seconds", 150e-9);
  }

  @Test
  void tasksWithoutInterruptionsHaveNoSuchFigures() {
    assertThat(Redirects.figures(0, List.of(), List.of(), 300)).isEmpty();
  }
}
