package dev.pacebench.runner.gateway.policy;

import static dev.pacebench.runner.gateway.policy.PolicySamples.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Answer;
import dev.pacebench.runner.gateway.call.CallEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link HonourRetryAfter}. */
class HonourRetryAfterTest {

  private final RetryRule rule = new HonourRetryAfter(5, 1);

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
  void triesAgainWhatMayPass(int status) {
    assertThat(rule.after(1, refused(status))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403, 404, 413, 422, 426})
  void givesUpWhatWillNotPass(int status) {
    assertThat(rule.after(1, refused(status))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"insufficient_quota", "usage_limit_reached", "usage_not_included"})
  void givesUpWhenNothingIsLeftToSpend(String code) {
    assertThat(rule.after(1, answer(429, CallEnd.REFUSED, code, 1000L))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate_limit_exceeded", "server_is_overloaded", "slow_down"})
  void triesAgainWhenTheProviderIsBusy(String code) {
    assertThat(rule.after(1, answer(503, CallEnd.REFUSED, code, null))).isPresent();
  }

  @Test
  void triesAgainWhatNeverBegan() {
    assertThat(rule.after(1, Answer.nothing(CallEnd.UNREACHABLE, "refused"))).isPresent();
    assertThat(rule.after(1, answer(200, CallEnd.CUT, null, null))).isPresent();
  }

  @Test
  void givesUpWhatBrokeOffAfterItBegan() {
    assertThat(rule.after(1, answer(200, CallEnd.CUT, null, null, null, "text"))).isEmpty();
    assertThat(rule.after(1, answer(200, CallEnd.FAILED, null, null))).isEmpty();
  }

  @Test
  void waitsAsLongAsOrdered() {
    assertThat(rule.after(1, answer(429, CallEnd.REFUSED, null, 2500L)))
        .contains(new RetryRule.Wait(Duration.ofMillis(2500), true));
    assertThat(rule.after(1, answer(429, CallEnd.REFUSED, null, 0L)))
        .contains(new RetryRule.Wait(Duration.ZERO, true));
    assertThat(rule.after(1, answer(429, CallEnd.REFUSED, null, 120_000L)))
        .contains(new RetryRule.Wait(Duration.ofSeconds(120), true));
  }

  @Test
  void givesUpRatherThanBreakALongOrder() {
    assertThat(rule.after(1, answer(429, CallEnd.REFUSED, null, 120_001L))).isEmpty();
    assertThat(rule.after(1, answer(429, CallEnd.REFUSED, null, Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToALimitAndNeverOnTheDot() {
    RetryRule patient = new HonourRetryAfter(100, 1);

    for (int attempt = 1; attempt < 100; attempt++) {
      double longest = Math.min(0.5 * Math.pow(2, attempt - 1), 8);
      RetryRule.Wait wait = patient.after(attempt, refused(500)).orElseThrow();
      assertThat(wait.ordered()).isFalse();
      assertThat(wait.length().toMillis() / 1000.0)
          .isBetween(longest * 0.75 - 0.001, longest + 0.001);
    }
  }

  @Test
  void spreadsWaitsBySeed() {
    assertThat(waits(3)).isEqualTo(waits(3)).isNotEqualTo(waits(4)).doesNotHaveDuplicates();
  }

  private static List<Duration> waits(long seed) {
    RetryRule rule = new HonourRetryAfter(100, seed);
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waits.add(rule.after(10, refused(500)).orElseThrow().length());
    }
    return waits;
  }

  @Test
  void endsAfterTheLastAttempt() {
    assertThat(rule.after(4, refused(500))).isPresent();
    assertThat(rule.after(5, refused(500))).isEmpty();
    assertThat(rule.after(5, refused(500), Optional.of(true))).isEmpty();
  }

  @Test
  void letsTheProviderOverruleIt() {
    assertThat(rule.after(1, refused(400), Optional.of(true))).isPresent();
    assertThat(rule.after(1, refused(500), Optional.of(false))).isEmpty();
    assertThat(RetryRule.NEVER.after(1, refused(500), Optional.of(true))).isEmpty();
  }

  @Test
  void readsWhatTheProviderToldOfRetries() {
    assertThat(RetryRule.told(Map.of("x-should-retry", List.of(" True ")))).contains(true);
    assertThat(RetryRule.told(Map.of("x-should-retry", List.of("false")))).contains(false);
    assertThat(RetryRule.told(Map.of("x-should-retry", List.of("perhaps")))).isEmpty();
    assertThat(RetryRule.told(Map.of())).isEmpty();
  }

  private static Answer refused(int status) {
    return answer(status, CallEnd.REFUSED, null, null);
  }
}
