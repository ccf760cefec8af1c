package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallFiguresTest {

  private static final CallUsage USAGE = new CallUsage(100, 90, 0, 11, 4);

  @Test
  void tokensAddUpOverAnsweredAttempts() {
    CallFigures figures =
        CallFigures.of(
            List.of(
                SampleCalls.refused(1, 1, 0, 10, null),
                SampleCalls.answered(1, 2, 20, USAGE),
                SampleCalls.answered(2, 1, 90, USAGE)),
            "sim");
    assertThat(figures.values())
        .containsEntry("calls", 2.0)
        .containsEntry("call_attempts", 3.0)
        .containsEntry("calls_failed", 1.0)
        .containsEntry("input_tokens", 200.0)
        .containsEntry("cached_tokens", 180.0)
        .containsEntry("output_tokens", 22.0)
        .containsEntry("reasoning_tokens", 8.0)
        .containsEntry("first_token_seconds_median", 11e-9)
        .containsEntry("tokens_per_second_median", 10 / 20e-9);
    assertThat(figures.flags()).isEmpty();
  }

  @Test
  void anotherModelOrTierThanAskedForIsFlagged() {
    CallRecord call = SampleCalls.answered(1, 1, 0, USAGE);
    assertThat(served(call, "sim", "priority")).isEmpty();
    assertThat(served(call, "sim-2026-01-01", "priority")).isEmpty();
    assertThat(served(call, "sim", "default")).containsExactly("tier_differs");
    assertThat(served(call, "other", "priority")).containsExactly("model_differs");
  }

  @Test
  void aCallThatTheAgentGaveUpIsNoFailure() {
    CallRecord call = SampleCalls.answered(1, 1, 0, USAGE);
    CallRecord abandoned =
        SampleCalls.call(
            1, 1, call.times(), SampleCalls.answer(CallEnd.ABANDONED, "sim", null, null, null));
    assertThat(CallFigures.of(List.of(abandoned), "sim").values())
        .containsEntry("calls_failed", 0.0)
        .containsEntry("calls_abandoned", 1.0);
  }

  @Test
  void anAnswerWithoutUsageIsFlagged() {
    CallRecord call = SampleCalls.answered(1, 1, 0, USAGE);
    CallRecord unmetered =
        SampleCalls.call(
            1, 1, call.times(), SampleCalls.answer(CallEnd.COMPLETED, "sim", null, null, null));
    assertThat(CallFigures.of(List.of(unmetered), "sim").flags()).containsExactly("unmetered");
  }

  private static java.util.Set<String> served(CallRecord call, String model, String tier) {
    CallRecord made =
        SampleCalls.call(
            1, 1, call.times(), SampleCalls.answer(CallEnd.COMPLETED, model, tier, null, USAGE));
    return CallFigures.of(List.of(made), "sim").flags();
  }
}
