package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.SafeText;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.Html;
import dev.pacebench.leaderboard.page.trial.TrialStory.EvidenceFile;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.leaderboard.page.trial.TrialStory.Text;
import dev.pacebench.leaderboard.table.Readable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page of a trial: one HTML file that needs nothing else, in which all text is inert.
 *
 * <p>Equal stories give equal pages. Long texts are cut, which the page says; the evidence has all.
 */
public final class TrialPages {

  private static final int MOST_FILES = 500;
  private static final int LONGEST_LINK = 200;

  private final TrialStory story;
  private final Html html = new Html();
  private final Room room = new Room();

  private TrialPages(TrialStory story) {
    this.story = story;
  }

  /** The page, with a policy inside that forbids everything but its own style and script. */
  public static String html(TrialStory story) {
    return new TrialPages(story).page();
  }

  /** The same policy, for a server to send beside the page. */
  public static String policy() {
    return PageParts.POLICY;
  }

  private String page() {
    TrialStory.TrialId id = story.id();
    PageParts.head(html, title(id));
    html.open("style").own(PageParts.STYLE).close().close();
    html.open("body");
    html.leaf("a", "Skip to the steps", "class", "skip", "href", "#steps");
    new TrialHead(html, story).write();
    html.open("main");
    new TrialTime(html, story).write();
    steps();
    new CallTable(html).write(story.calls());
    story.texts().forEach(this::text);
    TrialRecord result = story.result();
    if (result != null) {
      values("Figures", figures(result));
      values("Conditions", result.conditions());
    }
    files();
    html.close();
    html.open("footer");
    html.text("Pacebench " + story.version() + ". ");
    html.text(
        "Texts on this page were written by models and programs, and are shown as they are, ");
    html.text("without control characters.").close();
    html.open("script").own(PageParts.SCRIPT).close();
    return html.close().close().toString();
  }

  private static String title(TrialStory.TrialId id) {
    return SafeText.page(id.task(), 60)
        + " · "
        + SafeText.page(id.contender(), 60)
        + " · "
        + id.attempt();
  }

  private void steps() {
    html.open("section", "id", "steps").leaf("h2", "What the agent did");
    if (story.acts().isEmpty()) {
      html.leaf(
          "p",
          story.result() == null
              ? "Shown once the trial is done."
              : "The evidence tells of no steps.",
          "class",
          "soft");
    }
    int number = 0;
    for (Act act : story.acts()) {
      number++;
      if (!act.name().isEmpty()) {
        html.open("h3").text("Step ").name(act.name(), 80).close();
      }
      new StepList(html, room).write(act, story.acts().size() > 1 ? "s" + number + "-" : "s");
    }
    html.close();
  }

  private void text(Text text) {
    html.open("section").open("h2").name(text.heading(), 80).close();
    if (text.leftOut() > 0) {
      html.leaf("p", Figures.bytes(text.leftOut()) + " before this are left out.", "class", "soft");
    }
    html.leaf(
        "pre",
        room.take(text.text()).stripTrailing(),
        "class",
        "output",
        "dir",
        "auto",
        "tabindex",
        "0");
    html.close();
  }

  private static Map<String, String> figures(TrialRecord result) {
    Map<String, String> shown = new TreeMap<>();
    result.figures().forEach((name, value) -> shown.put(name, Readable.number(value)));
    return shown;
  }

  private void values(String heading, Map<String, String> values) {
    if (values.isEmpty()) {
      return;
    }
    html.open("details", "class", "values").open("summary").text(heading).text(" ");
    html.leaf("span", Integer.toString(values.size()), "class", "soft").close();
    html.open("dl");
    values.forEach(
        (name, value) -> {
          html.open("dt").name(name, 80).close();
          html.open("dd").name(value, 300).close();
        });
    html.close().close();
  }

  private void files() {
    if (story.files().isEmpty()) {
      return;
    }
    html.open("details", "class", "values", "id", "evidence").open("summary").text("Evidence ");
    html.leaf("span", story.files().size() + " files", "class", "soft").close().open("ul");
    for (EvidenceFile file : story.files().subList(0, Math.min(MOST_FILES, story.files().size()))) {
      html.open("li");
      link(html, new Link(file.path(), file.href()));
      html.leaf("span", " " + Figures.bytes(file.bytes()), "class", "soft").close();
    }
    html.close().close();
  }

  /** A name, with its address where it has one. */
  static void link(Html html, Link link) {
    @Nullable String href = link.href();
    if (href == null) {
      html.name(link.text(), LONGEST_LINK);
    } else {
      html.open("a", "href", href).name(link.text(), LONGEST_LINK).close();
    }
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
