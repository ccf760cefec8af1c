package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.UserError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBudgetTest {

  @ParameterizedTest
  @CsvSource({
    "300s,300",
    "300,300",
    "5m,300",
    "5min,300",
    "1h30m,5400",
    "0.5h,1800",
    "250ms,0.25",
    "' 2 m ',120"
  })
  void unitsAreRead(String typed, double seconds) {
    assertThat(TimeBudget.of("--at", typed).seconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-5s", "5x", "soon", "NaN", "1e999", "s", "1..5s", "\u001b[2J"})
  void anythingElseIsRefusedWithARemedy(String typed) {
    assertThatThrownBy(() -> TimeBudget.of("--at", typed))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is no time budget")
        .hasMessageNotContaining("\u001b");
  }
}
