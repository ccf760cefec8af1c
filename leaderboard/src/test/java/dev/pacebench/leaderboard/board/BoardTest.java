package dev.pacebench.leaderboard.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.TrialRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardTest {

  @Test
  void theSameTrialsGiveTheSameBoardHoweverTheyCome() {
    List<TrialRecord> trials = new ArrayList<>(Made.trials("r1", 12, 3, "fast", "slow", "mid"));
    trials.addAll(Made.trials("r2", 12, 2, "fast", "slow"));
    String first = Printed.of(board(trials));
    Random random = new Random(5);
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(trials, random);
      List<TrialRecord> merged = new ArrayList<>(trials.subList(20, trials.size()));
      merged.addAll(trials.subList(0, 40));
      assertThat(Printed.of(board(merged))).isEqualTo(first);
    }
  }

  @Test
  void accuracyWithinABudgetUsesTheLargestGridPointThatIsNotAboveIt() {
    BoardRow row = only(board(Made.trials("r", 20, 2, "a")));
    AtBudget at = row.accuracyAt(61).orElseThrow();
    assertThat(at.seconds()).isEqualTo(60);
    assertThat(at.accuracy()).isEqualTo(row.accuracyAt(60).orElseThrow().accuracy());
    assertThat(at.band()).isPresent();
    AtBudget end = row.accuracyAt(600).orElseThrow();
    assertThat(end.accuracy()).isEqualTo(row.row().accuracy().getAsDouble());
    assertThat(row.accuracyAt(601)).isEmpty();
    assertThat(row.accuracyAt(0.5)).isEmpty();
  }

  @Test
  void aBudgetInWhichNobodySolvedAnythingIsZeroNotAbsent() {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 12; task++) {
      trials.add(Made.trial("r", "a", task, 1, Outcome.SOLVED, 200));
    }
    assertThat(only(board(trials)).accuracyAt(60).orElseThrow().accuracy()).isZero();
  }

  @Test
  void aRowEndsAtItsOwnLimitBesideOneWithALongerLimit() {
    List<TrialRecord> trials = new ArrayList<>(Made.trials("r", 12, 1, "long"));
    for (TrialRecord trial : Made.trials("r", 12, 1, "short")) {
      trials.add(Made.withLimit(trial, 60));
    }
    Board board = board(trials);
    assertThat(row(board, "short").accuracyAt(60)).isPresent();
    assertThat(row(board, "short").accuracyAt(300)).isEmpty();
    assertThat(row(board, "long").accuracyAt(300)).isPresent();
    assertThat(board.sections().get(0).limits()).containsExactly(60.0, 600.0);
  }

  @Test
  void belowTenTasksNothingHasAnInterval() {
    Board board = board(Made.trials("r", 9, 5, "a", "b"));
    assertThat(board.rows())
        .allSatisfy(
            row -> {
              assertThat(row.intervals().headline()).isEmpty();
              assertThat(row.intervals().wilson()).isEmpty();
              assertThat(row.ranks()).isEmpty();
              assertThat(row.frontierShare()).isEmpty();
              assertThat(row.detectable()).isEmpty();
              assertThat(row.accuracyAt(600).orElseThrow().band()).isEmpty();
            });
  }

  @Test
  void repositoriesThatTasksShareAreWhatIsIndependent() {
    List<TrialRecord> trials = new ArrayList<>();
    for (TrialRecord trial : Made.trials("r", 40, 1, "a")) {
      int task = Integer.parseInt(trial.task().substring(5));
      trials.add(Made.withLabels(trial, Map.of("repository", "repo-" + task % 12)));
    }
    AccuracyIntervals shared = only(board(trials)).intervals();
    assertThat(shared.clusters()).isEqualTo(12);
    assertThat(shared.clusteredBy()).isEqualTo("repository");
    assertThat(shared.headline().orElseThrow().method()).isEqualTo("t_over_repositories");
    AccuracyIntervals apart = only(board(Made.trials("r", 40, 1, "a"))).intervals();
    assertThat(apart.clusters()).isEqualTo(40);
    // One attempt per task: every trial is independent, and counts whole.
    assertThat(apart.effectiveTrials()).isCloseTo(40, within(1e-9));
  }

  @Test
  void groupsAreSectionsOfTheirOwnAndTasksWithoutTheLabelAreOneToo() {
    List<TrialRecord> trials = new ArrayList<>();
    for (TrialRecord trial : Made.trials("r", 12, 2, "a", "b")) {
      int task = Integer.parseInt(trial.task().substring(5));
      trials.add(
          task == 11
              ? trial
              : Made.withLabels(trial, Map.of("difficulty", task % 2 == 0 ? "easy" : "hard")));
    }
    Board board =
        Board.of(trials, List.of(), List.of(), BoardOptions.TABLE.by(Grouping.DIFFICULTY));
    assertThat(board.sections())
        .extracting(section -> section.group().orElseThrow() + " " + section.tasks())
        .containsExactly("(none) 1", "easy 6", "hard 5");
    assertThat(board.sections()).allSatisfy(section -> assertThat(section.rows()).hasSize(2));
    assertThat(board.rows().stream().mapToInt(row -> row.row().trials()).sum()).isEqualTo(48);
    Board tasks = Board.of(trials, List.of(), List.of(), BoardOptions.TABLE.by(Grouping.TASK));
    assertThat(tasks.sections()).hasSize(12);
  }

  @Test
  void unfinishedRunsUseOnlyWhatAllContendersFinished() {
    List<TrialRecord> trials = Made.trials("r", 12, 2, "a", "b");
    List<PlannedCell> planned = trials.stream().map(PlannedCell::of).toList();
    Board board = Board.of(trials.subList(0, 41), planned, List.of(), BoardOptions.TABLE);
    assertThat(board.unfinished()).isTrue();
    assertThat(board.planned()).isEqualTo(48);
    assertThat(board.done()).isEqualTo(41);
    assertThat(board.used()).isEqualTo(40);
    assertThat(board.rows())
        .allSatisfy(
            row -> {
              assertThat(row.row().trials()).isEqualTo(20);
              assertThat(row.row().planned()).isEqualTo(24);
            });
  }

  @Test
  void aFasterAndMoreAccurateContenderIsAloneOnTheFrontierAndFirst() {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 40; task++) {
      trials.add(Made.trial("r", "good", task, 1, Outcome.SOLVED, 10));
      trials.add(Made.trial("r", "bad", task, 1, task < 20 ? Outcome.SOLVED : Outcome.FAILED, 50));
    }
    Board board = board(trials);
    assertThat(row(board, "good").onFrontier()).isTrue();
    assertThat(row(board, "good").frontierShare()).hasValue(1);
    assertThat(row(board, "good").ranks()).contains(new RankInterval(1, 1));
    assertThat(row(board, "bad").onFrontier()).isFalse();
    assertThat(row(board, "bad").frontierShare()).hasValue(0);
    assertThat(row(board, "bad").ranks()).contains(new RankInterval(2, 2));
    assertThat(board.sections().get(0).virtualBest().orElseThrow().accuracy()).isEqualTo(1);
    // Nobody failed: there is no spread, and still no certainty.
    assertThat(row(board, "good").accuracyAt(600).orElseThrow().band().orElseThrow().lo())
        .isBetween(0.8, 0.95);
  }

  @Test
  void theAgentPhaseIsDividedAndVendorsArithmeticStandsBesideIt() {
    TrialRecord trial =
        Made.withFigures(
            Made.trial("r", "a", 0, 1, Outcome.SOLVED, 100),
            Map.of(
                "agent_start",
                1.0,
                "connect",
                2.0,
                "upload",
                3.0,
                "wait_first",
                14.0,
                "answer_stream",
                30.0,
                "tool_exec",
                40.0,
                "backoff",
                6.0,
                "verify",
                50.0),
            Map.of(
                "calls", 4.0,
                "output_tokens", 2_000.0,
                "tokens_per_second_median", 100.0,
                "first_token_seconds_median", 2.5,
                "instrument_error_ms", 0.25,
                "cost", 1.5));
    Board board = board(List.of(trial));
    BoardRow row = only(board);
    assertThat(row.allPhases())
        .contains(new Decomposition(1, 100, 19, 30, 40, 1, 6, 4))
        .isEqualTo(row.solvedPhases());
    VendorEstimate estimate = row.vendorEstimate().orElseThrow();
    assertThat(estimate.estimated()).isEqualTo(20 + 10 + 40 + 5);
    assertThat(estimate.residual()).isEqualTo(25);
    assertThat(row.cost()).hasValue(1.5);
    assertThat(board.instrumentErrorMillis()).hasValue(0.25);
  }

  private static Board board(List<TrialRecord> trials) {
    return Board.of(trials, List.of(), List.of(new RunFacts("r", "local", 1)), BoardOptions.TABLE);
  }

  private static BoardRow only(Board board) {
    assertThat(board.rows()).hasSize(1);
    return board.rows().get(0);
  }

  private static BoardRow row(Board board, String name) {
    return board.rows().stream().filter(row -> row.name().equals(name)).findAny().orElseThrow();
  }
}
