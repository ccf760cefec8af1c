package dev.pacebench.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.BoardRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoolingTest {

  @Test
  void accuracyLeavesLostTrialsOutAndTheBoundCountsThemAsFailed() {
    TableRow row = only(Trials.of("a").each("sssf", "sstl"));
    assertThat(row.accuracy()).hasValue(5.0 / 7);
    assertThat(row.accuracyIfLostFailed()).hasValue(5.0 / 8);
    assertThat(row.trials()).isEqualTo(8);
    assertThat(row.lost()).isEqualTo(1);
    assertThat(row.count(Outcome.TIMED_OUT)).isEqualTo(1);
  }

  @Test
  void aRowIsGreyedAboveTwoPercentLost() {
    assertThat(only(Trials.of("a").each("s".repeat(49) + "l")).greyed()).isFalse();
    assertThat(only(Trials.of("a").each("s".repeat(48) + "l")).greyed()).isTrue();
    assertThat(only(Trials.of("a").each("s")).greyed()).isFalse();
  }

  @Test
  void whollyLostHasNoAccuracyAtAll() {
    TableRow row = only(Trials.of("a").each("ll"));
    assertThat(row.accuracy()).isEmpty();
    assertThat(row.accuracyIfLostFailed()).hasValue(0);
    assertThat(row.interval()).isEmpty();
    assertThat(row.medianSeconds()).isEmpty();
  }

  @Test
  void medianCountsSolvedTrialsOnly() {
    Trials a = Trials.of("a");
    TableRow row =
        only(
            List.of(
                a.trial("x", 1, Outcome.SOLVED, 10),
                a.trial("x", 2, Outcome.SOLVED, 20),
                a.trial("x", 3, Outcome.FAILED, 1000)));
    assertThat(row.medianSeconds()).hasValue(15);
  }

  @Test
  void unfinishedRunsUseOnlyPairsThatAllContendersFinished() {
    List<TrialRecord> fast = Trials.of("fast").each("ss", "fs");
    List<TrialRecord> slow = Trials.of("slow").each("ss", "fs");
    List<PlannedCell> planned = Trials.planned(Trials.all(fast, slow));
    // slow has only done task-00, both attempts.
    Board table = board(Trials.all(fast, slow.subList(0, 2)), planned, List.of());
    assertThat(table.unfinished()).isTrue();
    assertThat(table.planned()).isEqualTo(8);
    assertThat(table.done()).isEqualTo(6);
    assertThat(table.used()).isEqualTo(4);
    assertThat(rows(table)).allSatisfy(row -> assertThat(row.accuracy()).hasValue(1));
    assertThat(rows(table)).allSatisfy(row -> assertThat(row.planned()).isEqualTo(4));
  }

  @Test
  void aContenderWithoutAnyResultStillHasARow() {
    List<TrialRecord> a = Trials.of("a").each("s");
    List<TrialRecord> b = Trials.of("b").each("s");
    Board table = board(a, Trials.planned(Trials.all(a, b)), List.of());
    assertThat(rows(table)).extracting(TableRow::name).containsExactlyInAnyOrder("a", "b");
    assertThat(rows(table)).allSatisfy(row -> assertThat(row.accuracy()).isEmpty());
  }

  @Test
  void aPendingRunDoesNotHideTheFinishedOneBesideIt() {
    List<TrialRecord> done = Trials.of("a").each("sf");
    List<TrialRecord> pending = Trials.of("a").inRun("r2").each("ss");
    Board table = board(done, Trials.planned(Trials.all(done, pending)), List.of());
    assertThat(rows(table)).hasSize(1);
    assertThat(rows(table).get(0).accuracy()).hasValue(0.5);
  }

  @Test
  void runsUnderEqualConditionsPool() {
    Trials a = Trials.of("a");
    Board table = finished(Trials.all(a.each("s", "f"), a.inRun("r2").each("s", "s")));
    assertThat(rows(table)).hasSize(1);
    assertThat(rows(table).get(0).trials()).isEqualTo(4);
    assertThat(rows(table).get(0).tasks()).isEqualTo(2);
    assertThat(rows(table).get(0).runs()).containsExactly("r1", "r2");
  }

  @Test
  void runsUnderOtherConditionsStayApartAndSayWhy() {
    Trials a = Trials.of("a");
    Board table = finished(Trials.all(a.each("s", "f"), a.inRun("r2").under("c2").each("s", "s")));
    assertThat(rows(table))
        .extracting(TableRow::name)
        .containsExactlyInAnyOrder("a (r1)", "a (r2)");
    assertThat(rows(table))
        .filteredOn(row -> row.name().equals("a (r2)"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.differs())
                    .contains("conditions (image) differ in 2 tasks from run r1"));
  }

  @Test
  void oneNameWithTwoDigestsBecomesTwoNames() {
    Trials a = Trials.of("a");
    Board table =
        finished(
            Trials.all(
                a.withDigest("sha256:12345").each("s"),
                a.inRun("r2").withDigest("sha256:abcdef").each("f")));
    assertThat(rows(table)).extracting(TableRow::name).containsExactly("a~1234", "a~abcd");
    assertThat(rows(table)).extracting(TableRow::contender).containsOnly("a");
  }

  @Test
  void twoNamesForTheSameSettingsStayTwoRows() {
    Board table =
        finished(
            Trials.all(
                Trials.of("one").withDigest("d").each("s"),
                Trials.of("two").withDigest("d").each("f")));
    assertThat(rows(table)).extracting(TableRow::name).containsExactly("one", "two");
    assertThat(table.planned()).isEqualTo(2);
  }

  @Test
  void taskSetsAreNotMixed() {
    Trials a = Trials.of("a");
    Board table = finished(Trials.all(a.each("s"), a.onSet("other").each("f")));
    assertThat(rows(table)).extracting(TableRow::taskSet).containsExactly("other", "set");
  }

  @Test
  void aTrialGivenTwiceCountsOnce() {
    List<TrialRecord> a = Trials.of("a").each("sf");
    assertThat(rows(finished(Trials.all(a, a))).get(0).trials()).isEqualTo(2);
  }

  @Test
  void theOrderOfTheResultsChangesNothing() {
    List<TrialRecord> trials =
        new ArrayList<>(
            Trials.all(
                Trials.of("a").each("sft", "ssl", "efs"), Trials.of("b").each("s", "s", "f")));
    Board first = finished(trials);
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(trials, random);
      assertThat(rows(finished(trials))).isEqualTo(rows(first));
    }
  }

  @Test
  void bestAccuracyComesFirstAndTheFasterOfEquals() {
    Trials slow = Trials.of("a-slow");
    Trials fast = Trials.of("b-fast");
    Board table =
        finished(
            List.of(
                Trials.of("z").trial("x", 1, Outcome.FAILED),
                slow.trial("x", 1, Outcome.SOLVED, 30),
                fast.trial("x", 1, Outcome.SOLVED, 3)));
    assertThat(rows(table)).extracting(TableRow::name).containsExactly("b-fast", "a-slow", "z");
  }

  private static TableRow only(List<TrialRecord> trials) {
    List<TableRow> rows = rows(finished(trials));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static Board finished(List<TrialRecord> trials) {
    return board(trials, List.of(), List.of());
  }

  private static Board board(
      List<TrialRecord> results, List<PlannedCell> planned, List<RunFacts> runs) {
    return Board.of(results, planned, runs, BoardOptions.TABLE);
  }

  private static List<TableRow> rows(Board board) {
    return board.rows().stream().map(BoardRow::row).toList();
  }
}
