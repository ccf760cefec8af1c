package dev.pacebench.runner.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of conversations. */
class ProbePlanTest {

  private final ProbePlan plan = new ProbePlan(2, 3, ProbePlan.PROMPTS, ProbePlan.ANSWERS, 1);

  @Test
  void tiersTakeTurnsForwardsAndBackwards() {
    List<Integer> tiers =
        plan.steps().stream()
            .filter(step -> step.round() > 0)
            .map(ProbePlan.Step::tier)
            .limit(8)
            .toList();

    assertThat(tiers).containsExactly(0, 1, 1, 0, 0, 1, 1, 0);
  }

  @Test
  void everyRoundHasEverySizeOnceWithEveryTier() {
    List<ProbePlan.Step> counted = plan.steps().stream().filter(step -> step.round() > 0).toList();

    Set<ProbePlan.Step> each = new HashSet<>(counted);
    assertThat(counted).hasSize(3 * 9 * 2);
    assertThat(each).hasSize(3 * 9 * 2);
  }

  @Test
  void warmUpsComeFirstAndAreSmall() {
    assertThat(plan.steps().subList(0, 4))
        .allSatisfy(
            step -> {
              assertThat(step.round()).isZero();
              assertThat(step.prompt()).isEqualTo(200);
              assertThat(step.answer()).isEqualTo(16);
            });
    assertThat(plan.steps().get(4).round()).isEqualTo(1);
  }

  @Test
  void theOrderOfSizesIsSeeded() {
    ProbePlan other = new ProbePlan(2, 3, ProbePlan.PROMPTS, ProbePlan.ANSWERS, 2);

    assertThat(plan.steps())
        .isEqualTo(new ProbePlan(2, 3, ProbePlan.PROMPTS, ProbePlan.ANSWERS, 1).steps())
        .isNotEqualTo(other.steps());
  }

  @Test
  void estimatesCountBothCallsOfEachConversation() {
    ProbePlan small = new ProbePlan(1, 1, List.of(1000), List.of(50), 1);

    // Two warm-ups and one conversation: the prompt twice, the answer and what goes on once.
    assertThat(small.inputTokens()).isEqualTo(3 * (2 * 1000 + 50 + ProbePlan.GO_ON));
    assertThat(small.outputTokens()).isEqualTo(3 * 2 * 50);
  }

  @Test
  void promptsBeginDifferentlyAndHaveTheirLength() {
    String one = Prompts.of("a-1", 2000);
    String other = Prompts.of("a-2", 2000);

    assertThat(one.substring(0, 20)).isNotEqualTo(other.substring(0, 20));
    assertThat(one.split(" ")).hasSizeBetween(1900, 2100);
    assertThat(Prompts.of("a", 10)).contains("do not stop");
  }
}
