package dev.pacebench.runner.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import dev.pacebench.runner.lineup.Price;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests for {@link PriceBudget}. */
class PriceBudgetTest {

  private static final Price PRICE = new Price(2, 0.5, 3, 10);

  @Test
  void countsTokensOfInputAndOutput() {
    PriceBudget budget = new PriceBudget(limits(Optional.of(150L), Optional.empty()), none());

    budget.used(PolicySamples.call(new CallUsage(100, 80, 0, 49, 20)));
    assertThat(budget.usedUp()).isEmpty();
    assertThat(budget.tokens()).isEqualTo(149);
    budget.used(PolicySamples.call(new CallUsage(1, 0, 0, 0, 0)));
    assertThat(budget.usedUp()).contains(Ended.TOKEN_LIMIT);
  }

  @Test
  void pricesEachKindOfTokenOnce() {
    double cost = PriceBudget.cost(PRICE, new CallUsage(1_000_000, 600_000, 100_000, 50_000, 9));

    assertThat(cost).isCloseTo(0.3 * 2 + 0.6 * 0.5 + 0.1 * 3 + 0.05 * 10, within(1e-12));
  }

  @Test
  void endsAtALimitOfMoney() {
    PriceBudget budget =
        new PriceBudget(limits(Optional.empty(), Optional.of(1.0)), Optional.of(PRICE));

    budget.used(PolicySamples.call(new CallUsage(0, 0, 0, 99_999, 0)));
    assertThat(budget.usedUp()).isEmpty();
    budget.used(PolicySamples.call(new CallUsage(0, 0, 0, 1, 0)));
    assertThat(budget.usedUp()).contains(Ended.COST_LIMIT);
    assertThat(budget.cost().orElseThrow()).isCloseTo(1.0, within(1e-12));
  }

  @Test
  void countsNothingForCallsThatReportNothing() {
    PriceBudget budget =
        new PriceBudget(limits(Optional.of(1L), Optional.of(0.001)), Optional.of(PRICE));

    budget.used(PolicySamples.call(null));

    assertThat(budget.usedUp()).isEmpty();
    assertThat(budget.tokens()).isZero();
  }

  @Test
  void costsNothingItKnowsOfWithoutAPrice() {
    PriceBudget budget = new PriceBudget(ContenderLimits.none(), none());
    budget.used(PolicySamples.call(new CallUsage(5, 0, 0, 5, 0)));

    assertThat(budget.cost()).isEmpty();
    assertThat(budget.usedUp()).isEmpty();
    assertThatThrownBy(() -> new PriceBudget(limits(Optional.empty(), Optional.of(1.0)), none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNotFooledByFiguresThatCannotBe() {
    PriceBudget budget =
        new PriceBudget(limits(Optional.of(10L), Optional.of(1.0)), Optional.of(PRICE));

    budget.used(PolicySamples.call(new CallUsage(-5, -1, -1, Long.MIN_VALUE, 0)));
    assertThat(budget.tokens()).isZero();
    budget.used(
        PolicySamples.call(
            new CallUsage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0)));
    assertThat(budget.tokens()).isPositive();
    assertThat(budget.cost().orElseThrow()).isPositive().isFinite();
    assertThat(PriceBudget.cost(PRICE, new CallUsage(10, 50, 50, 0, 0)))
        .as("more cached than there was")
        .isCloseTo(10 * 0.5 / 1e6, within(1e-12));
  }

  private static Optional<Price> none() {
    return Optional.empty();
  }

  private static ContenderLimits limits(Optional<Long> tokens, Optional<Double> cost) {
    return new ContenderLimits(Optional.empty(), Optional.empty(), tokens, cost, CallRates.NONE);
  }
}
