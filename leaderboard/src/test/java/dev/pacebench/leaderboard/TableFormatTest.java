package dev.pacebench.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TableFormatTest {

  private static final String ESCAPE = "\u001b";

  @Test
  void textShowsWhatTheFiguresRestOn() {
    List<TrialRecord> trials =
        Trials.all(
            Trials.of("oracle").each("s", "s", "s"),
            Trials.of("sim").simulatedTier().flagged("tampered").each("s", "f", "l"));
    ResultTable table = ResultTable.of(trials, List.of(), List.of(new RunFacts("r1", "docker", 2)));
    assertThat(TableFormat.TEXT.render(table, false))
        .isEqualTo(
            """
            Task set set
            contender        accuracy  95 %  solved  lost  if failed  median s  verified
            oracle            100.0 %     –     3/3     0    100.0 %      10.0  separate
            sim (simulated)    50.0 %     –     1/2     1     33.3 %      10.0  separate

            6 trials; run r1 (sandbox docker, -j 2).
            Simulated, no model was called: sim.
            Greyed, more than 2 % of the trials lost: sim.
            "if failed" is the accuracy if every lost trial had failed.
            Too few tasks for an interval (at least 10): oracle, sim.
            Flags, in trials: tampered 3.
            Accuracy: solved / (trials - lost). Interval: 95 % over tasks. Median: agent phase of solved trials.
            """);
  }

  @Test
  void intervalsAreClippedInTextAndRawInJson() {
    String[] mostlySolved = "ss ss ss ss ss ss ss ss ss ff".split(" ");
    ResultTable table = finished(Trials.of("a").each(mostlySolved));
    assertThat(TableFormat.TEXT.render(table, false)).contains("67.4–100.0 %");
    JsonNode ci = contender(table, 0).get("ci");
    // p 0.9, se 0.1, t(0.975, 9) 2.262157
    assertThat(ci.get(0).asDouble()).isCloseTo(0.9 - 0.2262157, within(1e-6));
    assertThat(ci.get(1).asDouble()).isCloseTo(0.9 + 0.2262157, within(1e-6));
  }

  @Test
  void jsonKeepsItsContract() {
    JsonNode contender = contender(finished(Trials.of("a").each("s", "f", "l")), 0);
    assertThat(contender.get("name").asString()).isEqualTo("a");
    assertThat(contender.get("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(contender.get("ci").isNull()).isTrue();
    assertThat(contender.get("ci_absent").asString()).isEqualTo("too few tasks");
    assertThat(contender.get("trials").asInt()).isEqualTo(3);
    assertThat(contender.get("lost").asInt()).isEqualTo(1);
    assertThat(contender.get("median_seconds").asDouble()).isEqualTo(10);
    assertThat(contender.get("simulated").asBoolean()).isFalse();
  }

  @Test
  void unfinishedIsSaidInEveryFormThatHasNotes() {
    List<TrialRecord> trials = Trials.of("a").each("ssss");
    ResultTable table = ResultTable.of(trials.subList(0, 3), Trials.planned(trials), List.of());
    assertThat(TableFormat.TEXT.render(table, false)).contains("Unfinished: 1 of 4 trials pending");
    assertThat(TableFormat.MARKDOWN.render(table, false)).contains("Unfinished: 1 of 4 trials");
    assertThat(json(table).get("unfinished").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void anEmptyTableIsNoError(TableFormat format) {
    assertThat(format.render(finished(List.of()), true)).endsWith("\n");
  }

  @Test
  void colourOnlyWhenAskedFor() {
    ResultTable table = finished(Trials.of("a").each("sl"));
    assertThat(TableFormat.TEXT.render(table, false)).doesNotContain(ESCAPE);
    assertThat(TableFormat.TEXT.render(table, true)).contains(ESCAPE + "[2ma");
    assertThat(TableFormat.MARKDOWN.render(table, true)).doesNotContain(ESCAPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u001b[31mred",
        "two\nlines\r\n",
        "\u202Eevil\u202C\u2066x\u2069",
        "null\0byte \u0085 \u2028",
        "\u05D0\u05D1 100.0 %",
        "\uD800 lone",
        "|pipe|`code`<script>alert(1)</script>@team [x](y)",
        "=HYPERLINK(\"x\",\"y\")",
        "a,\"b\";c",
      })
  void hostileNamesBreakNoForm(String name) {
    ResultTable table = finished(Trials.of(name).each("s"));
    ResultTable plain = finished(Trials.of("plain").each("s"));
    for (TableFormat format : TableFormat.values()) {
      String text = format.render(table, false);
      assertThat(text.lines().count())
          .as(format.word())
          .isEqualTo(format.render(plain, false).lines().count());
      assertThat(text.chars().filter(TableFormatTest::moves)).as(format.word()).isEmpty();
    }
    String row = TableFormat.MARKDOWN.render(table, false).lines().toList().get(2);
    assertThat(row.replace("\\|", "").chars().filter(c -> c == '|').count()).isEqualTo(10);
    assertThat(row).doesNotContain("<").doesNotContain("@");
    assertThat(contender(table, 0).get("contender").asString())
        .isEqualTo(
            name.replace(
                "\uD800", contender(table, 0).get("contender").asString().substring(0, 1)));
  }

  @Test
  void csvNeverStartsAFormula() {
    for (String name : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=a,\"b\"")) {
      String row =
          TableFormat.CSV
              .render(finished(Trials.of(name).each("s")), false)
              .lines()
              .toList()
              .get(1);
      assertThat(row.split(",", 2)[1].replaceFirst("^\"", "")).doesNotStartWith("=");
      assertThat(row.split(",", 2)[1].replaceFirst("^\"", "")).matches("(?s)['\uFFFD].*");
    }
    assertThat(SafeText.csv("a,\"b\"", 50)).isEqualTo("\"a,\"\"b\"\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u6F22", "\uD83D\uDE80", "e\u0301\u0301\u0301\u0301\u0301"})
  void aNameOfTenThousandCharactersKeepsTheTableNarrow(String unit) {
    List<TrialRecord> trials =
        Trials.all(
            Trials.of(unit.repeat(10_000)).simulatedTier().each("sl", "ff"),
            Trials.of("short").each("ss", "ff"));
    String text =
        TableFormat.TEXT.render(
            ResultTable.of(
                trials, List.of(), List.of(new RunFacts(unit.repeat(10_000), "docker", 1))),
            false);
    assertThat(text.lines()).allSatisfy(line -> assertThat(SafeText.width(line)).isLessThan(101));
    assertThat(text).contains("(simulated)");
    assertThat(TableFormat.MARKDOWN.render(finished(trials), false)).hasSizeLessThan(5_000);
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

  private static JsonNode contender(ResultTable table, int index) {
    return json(table).get("contenders").get(index);
  }

  private static JsonNode json(ResultTable table) {
    return JsonMapper.shared().readTree(TableFormat.JSON.render(table, false));
  }

  private static ResultTable finished(List<TrialRecord> trials) {
    return ResultTable.of(trials, List.of(), List.of());
  }
}
