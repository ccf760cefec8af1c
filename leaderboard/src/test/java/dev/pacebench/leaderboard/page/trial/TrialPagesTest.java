package dev.pacebench.leaderboard.page.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.trial.Act.Command;
import dev.pacebench.leaderboard.page.trial.Act.Step;
import dev.pacebench.leaderboard.page.trial.TrialStory.EvidenceFile;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.leaderboard.page.trial.TrialStory.ModelCall;
import dev.pacebench.leaderboard.page.trial.TrialStory.SpentState;
import dev.pacebench.leaderboard.page.trial.TrialStory.Text;
import dev.pacebench.leaderboard.page.trial.TrialStory.TrialId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page of a trial says, and that nothing in it can do anything. */
class TrialPagesTest {

  private static final String HOSTILE =
      "</script></pre><img src=x onerror=alert(1)>\" onclick='x' <!-- \u001b]8;;http://x\u0007"
          + "\u001b[2J\u202edrow\u0000 &amp; ]]>";

  @Test
  void saysWhatWasDoneWhenAndWhatCameOfIt() {
    String page = TrialPages.html(story("ls -la", "two\nlines", "I look around."));
    assertThat(page)
        .contains("✓ solved", "12.5 s", "of at most 60.0 s", ">simulated<")
        .contains("the model writing", "8.00 s", "64.0 %")
        .contains(">2026-01-02 03:04:05 UTC<")
        .contains("ls -la", "exit 3", "2 lines of output", "I look around.")
        .contains("What the verifier printed", "1.0 kB before this are left out")
        .contains("href=\"/file\"", "href=\"?try=try-1\"");
  }

  @Test
  void equalStoriesGiveEqualPages() {
    assertThat(TrialPages.html(story("a", "b", "c")))
        .isEqualTo(TrialPages.html(story("a", "b", "c")));
  }

  @Test
  void whatModelsAndProgramsWroteIsTextWhereverItStands() {
    String page = TrialPages.html(story(HOSTILE, HOSTILE, HOSTILE));
    assertThat(page)
        .doesNotContain("<img", "onclick='", "\u001b", "\u0000", "\u202e", "\u0007", "<!--");
    // Its own style and script, and nothing besides.
    assertThat(page.split("<script", -1)).hasSize(2);
    assertThat(page.split("</script", -1)).hasSize(2);
    assertThat(page).doesNotContain(" style=", "javascript:");
    assertThat(TrialPages.policy()).startsWith("default-src 'none'").doesNotContain("unsafe");
  }

  @ParameterizedTest
  @MethodSource("dev.pacebench.leaderboard.page.BoardPageTest#hostileNames")
  void noNameIsMoreThanText(String name) {
    String page = TrialPages.html(story("ls", "out", name));
    String harmless = TrialPages.html(story("ls", "out", "name"));
    for (String mark : List.of("<script", "</script", "<!--", "<img", "<svg", "<bdi", "</bdi")) {
      assertThat(page.split(mark, -1)).as(mark).hasSameSizeAs(harmless.split(mark, -1));
    }
    assertThat(page).doesNotContain("' onfocus='");
    assertThat(page.chars().filter(c -> Character.isISOControl(c) && c != '\n').toArray())
        .isEmpty();
    assertThat(page.codePoints().map(Character::getType).boxed())
        .doesNotContain((int) Character.FORMAT, (int) Character.SURROGATE);
  }

  @Test
  void namesOfEveryScriptAreReadable() {
    assertThat(TrialPages.html(story("ls", "out", "שלום")))
        .contains("<h1><bdi class=\"name\">שלום</bdi></h1>");
  }

  @Test
  void longTextsAreCutAndSayHowMuch() {
    String page = TrialPages.html(story("x", "y".repeat(3_000_000), "z"));
    assertThat(page.length()).isLessThan(200_000);
    assertThat(page).contains("2976000 characters left out");
  }

