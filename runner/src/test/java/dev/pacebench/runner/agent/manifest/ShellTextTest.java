package dev.pacebench.runner.agent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "two words",
        "'",
        "a'b\"c",
        "$(id)",
        "`id`",
        "\\",
        "~",
        "*",
        "#x",
        "-n"
      })
  void aValueArrivesAsOneWordWhateverItHolds(String value) throws IOException {
    String script = new Template("printf '%s|' {model} end").fillForShell(Map.of("model", value));

    Process shell = new ProcessBuilder(List.of("/bin/sh", "-c", script)).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEqualTo(value + "|end|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x {model}",
        "x \"$(cat {model})\"",
        "x 'a' {model} \"b\"",
        "# it's a comment\nx {model}",
        "x \\\" {model}",
        "x a#'b' {model}",
        "(cd x; y {model})",
        "x \"${{HOME}}\" '{{model}}'",
      })
  void namesOutsideOfQuotesArePlain(String text) {
    assertThat(ShellText.quotedName(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x '{model}'",
        "x \"{model}\"",
        "x \"$(cat \"{model}\")\"",
        "x \"$(cat y) {model}\"",
        "x \"a\\\" {model}\"",
        "x 'a\\' '{model}'",
      })
  void namesInQuotesAreFound(String text) {
    assertThat(ShellText.quotedName(text)).contains(text.indexOf("{model}"));
  }
}
