package dev.pacebench.runner.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextOverflowTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | context_length_exceeded | Too long.",
        "413 | '' | ''",
        "400 | '' | This model's maximum context length is 8192 tokens.",
        "400 | invalid_request_error | prompt is too long: 210000 tokens > 200000 maximum",
        "400 | INVALID_ARGUMENT | The input token count (1048577) exceeds the maximum number of"
            + " tokens allowed (1048576).",
        "0 | '' | the request exceeds the available context size"
      })
  void everyProviderSaysItInItsOwnWords(int status, String code, String message) {
    assertThat(ContextOverflow.says(status, code, message)).isTrue();
  }

  @Test
  void otherFailuresAreNone() {
    assertThat(ContextOverflow.says(400, "INVALID_ARGUMENT", "API key not valid.")).isFalse();
    assertThat(ContextOverflow.says(429, "", "exceeds the maximum number of tokens")).isFalse();
    assertThat(ContextOverflow.says(500, "", "prompt is too long")).isFalse();
  }
}