  @Test
  void anyNumberOfLongTextsMakesAPageThatOpens() {
    Step step = step("x".repeat(30_000), "y".repeat(30_000), "z".repeat(30_000));
    TrialStory story =
        story(new Act("", 1.0, "finished", Collections.nCopies(2_500, step), List.of()));
    String page = TrialPages.html(story);
    assertThat(page.length()).isLessThan(12_000_000);
    assertThat(page).contains("500 more steps are in the evidence");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\u001b[31mred\\u001b[0m|ared",
        "\\u001b]0;title\\u0007text|text",
        "\\u001b]8;;u\\u001b\\\\link\\u001b]8;;\\u001b\\\\|link",
        "\\u001b]never ends|never ends",
        "\\u001b(Bplain|plain",
        "\\u009b1mx|x",
        "over\\rwritten|over\\nwritten",
        "dos\\r\\nline|dos\\nline",
        "bell\\u0007|bell\\ufffd",
        "a\\u202eb|a\\ufffdb",
        "tab\\tkept|tab\\tkept"
      })
  void terminalEscapesGoAndLinesStay(String given, String shown) {
    assertThat(InertText.of(unescaped(given))).isEqualTo(unescaped(shown));
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\u", i)) {
        out.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (text.startsWith("\\", i) && i + 1 < text.length()) {
        out.append(
            "\\rnt".indexOf(text.charAt(i + 1)) < 0
                ? text.charAt(i + 1)
                : "\\\r\n\t".charAt("\\rnt".indexOf(text.charAt(i + 1))));
        i++;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  @Test
  void nonsenseFiguresAreNoFailure() {
    Step odd =
        new Step(
            "who",
            Double.NaN,
            Double.POSITIVE_INFINITY,
            -5.0,
            1e300,
            -1L,
            "",
            "",
            "",
            List.of(),
            List.of());
    String page = TrialPages.html(story(new Act("s", Double.NaN, "", List.of(odd), List.of())));
    assertThat(page).doesNotContain("NaN", "Infinity");
  }

  @Test
  void listsOfRunsAreAsInert() {
    RunStory run =
        new RunStory(
            HOSTILE,
            "done",
            HOSTILE,
            HOSTILE,
            HOSTILE,
            4,
            3,
            2,
            1,
            "/runs/x",
            "/?run=x",
            new java.util.TreeMap<>(Map.of(HOSTILE, HOSTILE)));
    RunStory.TrialLine line =
        new RunStory.TrialLine(
            new Link("t", "/t"), HOSTILE, HOSTILE, 1, "failed", 1.0, 1, List.of(HOSTILE));
    for (String page :
        List.of(
            RunLists.list("1", List.of(run), List.of()),
            RunLists.run(
                "1",
                run,
                List.of(line),
                List.of(new Link(HOSTILE, null), new Link("b", "?")),
                List.of()))) {
      assertThat(page).doesNotContain("<img", "\u001b", "\u202e", "<script");
      assertThat(page).contains("2 (100 %)");
    }
  }

  private static Step step(String command, String output, String said) {
    return new Step(
        "agent",
        0.5,
        8.0,
        1.0,
        0.1,
        12L,
        said,
        "thought " + said,
        "",
        List.of(new Command("sh", command, true, 3, 0.5, output)),
        List.of());
  }

  private static TrialStory story(String command, String output, String said) {
    return story(
        new Act("", 12.5, "finished", List.of(step(command, output, said)), List.of(said)));
  }

  private static TrialStory story(Act act) {
    String text = act.steps().get(0).said();
    TrialRecord record =
        new TrialRecord(
            "r",
            "set",
            text,
            "d",
            text,
            "d",
            "d",
            1,
            Outcome.SOLVED,
            "finished",
            true,
            12.5,
            20,
            1,
            true,
            60,
            "shared",
            Map.of(text, 1.0),
            List.of(text),
            Map.of(),
            Map.of(),
            Map.of(text, text),
            Map.of(text, Double.NaN),
            text,
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            "runs/r/trials/t/try-2");
    return new TrialStory(
        "1",
        new TrialId("r", "t", "set", text, text, 1),
        "done",
        record,
        List.of(
            new SpentState("sandbox_start", 2, false), new SpentState("wait_first", 4.5, true),
            new SpentState("answer_stream", 8, true), new SpentState(text, 0, true)),
        List.of(act),
        List.of(new ModelCall("1", 0, 9, 200, text, 1.0, 100.0, 10L, 0L, 5L, text)),
        List.of(new Text("What the verifier printed", text, 1024)),
        List.of(new EvidenceFile(text, 5, "/file")),
        List.of(new Link("try-1", "?try=try-1"), new Link("try-2", null)),
        List.of(text),
        List.of(new Link("Board", "/")));
  }
}
