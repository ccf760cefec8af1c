package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.page.Html;
import dev.pacebench.leaderboard.page.trial.RunStory.TrialLine;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.leaderboard.table.Readable;
import java.util.List;
import java.util.Locale;

/** Writes the list of runs, and the list of a run's trials, without any script. */
public final class RunLists {

  /** How often a list of what still goes on is fetched anew. */
  private static final String AGAIN_SECONDS = "10";

  private RunLists() {}

  /** All runs, newest first. */
  public static String list(String version, List<RunStory> runs, List<Link> up) {
    Html html = begin("Runs", runs.stream().anyMatch(run -> run.state().equals("running")));
    html.open("header");
    up(html, up);
    html.leaf("h1", "Runs").leaf("p", "Newest first.", "class", "lead").close();
    html.open("main");
    if (runs.isEmpty()) {
      html.leaf("p", "There is no run here yet.");
    } else {
      table(html, "Runs", "run", "state", "started", "task sets", "lineup");
      numbers(html, "done", "solved", "lost");
      html.leaf("th", "board", "scope", "col").close().close().open("tbody");
      runs.forEach(run -> row(html, run));
      html.close().close().close();
    }
    return end(html, version);
  }

  private static void row(Html html, RunStory run) {
    html.open("tr").open("th", "scope", "row");
    TrialPages.link(html, new Link(run.id(), run.href()));
    html.close();
    state(html, run.state());
    html.open("td").name(Readable.moment(run.createdAt()), 40).close();
    html.open("td").name(run.taskSets(), 40).close();
    html.open("td").name(run.lineup(), 40).close();
    html.leaf("td", run.done() + "/" + run.planned(), "class", "n");
    html.leaf("td", solved(run), "class", "n");
    html.leaf("td", Integer.toString(run.lost()), "class", "n");
    html.open("td").open("a", "href", run.board()).text("board").close().close().close();
  }

  /** Of all contenders together, which says how the tasks went and compares nobody. */
  private static String solved(RunStory run) {
    int judged = run.done() - run.lost();
    return judged <= 0
        ? Figures.ABSENT
        : String.format(Locale.ROOT, "%d (%.0f %%)", run.solved(), 100.0 * run.solved() / judged);
  }

  /**
   * One run with some of its trials.
   *
   * @param pages further trials of it
   */
  public static String run(
      String version, RunStory run, List<TrialLine> trials, List<Link> pages, List<Link> up) {
    Html html = begin("Run " + run.id(), run.state().equals("running"));
    html.open("header");
    up(html, up);
    html.open("h1").text("Run ").name(run.id(), 100).close();
    html.open("p", "class", "verdict").open("strong").name(run.state(), 40).close();
    html.text(" · " + run.done() + " of " + run.planned() + " trials done · ");
    html.text(solved(run) + " solved · " + run.lost() + " lost · ");
    html.open("a", "href", run.board()).text("its board").close().close();
    html.open("dl", "class", "facts");
    run.facts()
        .forEach(
            (name, value) ->
                html.open("div")
                    .open("dt")
                    .name(name, 80)
                    .close()
                    .open("dd")
                    .name(value, 300)
                    .close()
                    .close());
    html.close().close().open("main");
    table(html, "Trials", "task", "contender");
    numbers(html, "attempt");
    html.leaf("th", "outcome", "scope", "col");
    numbers(html, "agent s", "tries");
    html.leaf("th", "flags", "scope", "col").close().close().open("tbody");
    trials.forEach(trial -> row(html, trial));
    html.close().close().close();
    if (pages.size() > 1) {
      html.open("nav", "class", "links", "aria-label", "Further trials");
      pages.forEach(
          page -> {
            TrialPages.link(html, page);
            html.text(" ");
          });
      html.close();
    }
    return end(html, version);
  }

  private static void row(Html html, TrialLine trial) {
    html.open("tr").open("th", "scope", "row");
    TrialPages.link(html, new Link(trial.task(), trial.link().href()));
    html.close().open("td").name(trial.contender(), 60).close();
    html.leaf("td", Integer.toString(trial.attempt()), "class", "n");
    state(html, trial.state());
    html.leaf("td", Figures.bare(trial.agentSeconds()), "class", "n");
    html.leaf("td", Integer.toString(trial.tries()), "class", "n");
    html.open("td").name(String.join(", ", trial.flags()).replace('_', ' '), 80).close().close();
  }

  private static void state(Html html, String state) {
    String kind =
        switch (state) {
          case "solved", "done" -> "fine";
          case "failed", "agent error" -> "wrong";
          default -> "soft";
        };
    html.open("td", "class", kind).name(state, 40).close();
  }

  private static void table(Html html, String label, String... columns) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label);
    html.open("table").open("thead").open("tr");
    for (String column : columns) {
      html.leaf("th", column, "scope", "col");
    }
  }

  private static void numbers(Html html, String... columns) {
    for (String column : columns) {
      html.leaf("th", column, "scope", "col", "class", "n");
    }
  }

  private static void up(Html html, List<Link> up) {
    if (!up.isEmpty()) {
      html.open("nav", "class", "links", "aria-label", "Where it belongs");
      for (int i = 0; i < up.size(); i++) {
        if (i > 0) {
          html.leaf("span", " › ", "class", "soft");
        }
        TrialPages.link(html, up.get(i));
      }
      html.close();
    }
  }

  /** A page with some words, such as why something cannot be shown. */
  public static String message(String version, String heading, String text, boolean again) {
    Html html = begin(heading, again);
    html.open("main").leaf("h1", heading).leaf("p", text);
    return end(html, version);
  }

  private static Html begin(String title, boolean again) {
    Html html = new Html();
    PageParts.head(html, title);
    if (again) {
      html.single("meta", "http-equiv", "refresh", "content", AGAIN_SECONDS);
    }
    return html.open("style").own(PageParts.STYLE).close().close().open("body");
  }

  private static String end(Html html, String version) {
    html.close().open("footer").text("Pacebench " + version).close();
    return html.close().close().toString();
  }
}
