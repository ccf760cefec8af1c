package dev.pacebench.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How templates in a task's environment variables are filled. */
class EnvTemplatesTest {

  private static final Map<String, String> VALUES = Map.of("A", "1", "EMPTY", "", "ODD", "$x\\");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|plain",
        "${A}|1",
        "${A:-2}|1",
        "${B:-2}|2",
        "${EMPTY:-2}|2",
        "<${EMPTY}>|<>",
        "<${B:-}>|<>",
        "x${A}y${A}z|x1y1z",
        "${ODD}|$x\\",
        "${B:-$x:-y}|$x:-y",
        "$A and $|$A and $"
      })
  void templateBecomes(String template, String value) {
    assertThat(EnvTemplates.resolve("t", Map.of("V", template), VALUES)).containsEntry("V", value);
  }

  @Test
  void everyVariableWithoutAValueIsNamedWithItsField() {
    Map<String, String> templates = Map.of("KEY", "${SECRET}", "URL", "${HOST}:${PORT}");

    assertThatThrownBy(() -> EnvTemplates.resolve("hello: verifier.env", templates, VALUES))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("hello: verifier.env.KEY: the variable SECRET has no value here")
        .hasMessageContaining("set HOST before the run")
        .hasMessageContaining("${PORT:-...}");
  }

  @ParameterizedTest
  @CsvSource({"${A", "${}", "${1A}", "${A-b}", "${A:b}", "x${A}${B"})
  void misspeltTemplateIsRefused(String template) {
    assertThat(EnvTemplates.misspelling(template)).isPresent();
    assertThatThrownBy(() -> EnvTemplates.resolve("t", Map.of("V", template), VALUES))
        .isInstanceOf(TaskException.class);
  }
}
