package dev.pacebench.leaderboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.table.Look;
import dev.pacebench.leaderboard.table.TableFormat;
import dev.pacebench.leaderboard.table.TableRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The page as text; what a browser makes of it is tested elsewhere. */
class BoardPageTest {

  private static final List<TrialRecord> TWO = Pages.trials("r1", 12, 2, "quick", "thorough");
  private static final PageData DATA = Pages.of(TWO);
  private static final String PAGE = BoardPage.html(DATA);

  static List<String> hostileNames() {
    return List.of(
        "</script><img src=x onerror=alert(1)>",
        "<!--<script>",
        "\"><svg onload=alert(1)>",
        "' onfocus='alert(1)",
        "\u202Egnp.exe\u2066",
        "\u001B]8;;http://x\u0007link\u001B[31m",
        "a\u0000b\rc\nd",
        "\uD800 alone",
        "]]>&lt;&#x3c;",
        "x".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void noNameIsMoreThanText(String name) {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < 11; task++) {
      Outcome outcome = task < 5 ? Outcome.SOLVED : Outcome.FAILED;
      trials.add(Pages.trial(name, name + task, name, 1, outcome, 10));
      trials.add(Pages.trial(name, name + task, "other", 1, Outcome.SOLVED, 20));
    }
    String page = BoardPage.html(Pages.of(trials));
    String harmless = BoardPage.html(Pages.of(TWO));
    for (String mark : List.of("<script", "</script", "<!--", "<img", "<svg onload")) {
      assertThat(count(page, mark)).as(mark).isEqualTo(count(harmless, mark));
    }
    // Whoever writes an attribute by hand forgets one of the two quotes.
    assertThat(page).doesNotContain("\"><svg on").doesNotContain("' onfocus='");
    String own = page.substring(0, page.indexOf("<script type=\"application/json\""));
    assertThat(own.codePoints().filter(BoardPageTest::isUnseen).toArray()).isEmpty();
    assertThat(own.length()).isLessThan(200_000);
    JsonNode json = Pages.JSON.readTree(data(page));
    JsonNode contenders = json.get("sections").get(0).get("contenders");
    assertThat(contenders.get(1).get("name").asString())
        .startsWith(name.substring(0, Math.min(name.length(), 300)));
  }

  @Test
  void namesOfEveryScriptAreReadable() {
    String page = BoardPage.html(Pages.of(Pages.trials("r1", 3, 1, "שלום", "other")));
    assertThat(page).contains("<bdi class=\"name\">שלום</bdi>");
  }

  private static boolean isUnseen(int point) {
    int type = Character.getType(point);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || (type == Character.CONTROL && point != '\n');
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length;
  }

  private static String data(String page) {
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(page);
    assertThat(data.find()).isTrue();
    return data.group(1);
  }

  @Test
  void dataAreAsciiAndHoldNoMarkup() {
    assertThat(data(PAGE).getBytes(StandardCharsets.US_ASCII)).isEqualTo(DATA.json());
    assertThat(data(PAGE)).doesNotContain("<", ">", "&", "'").matches("[ -~]+");
  }

  @Test
  void theStaticTableShowsWhatThePrintedOneDoes() {
    String printed = TableFormat.MARKDOWN.render(DATA.board(), TableRequest.USUAL, Look.PLAIN);
    String table = PAGE.substring(PAGE.indexOf("<table class=\"board\">"));
    table = table.substring(0, table.indexOf("</table>"));
    for (String name : List.of("quick", "thorough")) {
      String line = printed.lines().filter(it -> it.contains(name)).findFirst().orElseThrow();
      String row = table.lines().filter(it -> it.contains(name)).findFirst().orElseThrow();
      List<String> cells = List.of(line.split("\\|"));
      for (String cell : cells.subList(3, cells.size())) {
        assertThat(row).contains("<td class=\"num\">" + cell.strip() + "</td>");
      }
    }
  }

  @Test
  void thePolicyNamesEveryScriptAndStyleAndNothingElse() {
    String policy = PAGE.split("Content-Security-Policy\" content=\"", 2)[1].split("\"", 2)[0];
    assertThat(policy)
        .startsWith("default-src 'none';")
        .doesNotContain("unsafe", "http", "connect");
    List<String> contents = new ArrayList<>();
    for (String kind : List.of("<script>(.*?)</script>", "<style>(.*?)</style>")) {
      Matcher found = Pattern.compile(kind, Pattern.DOTALL).matcher(PAGE);
      while (found.find()) {
        contents.add(found.group(1));
      }
    }
    assertThat(contents).hasSize(4);
    for (String content : contents) {
      assertThat(policy).contains(ContentPolicy.hash(content));
    }
    assertThat(count(policy, "sha256-")).isEqualTo(6);
    assertThat(PageResources.get().plotStyle).startsWith(":where(.pb-plot) {\n");
  }

  @Test
  void nothingIsStyledOrStartedByAnAttribute() {
    String own = PAGE.substring(0, PAGE.indexOf("<script type=\"application/json\""));
    own = own.substring(own.indexOf("<body>"));
    assertThat(own).doesNotContainPattern("<[^>]*\\s(style|on[a-z]+)=");
    assertThat(own).doesNotContainPattern("(src|href)=\"(?!#)");
  }

  @Test
  void theLiveFormKnowsWhereItIsServed() {
    String live = BoardPage.live(DATA, "/events?run=r1&x", "/data.json?run=r1");
    assertThat(live)
        .contains("data-live=\"/events?run=r1&amp;x\"")
        .contains("data-url=\"/data.json?run=r1\"")
        .contains("; connect-src 'self'");
    assertThat(PAGE).doesNotContain("data-live=");
  }

  @Test
  void everySetHasATableAndChartsOfItsOwn() {
    List<TrialRecord> trials = new ArrayList<>(TWO);
    TWO.forEach(trial -> trials.add(onOtherSet(trial)));
    String page = BoardPage.html(Pages.of(trials));
    assertThat(count(page, "<table class=\"board\">") - 1).isEqualTo(2);
    assertThat(count(page, "class=\"pb-static\"") - 1).isEqualTo(4);
    assertThat(count(page, "id=\"chart-tradeoff\"") - 1).isEqualTo(1);
  }

  private static TrialRecord onOtherSet(TrialRecord trial) {
    return new TrialRecord(
        trial.run(),
        "another set",
        trial.task(),
        trial.taskDigest(),
        trial.contender(),
        trial.contenderDigest(),
        trial.conditionsDigest(),
        trial.attempt(),
        trial.outcome(),
        trial.ended(),
        trial.solved(),
        trial.agentSeconds(),
        trial.wallSeconds(),
        trial.tries(),
        true,
        trial.limitSeconds(),
        trial.verification(),
        trial.rewards(),
        trial.flags(),
        trial.timeline(),
        trial.labels(),
        trial.conditions(),
        trial.figures(),
        trial.reason(),
        trial.startedAt(),
        trial.evidence());
  }

  @Test
  void everyRowSaysHowToHaveItAgain() {
    assertThat(PAGE)
        .contains("pacebench run -t set -l lineup --contender quick<")
        .contains("<code>pacebench run -t set -l lineup</code>");
    assertThat(ShellWord.of("it's")).isEqualTo("'it'\\''s'");
  }

  @Test
  void aPageOfADemosSizeIsSmall() {
    PageData demo = Pages.of(Pages.trials("r1", 10, 2, "one", "two", "three"));
    assertThat(BoardPage.html(demo).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(900_000);
  }

  @Test
  void idsAreUnique() {
    String own = PAGE.substring(PAGE.indexOf("<body>"), PAGE.indexOf("type=\"application/json\""));
    Matcher ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(own);
    List<String> found = new ArrayList<>();
    while (ids.find()) {
      found.add(ids.group(1));
    }
    assertThat(found).doesNotHaveDuplicates().contains("board", "charts", "provenance", "top");
  }
}
