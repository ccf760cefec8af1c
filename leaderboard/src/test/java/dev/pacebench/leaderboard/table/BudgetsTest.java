package dev.pacebench.leaderboard.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.board.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {

  @Test
  void contendersThatTakeMinutesAreShownAfterOneFiveAndThirty() {
    assertThat(Budgets.shown(MadeUp.board(MadeUp.named("a").solving(0.5, 290))))
        .containsExactly(60.0, 300.0, 1800.0);
  }

  @Test
  void budgetsGoFromThePaceOfTheFastestToThatOfTheSlowest() {
    assertThat(
            Budgets.shown(
                MadeUp.board(
                    MadeUp.named("fast").solving(0.5, 2.2),
                    MadeUp.named("slow").solving(0.5, 1000))))
        .containsExactly(2.0, 60.0, 1200.0);
  }

  @Test
  void noneIsBeyondTheLimitsAndSomeAreShownWhereNothingWasSolved() {
    assertThat(Budgets.shown(MadeUp.board(MadeUp.named("a").solving(0.5, 3000))))
        .containsExactly(600.0, 3600.0);
    assertThat(Budgets.shown(MadeUp.board(MadeUp.named("a").solving(0, 1))))
        .containsExactly(60.0, 300.0, 1800.0);
    assertThat(Budgets.shown(MadeUp.board())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1 s",
    "90,90 s",
    "300,5 min",
    "1800,30 min",
    "7200,2 h",
    "58.32,58.3 s",
    "0.5,0.500 s"
  })
  void aBudgetReadsAsPeopleSayIt(double seconds, String text) {
    assertThat(Budgets.text(seconds)).isEqualTo(text);
  }
}
