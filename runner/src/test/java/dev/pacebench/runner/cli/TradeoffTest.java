package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.Board;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TradeoffTest {

  @Test
  void aFastAndAnAccurateContenderAreHeldAgainstEachOther() {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 4; task++) {
      trials.add(trial("fast", task, task < 2, 2));
      trials.add(trial("best", task, task < 3, 20));
    }
    assertThat(Tradeoff.sentence(board(trials)))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith(
                        "fast solved 50 % with a median of 2.0 s; best solved 75 % with 20.0 s.")
                    .containsPattern("Up to about (1\\d|20) s the former had solved more\\."));
  }

  @Test
  void oneContenderOrNothingSolvedIsNoTradeoff() {
    assertThat(Tradeoff.sentence(board(List.of(trial("a", 0, true, 1))))).isEmpty();
    assertThat(Tradeoff.sentence(board(List.of(trial("a", 0, true, 1), trial("b", 0, false, 1)))))
        .isEmpty();
  }

  @Test
  void theFastestMayBeAsAccurateAsAny() {
    assertThat(Tradeoff.sentence(board(List.of(trial("a", 0, true, 1), trial("b", 0, true, 9)))))
        .hasValue("a was the fastest, and none was more accurate.");
  }

  private static Board board(List<TrialRecord> trials) {
    return Board.of(trials, List.of(), List.of(), Tables.OPTIONS);
  }

  private static TrialRecord trial(String contender, int task, boolean solved, double seconds) {
    return new TrialRecord(
        "r",
        "set",
        "task-" + task,
        "t" + task,
        contender,
        "d-" + contender,
        "c",
        1,
        solved ? Outcome.SOLVED : Outcome.FAILED,
        "finished",
        solved,
        seconds,
        seconds,
        1,
        false,
        600,
        "separate",
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        "",
        Instant.EPOCH,
        "evidence");
  }
}
