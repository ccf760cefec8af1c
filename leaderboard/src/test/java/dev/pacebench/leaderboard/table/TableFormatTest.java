package dev.pacebench.leaderboard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pacebench.leaderboard.RunFacts;
import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.Trials;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.board.MadeUp;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TableFormatTest {

  private static final BoardOptions OPTIONS = new BoardOptions(Grouping.NONE, 200, Budgets.round());

  static Stream<String> hostileNames() {
    return Stream.of(
        "\u001b[2J\u001b[31mred",
        "two\nlines\r\n",
        "\u202Eevil\u202C\u2066x\u2069",
        "null\0byte \u0085 \u2028",
        "\u05D0\u05D1 100.0 %",
        "\uD800 lone",
        "|pipe|`code`<script>alert(1)</script>@team [x](y)",
        "=HYPERLINK(\"x\",\"y\")",
        "a & b % $x$ #1 _ { } ~ ^ \\input{/etc/passwd}",
        "\\\\[2em] \\end{tabular}",
        "a,\"b\";c",
        "x".repeat(10_000),
        "\u6F22".repeat(10_000),
        "e\u0301\u0301\u0301\u0301\u0301".repeat(2_000));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileNamesBreakNoForm(String name) {
    Board board = everywhere(name);
    Board plain = everywhere("plain");
    for (TableFormat format : TableFormat.values()) {
      String text = render(format, board);
      // Longer names may make text wrap, never anything else.
      if (format != TableFormat.TEXT) {
        assertThat(text.lines().count())
            .as(format.word())
            .isEqualTo(render(format, plain).lines().count());
      }
      assertThat(text.chars().filter(TableFormatTest::moves)).as(format.word()).isEmpty();
      assertThat(text).contains("simulated");
    }
    assertThat(render(TableFormat.TEXT, board).lines())
        .allSatisfy(line -> assertThat(SafeText.width(line)).isLessThanOrEqualTo(100));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileNamesAddNoCellAndNoCommand(String name) {
    Board board = everywhere(name);
    Board plain = everywhere("plain");
    String markdown = render(TableFormat.MARKDOWN, board).lines().toList().get(2);
    assertThat(markdown.replace("\\|", "").chars().filter(c -> c == '|').count())
        .isEqualTo(cells(plain));
    assertThat(markdown).doesNotContain("<script").doesNotContain("@team");
    String latex = render(TableFormat.LATEX, board);
    assertThat(separators(latex)).isEqualTo(separators(render(TableFormat.LATEX, plain)));
    assertThat(latex.replace("\\$", ""))
        .doesNotContain("\\input")
        .doesNotContain("\\\\[")
        .doesNotContain("$")
        .containsOnlyOnce("\\end{tabular}");
    assertThat(latex.codePoints()).allMatch(point -> point < 0x180);
    assertThat(depth(latex)).isZero();
    String csv = render(TableFormat.CSV, board);
    assertThat(fields(csv.lines().toList().get(1)))
        .hasSameSizeAs(fields(csv.lines().toList().get(0)));
  }

  @Test
  void namesAreCompleteInJson() {
    for (String name : hostileNames().filter(n -> !n.contains("\uD800")).toList()) {
      assertThat(contender(everywhere(name)).get("name").asString()).isEqualTo(name);
    }
  }

  @Test
  void csvNeverStartsAFormula() {
    for (String name : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=a,\"b\"")) {
      String row =
          render(TableFormat.CSV, finished(Trials.of(name).each("s"))).lines().toList().get(1);
      assertThat(row.split(",", 2)[1].replaceFirst("^\"", "")).matches("(?s)['\uFFFD].*");
    }
    assertThat(SafeText.csv("a,\"b\"", 50)).isEqualTo("\"a,\"\"b\"\"\"");
  }

  @Test
  void latexEscapesWhatWouldStartACommand() {
    assertThat(SafeText.latex("50 % of $5 & #1_{a}^~ <|> \\x [i] 1–2…", 80))
        .isEqualTo(
            "50 \\% of \\$5 \\& \\#1\\_\\{a\\}\\textasciicircum{}\\textasciitilde{}"
                + " \\textless{}\\textbar{}\\textgreater{} \\textbackslash{}x {[}i{]} 1--2\\ldots{}");
  }

  @Test
  void jsonKeepsItsContract() {
    JsonNode json = json(finished(Trials.of("a").each("s", "f", "l")), TableRequest.USUAL);
    JsonNode contender = json.get("contenders").get(0);
    assertThat(contender.get("name").asString()).isEqualTo("a");
    assertThat(contender.get("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(contender.get("ci").isNull()).isTrue();
    assertThat(contender.get("ci_absent").asString()).isEqualTo("too few tasks");
    assertThat(contender.get("trials").asInt()).isEqualTo(3);
    assertThat(contender.get("lost").asInt()).isEqualTo(1);
    assertThat(contender.get("median_seconds").asDouble()).isEqualTo(10);
    assertThat(contender.get("simulated").asBoolean()).isFalse();
    assertThat(contender.get("estimated").asBoolean()).isFalse();
    assertThat(contender.propertyNames())
        .startsWith(
            "name",
            "accuracy",
            "ci",
            "trials",
            "lost",
            "median_seconds",
            "task_set",
            "contender",
            "contender_digest",
            "runs",
            "tasks",
            "planned",
            "solved",
            "failed",
            "timed_out",
            "agent_error",
            "accuracy_if_lost_failed",
            "greyed",
            "standard_error",
            "ci_method",
            "ci_absent",
            "verification",
            "flags",
            "simulated",
            "differs")
        .contains("ranks", "par2_seconds", "pass_at_k", "frontier_share", "within", "time")
        .doesNotContain("curve", "at");
    assertThat(json.propertyNames())
        .startsWith("contenders", "planned", "done", "used", "unfinished", "runs", "notes");
  }

  @Test
  void intervalsAreClippedInTextAndRawInJson() {
    String[] mostlySolved = "ss ss ss ss ss ss ss ss ss ff".split(" ");
    Board board = finished(Trials.of("a").each(mostlySolved));
    assertThat(render(TableFormat.TEXT, board)).contains("67–100 %");
    JsonNode ci = contender(board).get("ci");
    // p 0.9, se 0.1, t(0.975, 9) 2.262157
    assertThat(ci.get(0).asDouble()).isCloseTo(0.9 - 0.2262157, within(1e-6));
    assertThat(ci.get(1).asDouble()).isCloseTo(0.9 + 0.2262157, within(1e-6));
  }

  @Test
  void curvesAreInJsonWhenAskedForAndEndAtTheAccuracy() {
    Board board = finished(Trials.of("a").each("ss", "sf", "ff"));
    JsonNode json = json(board, new TableRequest(OptionalDouble.of(60), List.of(), false, true));
    JsonNode grid = json.get("sections").get(0).get("grid_seconds");
    JsonNode curve = json.get("contenders").get(0).get("curve");
    assertThat(grid.size()).isGreaterThan(60).isEqualTo(curve.get("accuracy").size());
    assertThat(grid.get(grid.size() - 1).asDouble()).isEqualTo(600);
    assertThat(curve.get("accuracy").get(grid.size() - 1).asDouble()).isEqualTo(0.5);
    assertThat(curve.get("ci_lo").get(0).isNull()).isTrue();
    assertThat(json.get("contenders").get(0).get("at").get("accuracy").asDouble()).isEqualTo(0.5);
  }

  @Test
  void unfinishedIsSaidInEveryFormThatHasNotes() {
    List<TrialRecord> trials = Trials.of("a").each("ssss");
    Board board = Board.of(trials.subList(0, 3), Trials.planned(trials), List.of(), OPTIONS);
    assertThat(render(TableFormat.TEXT, board)).contains("unfinished  1 of 4 trials pending;");
    assertThat(render(TableFormat.MARKDOWN, board)).contains("- **unfinished**: 1 of 4 trials");
    assertThat(render(TableFormat.LATEX, board)).contains("\\textbf{unfinished}: 1 of 4 trials");
    assertThat(json(board, TableRequest.USUAL).get("unfinished").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void nothingAndNothingYetAreNoErrors(TableFormat format) {
    List<TrialRecord> trials = Trials.of("a").each("ss");
    assertThat(render(format, finished(List.of()))).endsWith("\n");
    Board pending = Board.of(List.of(), Trials.planned(trials), List.of(), OPTIONS);
    assertThat(render(format, pending)).contains("a").doesNotContain("NaN");
    assertThat(render(format, finished(Trials.of("a").each("ll")))).doesNotContain("NaN");
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void everyFormMarksWhatWasNotMeasured(TableFormat format) {
    Board board =
        MadeUp.board(
            MadeUp.named("made").simulated(),
            MadeUp.named("retimed").estimated(),
            MadeUp.named("lossy").losing(9),
            MadeUp.named("apart").differing("task files differ"));
    String text = render(format, board);
    assertThat(text).contains("simulated").contains("estimated").contains("greyed");
    assertThat(text).contains("task files differ");
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void groupsAreInEveryForm(TableFormat format) {
    Board board =
        MadeUp.board(
            Grouping.CATEGORY,
            List.of(),
            MadeUp.section("debugging", MadeUp.named("a")),
            MadeUp.section("files", MadeUp.named("a")));
    assertThat(render(format, board)).contains("debugging").contains("files").contains("category");
  }

  @Test
  void runsOfOtherTaskSetsStandApart() {
    Board board =
        finished(
            Trials.all(
                Trials.of("a").each("s"), Trials.of("a").inRun("r2").onSet("other").each("f")));
    assertThat(render(TableFormat.TEXT, board))
        .contains("Task set other · 1 task")
        .contains("Task set set · 1 task");
    assertThat(render(TableFormat.LATEX, board))
        .contains("task set other")
        .contains("task set set");
  }

  @Test
  void rowsThatMayNotBePooledSayWhatDiffers() {
    Trials a = Trials.of("a");
    Board board = finished(Trials.all(a.each("s", "f"), a.inRun("r2").under("c2").each("s", "s")));
    assertThat(render(TableFormat.TEXT, board))
        .contains("a (r1) ")
        .contains("a (r2) ")
        .contains("differs    a (r2): conditions (image) differ in 2 tasks from run r1");
  }

  private static Board everywhere(String name) {
    return Board.of(
        Trials.of(name).onSet(name).inRun(name).simulatedTier().flagged(name).each("s", "f"),
        List.of(),
        List.of(new RunFacts(name, "docker", 1, 1, name)),
        OPTIONS);
  }

  private static long cells(Board board) {
    return render(TableFormat.MARKDOWN, board)
        .lines()
        .toList()
        .get(2)
        .chars()
        .filter(c -> c == '|')
        .count();
  }

  private static int separators(String latex) {
    return latex.replace("\\&", "").split("&", -1).length;
  }

  private static int depth(String latex) {
    int depth = 0;
    for (char c : latex.replace("\\{", "").replace("\\}", "").toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return depth;
  }

  private static List<String> fields(String line) {
    return List.of(line.replaceAll("\"([^\"]|\"\")*\"", "q").split(",", -1));
  }

  private static boolean moves(int c) {
    return (c < 0x20 && c != '\n')
        || (c >= 0x7F && c < 0xA0)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || (c >= 0x590 && c <= 0x6FF)
        || c == 0x2028
        || c == 0x2029;
  }

  private static String render(TableFormat format, Board board) {
    return format.render(board, TableRequest.USUAL, Look.PLAIN);
  }

  private static JsonNode contender(Board board) {
    return json(board, TableRequest.USUAL).get("contenders").get(0);
  }

  private static JsonNode json(Board board, TableRequest request) {
    return JsonMapper.shared().readTree(TableFormat.JSON.render(board, request, Look.PLAIN));
  }

  private static Board finished(List<TrialRecord> trials) {
    return Board.of(trials, List.of(), List.of(), OPTIONS);
  }
}
