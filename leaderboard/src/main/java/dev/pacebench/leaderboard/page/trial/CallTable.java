package dev.pacebench.leaderboard.page.trial;

import dev.pacebench.leaderboard.page.Html;
import dev.pacebench.leaderboard.page.trial.TimeBars.Stretch;
import dev.pacebench.leaderboard.page.trial.TrialStory.ModelCall;
import dev.pacebench.leaderboard.table.Readable;
import java.util.ArrayList;
import java.util.List;

/** Model calls, an attempt a row. */
final class CallTable {

  private static final int MOST = 1_000;
  private static final List<String> NUMBERS =
      List.of("start s", "status", "first token s", "tokens/s", "in", "cached", "out");

  private final Html html;

  CallTable(Html html) {
    this.html = html;
  }

  void write(List<ModelCall> calls) {
    if (calls.isEmpty()) {
      return;
    }
    double last = calls.stream().mapToDouble(ModelCall::end).max().orElse(0);
    TimeBars bars = new TimeBars(last);
    html.open("section", "id", "calls").leaf("h2", "Model calls");
    html.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Model calls");
    html.open("table").open("thead").open("tr").leaf("th", "call", "scope", "col");
    NUMBERS.forEach(name -> html.leaf("th", name, "scope", "col", "class", "n"));
    html.leaf("th", "end", "scope", "col").leaf("th", "when", "scope", "col", "class", "wide");
    html.close().close().open("tbody");
    calls.subList(0, Math.min(MOST, calls.size())).forEach(call -> row(call, bars));
    html.close().close().close();
    if (calls.size() > MOST) {
      html.leaf("p", (calls.size() - MOST) + " more are in the evidence.", "class", "soft");
    }
    html.close();
  }

  private void row(ModelCall call, TimeBars bars) {
    html.open("tr").open("th", "scope", "row").text(call.number()).close();
    for (String cell :
        List.of(
            Figures.bare(call.start()),
            call.status() == 0 ? Figures.ABSENT : Integer.toString(call.status()),
            Figures.bare(call.firstToken()),
            Readable.number(call.tokensPerSecond()),
            Figures.count(call.input()),
            Figures.count(call.cached()),
            Figures.count(call.output()))) {
      html.leaf("td", cell, "class", "n");
    }
    html.open("td").name(call.ended(), 60).close().open("td", "class", "wide");
    List<Stretch> stretches = new ArrayList<>();
    Double first = call.firstToken();
    double answers = first == null ? call.end() : Math.min(call.end(), call.start() + first);
    stretches.add(new Stretch("waiting", call.start(), answers));
    stretches.add(new Stretch("generating", answers, call.end()));
    bars.row(html, stretches, "until " + Figures.seconds(call.end()));
    html.close().close();
  }
}
