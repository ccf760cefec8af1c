package dev.pacebench.tasks.harbor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which line a key is found. */
class TomlLinesTest {

  private static final String TEXT =
      """
      top = 1
      text = \"\"\"
      [agent]
      user = "not here"
      \"\"\"
      [agent] # a comment
      user = "here"
      "quoted key" = 1
      env = {A = "1"}
      a.b.c = 2
      [[list]]
      key = 1
      [list.inner]
      key = 2
      [[list]]
      key = 3
      """;

  @ParameterizedTest
  @CsvSource({
    "top, 1",
    "agent, 6",
    "agent.user, 7",
    "agent.quoted key, 8",
    "agent.env.A, 9",
    "agent.a.b.c, 10",
    "agent.absent, 6",
    "list, 11",
    "list[0].key, 12",
    "list[0].inner.key, 14",
    "list[1].key, 16",
    "list[1].absent, 15",
    "list[7].key, 11"
  })
  void keyIsFoundAtItsLineOrTheNearestAround(String path, int line) {
    assertThat(new TomlLines(TEXT).find(path)).hasValue(line);
  }

  @ParameterizedTest
  @CsvSource({"absent", "section.absent"})
  void keyWithoutAnythingAroundHasNoLine(String path) {
    assertThat(new TomlLines(TEXT).find(path)).isEmpty();
  }
}
