package dev.pacebench.leaderboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that nobody would wish for gives clear figures, or none. */
class HostileTrialsTest {

  @Test
  void noTrialsAtAllAreNoSections() {
    Board board = board(List.of());
    assertThat(board.sections()).isEmpty();
    assertThat(board.planned()).isZero();
  }

  @Test
  void plannedTrialsWithoutAnyResultAreRowsWithoutFigures() {
    List<PlannedCell> planned =
        Made.trials("r", 12, 2, "a", "b").stream().map(PlannedCell::of).toList();
    Board board = Board.of(List.of(), planned, List.of(), BoardOptions.TABLE);
    assertThat(board.rows()).hasSize(2);
    assertThat(board.rows())
        .allSatisfy(
            row -> {
              assertThat(row.row().accuracy()).isEmpty();
              assertThat(row.par2()).isEmpty();
              assertThat(row.curve().size()).isZero();
              assertThat(row.accuracyAt(60)).isEmpty();
              assertThat(row.row().planned()).isEqualTo(24);
            });
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void whereAllTrialsEndAlikeNothingIsMoreCertainThanItsTasks(Outcome outcome) {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 20; task++) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        trials.add(Made.trial("r", "a", task, attempt, outcome, 50));
      }
    }
    BoardRow row = only(board(trials));
    if (outcome == Outcome.LOST) {
      assertThat(row.row().accuracy()).isEmpty();
      assertThat(row.row().accuracyIfLostFailed()).hasValue(0);
      assertThat(row.intervals().headline()).isEmpty();
      assertThat(row.accuracyAt(600)).isEmpty();
      assertThat(row.greyed()).isTrue();
      assertThat(row.passAtK()).isEmpty();
    } else {
      double accuracy = outcome == Outcome.SOLVED ? 1 : 0;
      assertThat(row.row().accuracy()).hasValue(accuracy);
      assertThat(row.intervals().headline().orElseThrow().method()).isEqualTo("wilson_over_tasks");
      AtBudget end = row.accuracyAt(600).orElseThrow();
      assertThat(end.accuracy()).isEqualTo(accuracy);
      // Sixty trials of twenty tasks are as sure as twenty.
      assertThat(end.band().orElseThrow().hi() - end.band().orElseThrow().lo())
          .isBetween(0.15, 0.17);
      assertThat(row.par2()).hasValue(outcome == Outcome.SOLVED ? 50 : 1200);
    }
  }

  @Test
  void oneTaskHasAnAccuracyAndNoInterval() {
    BoardRow row = only(board(Made.trials("r", 1, 5, "a")));
    assertThat(row.row().accuracy()).isPresent();
    assertThat(row.row().standardError()).isEmpty();
    assertThat(row.intervals().headline()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 721, 1e300})
  void aTimeThatCannotBeTrueIsNoTime(double seconds) {
    List<TrialRecord> trials = new ArrayList<>(Made.trials("r", 12, 1, "a"));
    trials.add(Made.trial("r", "a", 12, 1, Outcome.SOLVED, seconds));
    trials.add(Made.trial("r", "a", 13, 1, Outcome.FAILED, seconds));
    BoardRow row = only(board(trials));
    assertThat(row.times().unknown()).isEqualTo(2);
    assertThat(row.times().meanAll().getAsDouble()).isBetween(0.0, 600.0);
    // It was solved, though nobody knows when: at the latest at its limit.
    AtBudget end = row.accuracyAt(600).orElseThrow();
    assertThat(end.accuracy()).isEqualTo(row.row().accuracy().getAsDouble());
    assertThat(row.accuracyAt(599).orElseThrow().accuracy()).isLessThan(end.accuracy());
    assertThat(row.par2().getAsDouble()).isBetween(0.0, 1200.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -5, 0, Double.POSITIVE_INFINITY, 1e12})
  void aLimitThatCannotBeTrueIsThatOfTheOtherTrials(double limit) {
    List<TrialRecord> trials = new ArrayList<>(Made.trials("r", 12, 1, "a"));
    trials.add(limited(12, limit));
    Board board = board(trials);
    assertThat(board.sections().get(0).limits()).containsExactly(600.0);
    assertThat(only(board).row().trials()).isEqualTo(13);
    assertThat(board(List.of(limited(0, limit))).sections().get(0).limits())
        .containsExactly(3600.0);
  }

  @Test
  void aThousandLimitsDoNotMakeAThousandBudgets() {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 1000; task++) {
      trials.add(limited(task, 600 + task));
    }
    BoardSection section = board(trials).sections().get(0);
    assertThat(section.limits()).hasSize(1000);
    assertThat(section.grid().size()).isLessThan(90);
    assertThat(section.rows().get(0).accuracyAt(1599)).isPresent();
  }

  @Test
  void equalTimesAndAccuraciesShareRankAndFrontier() {
    List<TrialRecord> trials = new ArrayList<>();
    for (String contender : List.of("a", "b", "c")) {
      for (int task = 0; task < 12; task++) {
        Outcome outcome = task % 2 == 0 ? Outcome.SOLVED : Outcome.FAILED;
        trials.add(Made.trial("r", contender, task, 1, outcome, 30));
      }
    }
    assertThat(board(trials).rows())
        .allSatisfy(
            row -> {
              assertThat(row.ranks()).contains(new RankInterval(1, 1));
              assertThat(row.onFrontier()).isTrue();
              assertThat(row.frontierShare().getAsDouble()).isGreaterThan(0.99);
            });
  }

  @Test
  void duplicatedTrialsCountOnceAndTheEarlierResultCounts() {
    List<TrialRecord> trials = new ArrayList<>(Made.trials("r", 12, 2, "a"));
    String once = Printed.of(board(trials));
    trials.addAll(Made.trials("r", 12, 2, "a"));
    assertThat(Printed.of(board(trials))).isEqualTo(once);
  }

  @Test
  void contendersThatShareNoTaskStillHaveRowsOfTheirOwn() {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 12; task++) {
      trials.add(Made.trial("r", "a", task, 1, Outcome.SOLVED, 30 + task));
      trials.add(Made.trial("r", "b", task + 12, 1, Outcome.FAILED, 30));
    }
    Board board = board(trials);
    assertThat(board.sections().get(0).tasks()).isEqualTo(24);
    assertThat(board.rows()).allSatisfy(row -> assertThat(row.row().tasks()).isEqualTo(12));
    assertThat(board.sections().get(0).virtualBest().orElseThrow().accuracy()).isEqualTo(0.5);
  }

  @Test
  void figuresThatAreNoNumbersAreLeftOut() {
    TrialRecord trial =
        Made.withFigures(
            Made.trial("r", "a", 0, 1, Outcome.SOLVED, 100),
            Map.of("agent_start", Double.NaN),
            Map.of("cost", -3.0, "instrument_error_ms", Double.NaN, "calls", 1e308));
    Board board = board(List.of(trial));
    assertThat(only(board).cost()).isEmpty();
    assertThat(board.instrumentErrorMillis()).isEmpty();
    assertThat(only(board).vendorEstimate()).isEmpty();
  }

  private static TrialRecord limited(int task, double limit) {
    return Made.make(
        "r",
        "a",
        "task-%04d".formatted(task),
        1,
        Outcome.SOLVED,
        20.0,
        limit,
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static Board board(List<TrialRecord> trials) {
    return Board.of(trials, List.of(), List.of(), BoardOptions.TABLE);
  }

  private static BoardRow only(Board board) {
    assertThat(board.rows()).hasSize(1);
    return board.rows().get(0);
  }
}
