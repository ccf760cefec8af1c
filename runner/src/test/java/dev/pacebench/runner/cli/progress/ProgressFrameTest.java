package dev.pacebench.runner.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.SafeText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link ProgressFrame} and how {@link LiveView} draws frames over each other. */
class ProgressFrameTest {

  private static Progress progress(Progress.Slot... slots) {
    return new Progress(
        "r",
        40,
        10,
        Map.of(Outcome.SOLVED, 8, Outcome.TIMED_OUT, 2),
        List.of(slots),
        Duration.ofSeconds(192),
        Optional.of(Duration.ofSeconds(4000)));
  }

  private static Progress.Slot slot(String task, String contender, int tryNumber) {
    return new Progress.Slot(0, task, contender, tryNumber, "verify", Duration.ofSeconds(12));
  }

  @Test
  void saysTotalsOutcomesAndEstimate() {
    List<String> lines = ProgressFrame.lines(progress(slot("fix-build", "oracle", 1)), 100);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains(
            "[######------------------]",
            "10/40",
            "8 solved, 2 timed out",
            "3:12",
            "about 1:06:40 left");
    assertThat(lines.get(1)).contains("0:12", "fix-build  oracle", "verify");
  }

  @Test
  void resultsOfEarlierExecutionsAreCountedApart() {
    Progress resumed =
        new Progress(
            "r",
            40,
            10,
            Map.of(Outcome.SOLVED, 2),
            List.of(),
            Duration.ofSeconds(5),
            Optional.empty());

    assertThat(ProgressFrame.lines(resumed, 100).get(0)).contains("10/40 (8 before)  2 solved");
    assertThat(ProgressFrame.lines(progress(), 100).get(0)).doesNotContain("before");
  }

  @Test
  void showsWhichTryItIsFromTheSecondOn() {
    assertThat(ProgressFrame.lines(progress(slot("t", "c", 1)), 100).get(1)).doesNotContain("try");
    assertThat(ProgressFrame.lines(progress(slot("t", "c", 2)), 100).get(1)).contains("(try 2)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 20, 39, 40, 41, 60, 79, 80, 100, 500})
  void neverFillsALineHoweverLongTheNames(int columns) {
    Progress progress =
        progress(
            slot("x".repeat(300), "y".repeat(300), 1),
            slot("\u540d".repeat(80), "\u524d".repeat(80), 3));

    assertThat(ProgressFrame.lines(progress, columns))
        .hasSize(3)
        .allSatisfy(line -> assertThat(SafeText.width(line)).isLessThan(Math.max(2, columns)));
  }

  @Test
  void hostileNamesStayOnTheirLine() {
    List<String> lines = ProgressFrame.lines(progress(slot("a\n\u001b[2Jb", "c\u202Ed\r", 1)), 100);

    assertThat(String.join("", lines)).doesNotContain("\n", "\r", "\u001b", "\u202E");
  }

  @Test
  void aFrameReplacesTheOneBefore() {
    Screen screen = new Screen(40);
    List<String> one = List.of("first", "slot a", "slot b");
    List<String> two = List.of("second", "slot c");

    screen.write(LiveView.frame(List.of(), List.of(), one, 40));
    screen.write(LiveView.frame(one, List.of("message"), two, 40));
    assertThat(screen.text()).isEqualTo("message\nsecond\nslot c\n");

    screen.write(LiveView.frame(two, List.of(), List.of(), 40));
    assertThat(screen.text()).isEqualTo("message\n");
  }

  @Test
  void aNarrowerTerminalLeavesNoTraceOfWhatWrapped() {
    Screen screen = new Screen(10);
    List<String> wide = List.of("0123456789abcdef", "short");
    // The terminal has wrapped the first line already.
    screen.write("0123456789\nabcdef\nshort\n");

    screen.write(LiveView.frame(wide, List.of(), List.of("new"), 10));

    assertThat(screen.text()).isEqualTo("new\n");
  }
}
