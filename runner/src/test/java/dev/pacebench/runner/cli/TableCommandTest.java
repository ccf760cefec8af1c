package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code table} over runs that are stored: a quick contender, and one that solves more. */
class TableCommandTest {

  /** For all tests: they read, but for one that adds a run which no other names. */
  @TempDir static Path home;

  private final CommandLineTester pacebench = new CommandLineTester(home);

  @BeforeAll
  static void store() {
    MadeRuns made = new MadeRuns("made-1", true);
    for (int task = 0; task < 12; task++) {
      made.trial("quick", "task-" + task, 1, task < 6 ? Outcome.SOLVED : Outcome.FAILED, 20 + task);
      made.trial("thorough", "task-" + task, 1, task < 9 ? Outcome.SOLVED : Outcome.FAILED, 300);
    }
    made.store(home);
  }

  @Test
  void theBestComesFirstAndAnotherAtAShorterBudget() {
    Result end = pacebench.run("table", "made-1");
    assertThat(end.code()).as(end.err()).isZero();
    assertThat(names(end.out())).containsExactly("thorough", "quick");
    assertThat(end.out()).contains("no model was called", "12 tasks, 12 trials each");

    Result early = pacebench.run("table", "made-1", "--at", "1m");
    assertThat(early.code()).as(early.err()).isZero();
    assertThat(names(early.out())).containsExactly("quick", "thorough");
    assertThat(early.out()).contains("in 1 min", "in the end", "no agent knew of this budget");
  }

  @Test
  void aBudgetIsExactAndItsSecondsAreInJson() {
    JsonNode table = json("table", "made-1", "--at", "31s", "--json");
    JsonNode quick = table.get("contenders").get(0);
    assertThat(quick.get("at").get("seconds").asDouble()).isEqualTo(31);
    assertThat(quick.get("at").get("accuracy").asDouble()).isEqualTo(0.5);
    JsonNode earlier = json("table", "made-1", "--at", "22.5s", "--json").get("contenders").get(0);
    assertThat(earlier.get("at").get("accuracy").asDouble()).isEqualTo(0.25);
  }

  @Test
  void jsonHasCurvesOnlyWhenAskedFor() {
    assertThat(json("table", "made-1", "--json").get("contenders").get(0).has("curve")).isFalse();
    JsonNode curves = json("table", "made-1", "--json", "--curves");
    assertThat(curves.get("contenders").get(0).get("curve").get("accuracy").size())
        .isEqualTo(curves.get("sections").get(0).get("grid_seconds").size())
        .isGreaterThan(60);
  }

  @Test
  void everyTaskHasASectionOfItsOwn() {
    Result tasks = pacebench.run("table", "made-1", "--by", "task");
    assertThat(tasks.code()).as(tasks.err()).isZero();
    assertThat(tasks.out().lines().filter(line -> line.matches("task-\\d+"))).hasSize(12);
    assertThat(tasks.out().lines().filter(line -> line.contains("below 10 tasks"))).hasSize(1);
    assertThat(json("table", "made-1", "--by", "task", "--json").get("contenders").size())
        .isEqualTo(24);
  }

  @Test
  void theChartIsWrittenBesideTheTable(@TempDir Path folder) throws IOException {
    Path chart = folder.resolve("chart.svg");
    Result table = pacebench.run("table", "made-1", "--svg", chart.toString());
    assertThat(table.code()).as(table.err()).isZero();
    assertThat(names(table.out())).containsExactly("thorough", "quick");
    assertThat(chart)
        .content()
        .startsWith("<svg ")
        .contains("thorough", "75.0 % in 300 s", "simulated: no model was called");

    pacebench.run("table", "made-1", "--at", "1m", "--svg", chart.toString());
    assertThat(chart).content().contains("accuracy within 1 min", "thorough (simulated): 0.0 %");
    assertThat(folder.toFile().list()).containsExactly("chart.svg");
  }

  @Test
  void aChartThatCannotBeWrittenIsAnErrorWithARemedy(@TempDir Path folder) {
    Result nowhere =
        pacebench.run("table", "made-1", "--svg", folder.resolve("no/chart.svg").toString());
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--svg", "its folder does not exist", "make it");
    Result here = pacebench.run("table", "made-1", "--svg", folder.toString());
    assertThat(here.code()).isEqualTo(2);
    assertThat(here.err()).contains("is a folder");
  }

  @Test
  void columnsAreListedChosenAndAdded() {
    assertThat(pacebench.run("table", "--columns", "list").out())
        .contains("par2", "frontier", "mean seconds, an unsolved trial counting twice");
    assertThat(pacebench.run("table", "made-1", "--columns", "par2,p90").out())
        .contains("PAR-2 s  p90 s\n")
        .doesNotContain("median s");
    assertThat(pacebench.run("table", "made-1", "--columns", "+par2").out())
        .contains("PAR-2 s", "median s");
  }

  @Test
  void aRunNamedTwiceCountsOnceAndSeveralStandTogether() {
    new MadeRuns("made-2", false).trial("other", "task-1", 1, Outcome.SOLVED, 9).store(home);
    JsonNode table = json("table", "made-1", "made-2", "made-1", "--json");
    assertThat(table.get("planned").asInt()).isEqualTo(25);
    assertThat(table.get("runs").size()).isEqualTo(2);
    assertThat(pacebench.run("table", "made-1", "made-2").out())
        .contains("quick (simulated)", "other ");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(List.of("--at", "2h"), "beyond the longest limit", "at most --at 600s"),
        Arguments.of(List.of("--at", "soon"), "no time budget", "--at 300s"),
        Arguments.of(List.of("--by", "colour"), "--by colour", "category, difficulty"),
        Arguments.of(List.of("--columns", "medain"), "no such column", "did you mean `median`?"),
        Arguments.of(List.of("--columns", ""), "no such column", "--columns list"),
        Arguments.of(List.of("--columns", "p90", "--format", "csv"), "in csv", "all figures"),
        Arguments.of(List.of("--columns", "p90", "--json"), "in json", "all figures"),
        Arguments.of(List.of("--curves"), "no place in text", "--json"),
        Arguments.of(List.of("--format", "latex", "--json"), "contradicts --json", "one of the"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeShownIsRefusedWithARemedy(List<String> more, String what, String remedy) {
    Result result =
        pacebench.run(
            Stream.concat(Stream.of("table", "made-1"), more.stream()).toArray(String[]::new));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(what).contains(remedy).doesNotContain("\tat ");
  }

  @Test
  void noRunIsAnErrorThatSaysWhatToName() {
    Result result = pacebench.run("table");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no run was named", "table latest");
  }

  private JsonNode json(String... args) {
    Result result = pacebench.run(args);
    assertThat(result.code()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out());
  }

  private static List<String> names(String table) {
    return table
        .lines()
        .flatMap(line -> Stream.of("quick", "thorough").filter(name -> line.contains(name + " ")))
        .limit(2)
        .toList();
  }
}
