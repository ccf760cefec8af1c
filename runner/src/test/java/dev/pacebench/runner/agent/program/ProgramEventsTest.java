package dev.pacebench.runner.agent.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.agent.manifest.Output;
import dev.pacebench.runner.agent.manifest.Rule;
import dev.pacebench.runner.timeline.TrialState;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the timeline is told of a program's output. */
class ProgramEventsTest {

  private static final Output RULES =
      new Output(
          Output.Format.JSONL,
          List.of(new Rule(Map.of("type", "begins"))),
          List.of(new Rule(Map.of("type", "ends"))),
          List.of("id"),
          List.of(new Rule(Map.of("type", "over", "bad", "true"))),
          List.of(new Rule(Map.of("type", "over"))));

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<TrialState> told = new ArrayList<>();
  private long now = 5_000_000;
  private final ProgramEvents events = new ProgramEvents(file, RULES, told::add, () -> now);

  private TrialState after(String line) {
    events.add((line + "\n").getBytes(UTF_8));
    return told.get(told.size() - 1);
  }

  @Test
  void timeIsTheToolsUntilTheLastOfThemHasEnded() {
    assertThat(after("{\"type\":\"hello\"}")).isEqualTo(TrialState.CLIENT_OVERHEAD);
    assertThat(after("{\"type\":\"begins\",\"id\":\"a\"}")).isEqualTo(TrialState.TOOL_EXEC);
    assertThat(after("{\"type\":\"begins\",\"id\":\"b\"}")).isEqualTo(TrialState.TOOL_EXEC);
    assertThat(after("{\"type\":\"ends\",\"id\":\"a\"}")).isEqualTo(TrialState.TOOL_EXEC);
    assertThat(after("{\"type\":\"ends\",\"id\":\"a\"}")).isEqualTo(TrialState.TOOL_EXEC);
    assertThat(after("{\"type\":\"ends\",\"id\":\"b\"}")).isEqualTo(TrialState.CLIENT_OVERHEAD);
  }

  @Test
  void toolsWithoutNamesAreCounted() {
    assertThat(after("{\"type\":\"ends\"}")).isEqualTo(TrialState.CLIENT_OVERHEAD);
    after("{\"type\":\"begins\"}");
    assertThat(after("{\"type\":\"begins\"}")).isEqualTo(TrialState.TOOL_EXEC);
    assertThat(after("{\"type\":\"ends\"}")).isEqualTo(TrialState.TOOL_EXEC);
    assertThat(after("{\"type\":\"ends\"}")).isEqualTo(TrialState.CLIENT_OVERHEAD);
  }

  @Test
  void linesAreStampedAtTheirEndHoweverTheyArrive() throws Exception {
    events.add("{\"type\":".getBytes(UTF_8));
    now += 1_500_000;
    events.add("\"x\"}\nno json\n{broken\n{\"type\":\"last\"}".getBytes(UTF_8));
    now += 1_000_000;
    events.end();
    events.close();

    assertThat(file.toString(UTF_8).lines())
        .containsExactly(
            "{\"ms\":1.500,\"event\":{\"type\":\"x\"}}",
            "{\"ms\":2.500,\"event\":{\"type\":\"last\"}}");
  }

  @Test
  void theLastWordOnATurnCounts() {
    after("{\"type\":\"over\",\"bad\":true}");
    assertThat(events.failed()).isTrue();
    after("{\"type\":\"over\",\"bad\":false}");
    assertThat(events.failed()).isFalse();
  }

  @Test
  void aLineWithoutAnEndIsLetPass() {
    byte[] part = "{\"type\":\"begins\",\"text\":\"".getBytes(UTF_8);
    events.add(part);
    byte[] much = new byte[1 << 20];
    java.util.Arrays.fill(much, (byte) 'x');
    for (int i = 0; i < 5; i++) {
      events.add(much);
    }

    assertThat(after("\"}\n{\"type\":\"hello\"}")).isEqualTo(TrialState.CLIENT_OVERHEAD);
    assertThat(told).hasSize(1);
  }
}
