package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.page.Html;
import dev.pacebench.leaderboard.page.trial.TimeBars.Stretch;
import dev.pacebench.leaderboard.page.trial.TrialStory.SpentState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the time of a trial went: the parts of the agent phase, then every state of the trial. */
final class TrialTime {

  private final Html html;
  private final TrialStory story;

  TrialTime(Html html, TrialStory story) {
    this.html = html;
    this.story = story;
  }

  void write() {
    if (story.states().isEmpty()) {
      return;
    }
    html.open("section", "id", "time").leaf("h2", "Where the time went");
    parts();
    html.open("details", "class", "values").leaf("summary", "Every state of the trial");
    states();
    html.close().close();
  }

  private void parts() {
    Map<String, Double> parts = new LinkedHashMap<>();
    double phase = 0;
    for (SpentState state : story.states()) {
      if (state.agentPhase()) {
        phase += state.seconds();
      }
    }
    for (String part : List.of("waiting", "generating", "tools", "overhead", "limits", "other")) {
      for (SpentState state : story.states()) {
        if (StateParts.of(state).equals(part)) {
          parts.merge(part, state.seconds(), Double::sum);
        }
      }
    }
    if (!(phase > 0)) {
      html.leaf("p", "No agent phase took place.", "class", "soft");
      return;
    }
    List<Stretch> stretches = new ArrayList<>();
    double at = 0;
    for (Map.Entry<String, Double> part : parts.entrySet()) {
      stretches.add(new Stretch(part.getKey(), at, at + part.getValue()));
      at += part.getValue();
    }
    html.open("div", "class", "whole");
    new TimeBars(phase).row(html, stretches, "parts of " + Figures.seconds(phase));
    html.close().open("ul", "class", "legend");
    for (Map.Entry<String, Double> part : parts.entrySet()) {
      html.open("li").leaf("i", "", "class", "swatch part-" + part.getKey());
      html.text(StateParts.words(part.getKey()) + " ");
      html.leaf("strong", Figures.seconds(part.getValue()));
      html.leaf("span", " " + Figures.percent(part.getValue() / phase), "class", "soft").close();
    }
    html.close();
  }

  private void states() {
    double wall = story.states().stream().mapToDouble(SpentState::seconds).sum();
    TimeBars bars = new TimeBars(wall);
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "States");
    html.open("table").open("thead").open("tr");
    html.leaf("th", "state", "scope", "col").leaf("th", "seconds", "scope", "col", "class", "n");
    html.leaf("th", "of all", "scope", "col", "class", "n");
    html.leaf("th", "when", "scope", "col", "class", "wide").close().close().open("tbody");
    double at = 0;
    for (SpentState state : story.states()) {
      html.open("tr").open("th", "scope", "row").name(state.name().replace('_', ' '), 40);
      html.close().leaf("td", Figures.bare(state.seconds()), "class", "n");
      html.leaf("td", wall > 0 ? Figures.percent(state.seconds() / wall) : "", "class", "n");
      html.open("td", "class", "wide");
      bars.row(
          html,
          List.of(new Stretch(StateParts.of(state), at, at + state.seconds())),
          Figures.seconds(state.seconds()));
      html.close().close();
      at += state.seconds();
    }
    html.close().close().close();
    html.leaf(
        "p",
        "Seconds of each state, summed and set one after the other in the order in which a trial"
            + " first passes them. Those in colour make up the agent phase.",
        "class",
        "soft");
  }
}
