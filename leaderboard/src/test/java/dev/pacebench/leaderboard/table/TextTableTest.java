package dev.pacebench.leaderboard.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.board.MadeUp;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {

  private static final String ESCAPE = "\u001b";

  @Test
  void theFirstScreenShowsAccuracyIntervalsAndTimesAndWhatTheyRestOn() {
    Board board =
        MadeUp.board(
            Grouping.NONE,
            List.of(new RunFacts("r1", "docker", 4, 2, "Docker 20.10.24 (API 1.41)")),
            MadeUp.section("", demo()));
    assertThat(text(board, new Look(100, false, true, true)))
        .isEqualTo(
            """
            Task set starter · 10 tasks, 20 trials each
                                                                                                   solved within
            rank  contender (simulated)  accuracy  0         100 %      95 %  solved  median s   2 s   5 s  10 s
            1–2   sim-flagship             85.0 %  ·   ·  ·  ├─●─┤  70–100 %   17/20      7.00   4 %  32 %  53 %
            1–2   sim-spark                65.0 %  ·   ·  ├─●─┤  ·   50–80 %   13/20      1.68  37 %  58 %  65 %
            1–2   sim-small                40.0 %  ·   ├─●─┤  ·  ·   25–55 %    8/20      4.12  10 %  23 %  33 %

            simulated  all of it; no model was called, and no figure says anything about one
            trials     60, none lost; run r1 (Docker 20.10.24, -j 4, 2 attempts)
            accuracy   solved / (trials - lost); "solved within" of the same trials
            95 %       over tasks, not trials: "which is better at this kind of work?"; ranks by 2,000 resamples
            can see    differences in accuracy from about 14 points on, in four of five cases
            seconds    agent phase of solved trials; the gateway is off by up to 0.41 ms (p99)
            """);
  }

  @Test
  void withoutATerminalNothingIsDrawnAndWhereTestsRanIsShown() {
    assertThat(text(MadeUp.board(demo()), Look.PLAIN))
        .contains("accuracy      95 %  solved  median s   2 s   5 s  10 s  verified\n")
        .doesNotContain("●")
        .doesNotContain(ESCAPE);
  }

  @ParameterizedTest
  @CsvSource({"100,true", "100,false", "80,true", "80,false", "60,true", "50,true"})
  void noLineIsWiderThanThePlaceAndTheAccuracyIsAlwaysThere(int columns, boolean bars) {
    for (Board board : List.of(MadeUp.board(demo()), MadeUp.board(mixed()))) {
      for (List<Column> wanted : List.of(List.<Column>of(), List.of(Column.values()))) {
        if (columns < 60 && !wanted.isEmpty()) {
          continue;
        }
        String text =
            TableFormat.TEXT.render(
                board,
                new TableRequest(OptionalDouble.of(300), wanted, false, false),
                new Look(columns, false, true, bars));
        assertThat(text.lines())
            .allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(columns));
        assertThat(text).contains("in 5 min");
      }
    }
  }

  @Test
  void aTerminalWithoutUnicodeGetsAsciiOfTheSameWidth() {
    Board board = MadeUp.board(MadeUp.named("caf\u00e9-\u6f22").solving(0.5, 30));
    String ascii = text(board, new Look(100, false, false, true));
    String unicode = text(board, new Look(100, false, true, true));
    assertThat(ascii.chars()).allMatch(c -> c < 0x80);
    assertThat(ascii).contains("caf?-??").contains("[--o-]").contains("35-65 %");
    assertThat(ascii.lines().map(Width::of)).isEqualTo(unicode.lines().map(Width::of).toList());
  }

  @Test
  void nothingIsShownAsLessThanNothing() {
    assertThat(Shown.wholePercent(OptionalDouble.of(-1e-14))).isEqualTo("0 %");
  }

  @Test
  void colourOnlyWhereItMayBeAndGreyedRowsAreDim() {
    String text = text(MadeUp.board(mixed()), new Look(100, true, true, false));
    assertThat(text).contains(ESCAPE + "[2mlossy (greyed)").contains(ESCAPE + "[33mgreyed");
    assertThat(text(MadeUp.board(mixed()), Look.PLAIN)).doesNotContain(ESCAPE);
  }

  @Test
  void marksStandBesideNamesUnlessAllRowsBearThem() {
    String text = text(MadeUp.board(mixed()), Look.PLAIN);
    assertThat(text)
        .contains("measured ")
        .contains("made (simulated) ")
        .contains("retimed (estimated) ")
        .contains("lossy (greyed) ")
        .contains("no model was called for made\n")
        .contains("re-timed, not measured: retimed\n")
        .contains("more than 2 % of the trials lost, not to be compared: lossy\n")
        .contains("240, 3 lost (1.3 %)");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 60, 80, 100})
  void marksAreNeverCutHoweverLongTheName(int columns) {
    Board board =
        MadeUp.board(
            MadeUp.named("x".repeat(10_000)).simulated().estimated().losing(30), MadeUp.named("y"));
    assertThat(text(board, new Look(columns, false, true, true)))
        .contains("… (simulated, estimated, greyed)");
  }

  @Test
  void aBudgetRanksAnewAndSaysSo() {
    Board board =
        MadeUp.board(
            MadeUp.named("slow").solving(0.8, 900),
            MadeUp.named("fast").solving(0.5, 60),
            MadeUp.named("short").solving(0.6, 60).limitedTo(200));
    String text = TableFormat.TEXT.render(board, at(300), Look.PLAIN);
    assertThat(text.lines().skip(3).limit(3).map(line -> line.split(" +")[1]))
        .containsExactly("fast", "slow", "short");
    assertThat(text)
        .containsPattern("– +short +– +–")
        .contains("by what was solved in 5 min; – where no limit reaches that far; no agent");
  }

  @Test
  void groupsStandBelowEachOtherAndFewTasksAreSaidOnce() {
    Board board =
        MadeUp.board(
            Grouping.DIFFICULTY,
            List.of(),
            MadeUp.section(
                "easy", MadeUp.named("a").on("s", 4, 1), MadeUp.named("b").on("s", 4, 1)),
            MadeUp.section(
                "hard", MadeUp.named("a").on("s", 5, 1), MadeUp.named("b").on("s", 5, 1)),
            MadeUp.section("medium", MadeUp.named("a").on("s", 12, 1)));
    String text = text(board, Look.PLAIN);
    assertThat(text.lines().filter(line -> line.matches("(easy|medium|hard) .*")))
        .containsExactly("easy · 4 tasks", "medium · 12 tasks", "hard · 5 tasks");
    assertThat(text.lines().filter(line -> line.contains("below 10 tasks"))).hasSize(1);
    assertThat(text.lines().filter(line -> line.contains("contender"))).hasSize(1);
    assertThat(text).contains("Task set s · 21 tasks, by difficulty");
  }

  @Test
  void columnsThatWereAskedForComeBelowWhereTheyDoNotFitBeside() {
    String text =
        TableFormat.TEXT.render(
            MadeUp.board(demo()),
            new TableRequest(OptionalDouble.empty(), List.of(Column.values()), false, false),
            Look.PLAIN);
    assertThat(text.lines().filter(line -> line.matches(".*sim-spark +.*%.*")))
        .hasSizeGreaterThan(2);
    assertThat(text)
        .contains("pass@3")
        .contains("on frontier")
        .contains("PAR-2")
        .contains("residual")
        .contains("generating");
  }

  @Test
  void columnsComeInTheOrderAskedForOrBesideTheUsualOnes() {
    Board board = MadeUp.board(demo());
    List<Column> wanted = List.of(Column.P90, Column.ACCURACY);
    assertThat(
            TableFormat.TEXT.render(
                board, new TableRequest(OptionalDouble.empty(), wanted, false, false), Look.PLAIN))
        .contains("contender (simulated)  p90 s  accuracy\n");
    assertThat(
            TableFormat.TEXT.render(
                board, new TableRequest(OptionalDouble.empty(), wanted, true, false), Look.PLAIN))
        .contains("accuracy")
        .contains("solved within")
        .contains("p90 s");
  }

  private static MadeUp[] demo() {
    return new MadeUp[] {
      MadeUp.named("sim-flagship").on("starter", 10, 2).solving(0.85, 7.0).simulated(),
      MadeUp.named("sim-spark").on("starter", 10, 2).solving(0.65, 1.68).simulated(),
      MadeUp.named("sim-small").on("starter", 10, 2).solving(0.4, 4.12).simulated()
    };
  }

  private static MadeUp[] mixed() {
    return new MadeUp[] {
      MadeUp.named("measured").solving(0.6, 100),
      MadeUp.named("lossy").losing(3).solving(0.5, 100),
      MadeUp.named("retimed").estimated(),
      MadeUp.named("made").simulated()
    };
  }

  private static TableRequest at(double seconds) {
    return new TableRequest(OptionalDouble.of(seconds), List.of(), false, false);
  }

  private static String text(Board board, Look look) {
    return TableFormat.TEXT.render(board, TableRequest.USUAL, look);
  }
}
