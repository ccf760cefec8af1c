package dev.pacebench.runner.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests for {@link ProgressModel} and {@link PlainView}. */
class ProgressModelTest {

  private long nanos;
  private final ProgressModel model = new ProgressModel("r", () -> nanos);

  @Test
  void estimatesFromTheTrialsOfThisExecutionAlone() {
    model.onStart(100, 50, 2);
    assertThat(model.now().left()).isEmpty();
    nanos += Duration.ofSeconds(20).toNanos();
    model.onResult(0, result("a", Outcome.SOLVED));
    assertThat(model.now().left()).isEmpty();
    model.onResult(1, result("b", Outcome.FAILED));

    assertThat(model.now().done()).isEqualTo(52);
    assertThat(model.now().outcomes())
        .containsEntry(Outcome.SOLVED, 1)
        .containsEntry(Outcome.FAILED, 1);
    assertThat(model.now().left()).contains(Duration.ofSeconds(480));
  }

  @Test
  void plainLinesSayEachResultAndASignOfLifeOnlyInSilence() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PlainView view =
        new PlainView(model, new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      view.onStart(3, 1, 2);
      view.onResult(0, result("evil\u001b[31m\nname", Outcome.FAILED));
      view.beat();
      String afterFirst = bytes.toString(StandardCharsets.UTF_8);
      view.beat();

      assertThat(afterFirst.lines())
          .satisfiesExactly(
              start -> assertThat(start).isEqualTo("2 trials to run, 1 done before, 2 at a time"),
              line ->
                  assertThat(line)
                      .startsWith("[2/3] evil")
                      .contains("failed", "1.50 s", "the reward is 0")
                      .doesNotContain("\u001b"));
      assertThat(bytes.toString(StandardCharsets.UTF_8).substring(afterFirst.length()))
          .startsWith("still running: 2/3 done");
    }
  }

  static TrialRecord result(String task, Outcome outcome) {
    return new TrialRecord(
        "r",
        "set",
        task,
        "td",
        "c",
        "cd",
        "xd",
        1,
        outcome,
        "finished",
        outcome == Outcome.SOLVED,
        1.5,
        2.0,
        1,
        false,
        60,
        "shared",
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        "the reward is 0",
        Instant.EPOCH,
        "e");
  }
}
