package dev.pacebench.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link RunSettings}. */
class RunSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "starter-terminal, starter-terminal",
    "/home/somebody/sets/mine, ./mine",
    "sets/mine.yaml, ./mine.yaml"
  })
  void aPathIsShownByItsLastPart(String argument, String shown) {
    assertThat(RunSettings.shown(argument)).isEqualTo(shown);
  }
}
