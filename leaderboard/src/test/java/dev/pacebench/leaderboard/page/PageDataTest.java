package dev.pacebench.leaderboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.PlannedCell;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.table.PlainTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What the page's script looks up. */
@Execution(ExecutionMode.SAME_THREAD)
class PageDataTest {

  private static final List<TrialRecord> THREE = Pages.trials("r1", 14, 2, "one", "two", "three");

  @Test
  void theSameTrialsInAnyOrderGiveTheSameBytes() {
    byte[] expected = Pages.of(THREE).json();
    List<TrialRecord> shuffled = new ArrayList<>(THREE);
    for (int seed = 1; seed <= 3; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      // A trial that is told twice counts once.
      List<TrialRecord> twice = new ArrayList<>(shuffled);
      twice.addAll(shuffled.subList(0, 5));
      PageData data = Pages.of(twice);
      assertThat(data.json()).isEqualTo(expected);
      assertThat(BoardPage.html(data)).isEqualTo(BoardPage.html(Pages.of(THREE)));
    }
  }

  @Test
  void everyFigureIsTheBoardsToThePrintedDigit() {
    PageData data = Pages.of(THREE);
    BoardSection section = data.board().sections().get(0);
    JsonNode json = Pages.json(data).get("sections").get(0);
    assertThat(json.get("contenders").size()).isEqualTo(3);
    for (int r = 0; r < 3; r++) {
      BoardRow row = section.rows().get(r);
      JsonNode shown = json.get("contenders").get(r);
      assertThat(shown.get("name").asString()).isEqualTo(row.name());
      assertThat(percent(shown.get("accuracy")))
          .isEqualTo(PlainTable.percent(row.row().accuracy().orElseThrow()));
      assertThat(seconds(shown.get("median_seconds")))
          .isEqualTo(PlainTable.seconds(row.times().medianSolved().orElseThrow()));
      assertThat(seconds(shown.get("p25_seconds")))
          .isEqualTo(PlainTable.seconds(row.times().p25Solved().orElseThrow()));
      assertThat(shown.get("ci").get(0).asDouble())
          .isCloseTo(row.intervals().headline().orElseThrow().shownLo(), within(1e-5));
      assertThat(shown.get("ranks").get(1).asInt()).isEqualTo(row.ranks().orElseThrow().worst());
      for (int g = 0; g < section.grid().size(); g++) {
        assertThat(percent(shown.get("curve").get("accuracy").get(g)))
            .isEqualTo(PlainTable.percent(row.curve().accuracy(g)));
      }
      assertThat(shown.get("curve").get("median").get(section.grid().size() - 1))
          .isEqualTo(shown.get("median_seconds"));
    }
  }

  private static String percent(JsonNode share) {
    return PlainTable.percent(share.asDouble());
  }

  private static String seconds(JsonNode seconds) {
    return PlainTable.seconds(seconds.asDouble());
  }

  @Test
  void trialsAndTasksAddUpToTheRows() {
    JsonNode section = Pages.json(Pages.of(THREE)).get("sections").get(0);
    JsonNode trials = section.get("trials");
    for (int r = 0; r < 3; r++) {
      int solved = 0;
      for (int i = 0; i < trials.get("outcome").size(); i++) {
        boolean own = trials.get("contender").get(i).asInt() == r;
        solved += own && trials.get("outcome").get(i).asInt() == 0 ? 1 : 0;
      }
      int inCells = 0;
      for (JsonNode cell : section.get("cells").get("solved").get(r)) {
        inCells += cell.asInt();
      }
      assertThat(List.of(solved, inCells))
          .containsOnly(section.get("contenders").get(r).get("solved").asInt());
    }
    assertThat(section.get("tasks").size()).isEqualTo(14);
    assertThat(section.get("tasks").get(0).get("labels").get("difficulty").asString())
        .isEqualTo("easy");
    for (JsonNode parts : trials.get("parts")) {
      assertThat(parts.size()).isEqualTo(6);
    }
  }

  @Test
  void everyPairIsComparedOnceAndAdjustedForAll() {
    JsonNode section = Pages.json(Pages.of(THREE)).get("sections").get(0);
    assertThat(section.get("pairs").size()).isEqualTo(3);
    assertThat(section.get("pairs_adjusted").asInt()).isEqualTo(3);
    for (JsonNode pair : section.get("pairs")) {
      JsonNode a = section.get("contenders").get(pair.get("a").asInt());
      JsonNode b = section.get("contenders").get(pair.get("b").asInt());
      assertThat(pair.get("difference").asDouble())
          .isCloseTo(a.get("accuracy").asDouble() - b.get("accuracy").asDouble(), within(2e-5));
      assertThat(pair.get("holm").asDouble()).isGreaterThanOrEqualTo(pair.get("p").asDouble());
      assertThat(pair.get("gap").get("d").size()).isEqualTo(section.get("grid").size());
      assertThat(pair.get("verdict").asString()).contains(a.get("name").asString());
    }
  }

