package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.Html;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.leaderboard.table.Readable;
import java.util.List;

/** Which trial it is, what came of it, and why. */
final class TrialHead {

  private final Html html;
  private final TrialStory story;

  TrialHead(Html html, TrialStory story) {
    this.html = html;
    this.story = story;
  }

  void write() {
    TrialStory.TrialId id = story.id();
    html.open("header", "id", "top");
    links("nav", story.up(), "Where it belongs", " › ");
    html.open("h1").name(id.task(), 120).close();
    html.open("p", "class", "lead").name(id.contender(), 120);
    html.text(" · attempt " + id.attempt() + " · ").name(id.taskSet(), 80);
    html.text(" · run ").name(id.run(), 80).close();
    TrialRecord result = story.result();
    if (result == null) {
      html.open("p", "class", "verdict")
          .open("strong", "class", "open")
          .name(story.state(), 40)
          .close()
          .close();
    } else {
      result(result);
    }
    links("p", story.tries(), "Tries", " · ");
    for (String note : story.notes()) {
      html.open("p", "class", "note").name(note, 400).close();
    }
    html.close();
  }

  private void result(TrialRecord result) {
    String word = TrialPages.lower(result.outcome());
    html.open("p", "class", "verdict");
    html.leaf("strong", glyph(result.outcome()) + " " + word.replace('_', ' '), "class", word);
    Double agent = result.agentSeconds();
    if (agent != null) {
      html.text(" after ").leaf("strong", Figures.seconds(agent));
      html.leaf("span", " of at most " + Figures.seconds(result.limitSeconds()), "class", "soft");
    }
    if (result.simulated()) {
      html.text(" ").leaf("span", "simulated", "class", "mark simulated");
    }
    for (String flag : result.flags()) {
      html.text(" ").open("span", "class", "mark").name(flag.replace('_', ' '), 40).close();
    }
    html.close();
    html.open("p", "class", "reason").name(result.reason(), 500).close();
    html.open("dl", "class", "facts");
    fact("agent phase ended", result.ended() == null ? "none took place" : result.ended());
    fact("verified", result.verification() == null ? Figures.ABSENT : result.verification());
    if (!result.rewards().isEmpty()) {
      fact("rewards", Readable.rewards(result.rewards()));
    }
    fact("tries", Integer.toString(result.tries()));
    fact("started", Readable.moment(result.startedAt().toString()));
    fact("trial", story.id().trial());
    html.close();
  }

  private void fact(String name, String value) {
    html.open("div").leaf("dt", name).open("dd").name(value.replace('_', ' '), 160).close().close();
  }

  private void links(String element, List<Link> links, String label, String between) {
    if (links.isEmpty()) {
      return;
    }
    html.open(element, "class", "links", "aria-label", label);
    for (int i = 0; i < links.size(); i++) {
      if (i > 0) {
        html.leaf("span", between, "class", "soft");
      }
      TrialPages.link(html, links.get(i));
    }
    html.close();
  }

  private static String glyph(Outcome outcome) {
    return switch (outcome) {
      case SOLVED -> "✓";
      case FAILED -> "✗";
      case TIMED_OUT -> "◷";
      case AGENT_ERROR -> "!";
      case LOST -> "∅";
    };
  }
}