  @Test
  void anEmptyRunHasDataToo() {
    JsonNode json = Pages.json(Pages.of(List.of()));
    assertThat(json.get("sections").size()).isZero();
    assertThat(json.get("made_at").isNull()).isTrue();
    assertThat(BoardPage.html(Pages.of(List.of()))).contains("0 contenders");
  }

  @Test
  void aRunOfWhichNothingHasFinishedHasRowsWithoutFigures() {
    List<PlannedCell> planned = THREE.stream().map(PlannedCell::of).toList();
    PageData data = Pages.of(List.of(), planned);
    JsonNode section = Pages.json(data).get("sections").get(0);
    assertThat(section.get("contenders").size()).isEqualTo(3);
    assertThat(section.get("contenders").get(0).get("accuracy").isNull()).isTrue();
    assertThat(section.get("grid").size()).isZero();
    assertThat(section.get("tasks").size()).isZero();
    assertThat(BoardPage.html(data)).contains("Unfinished: 84 of 84 trials are pending");
  }

  @Test
  void tiersOfOneModelAreAFamily() {
    Map<String, PageContender> known = new HashMap<>();
    Optional<String> model = Optional.of("a-model");
    known.put("digest of one", new PageContender("loop", model, Optional.of("slow")));
    known.put("digest of two", new PageContender("loop", model, Optional.of("fast")));
    known.put("digest of three", new PageContender("other agent", model, Optional.empty()));
    JsonNode section = Pages.json(Pages.of(THREE, List.of(), known)).get("sections").get(0);
    for (JsonNode row : section.get("contenders")) {
      boolean alone = row.get("name").asString().equals("three");
      assertThat(row.get("model").asString()).isEqualTo("a-model");
      assertThat(row.get("family").isNull()).as(row.get("name").asString()).isEqualTo(alone);
    }
  }

  @Test
  void oneTaskSaysThatItIsTooFew() {
    JsonNode json = Pages.json(Pages.of(Pages.trials("r1", 1, 1, "one", "two")));
    JsonNode row = json.get("sections").get(0).get("contenders").get(0);
    assertThat(row.get("ci").isNull()).isTrue();
    assertThat(row.get("ci_absent").asString()).isEqualTo("too few tasks");
    assertThat(row.get("ranks").isNull()).isTrue();
  }

  @Test
  void aContenderThatLostAllHasNoAccuracyAndNoPair() {
    List<TrialRecord> trials = new ArrayList<>(Pages.trials("r1", 12, 1, "one"));
    for (int task = 0; task < 12; task++) {
      trials.add(Pages.trial("r1", "task-%03d".formatted(task), "gone", 1, Outcome.LOST, 5));
    }
    JsonNode section = Pages.json(Pages.of(trials)).get("sections").get(0);
    JsonNode gone = section.get("contenders").get(1);
    assertThat(gone.get("accuracy").isNull()).isTrue();
    assertThat(gone.get("greyed").asBoolean()).isTrue();
    assertThat(gone.get("ci_absent").asString()).isEqualTo("no trial that counts");
    assertThat(section.get("pairs").size()).isZero();
    assertThat(BoardPage.html(Pages.of(trials))).contains("not to be compared: gone");
  }

  @Test
  void whatIsPendingIsSaid() {
    List<PlannedCell> planned = THREE.stream().map(PlannedCell::of).toList();
    PageData data = Pages.of(THREE.subList(0, THREE.size() - 3), planned);
    JsonNode json = Pages.json(data);
    assertThat(json.get("planned").asInt()).isEqualTo(84);
    assertThat(json.get("done").asInt()).isEqualTo(81);
    assertThat(BoardPage.html(data)).contains("Unfinished: 3 of 84 trials are pending");
  }

  @Test
  void severalRunsHaveAHistoryOldestFirst() {
    List<TrialRecord> trials = new ArrayList<>(Pages.trials("r1", 12, 1, "one", "two"));
    trials.addAll(Pages.trials("r2", 12, 1, "one"));
    JsonNode history = Pages.json(Pages.of(trials)).get("history");
    assertThat(history.size()).isEqualTo(2);
    assertThat(history.get(0).get("contender").asString()).isEqualTo("one");
    JsonNode points = history.get(0).get("points");
    assertThat(points.size()).isEqualTo(2);
    assertThat(points.get(0).get("run").asString()).isEqualTo("r1");
    assertThat(points.get(1).get("trials").asInt()).isEqualTo(12);
    assertThat(Pages.json(Pages.of(THREE)).get("history").isNull()).isTrue();
  }

  @Test
  void manyTrialsAreToldByTaskAndContenderAlone() {
    List<TrialRecord> trials = Pages.trials("r1", 20, 501, "one", "two");
    JsonNode section = Pages.json(Pages.of(trials)).get("sections").get(0);
    assertThat(section.get("trials").isNull()).isTrue();
    assertThat(section.get("cells").get("trials").get(0).get(0).asInt()).isEqualTo(501);
  }
}
