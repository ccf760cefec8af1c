package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.TrialFigure;
import dev.pacebench.leaderboard.stats.Sample;
import java.util.List;
import java.util.Map;

/** Writes the trials of a section as columns: by contender, task, run and attempt. */
final class TrialsJson {

  /** More trials are told by task and contender alone. */
  static final int MOST_TRIALS = 20_000;

  private static final int MOST_WITH_PARTS = 2_000;

  private static final List<TrialFigure> PARTS =
      List.of(
          TrialFigure.MODEL_WAITING,
          TrialFigure.GENERATING,
          TrialFigure.TOOLS,
          TrialFigure.OVERHEAD,
          TrialFigure.LIMITS_AND_RETRIES);

  /** What one column has of one trial. */
  private interface Of {
    void write(int contender, int task, int trial);
  }

  private final JsonOut out;
  private final List<Entrant> entrants;
  private final List<TableRow> rows;
  private final TaskCells cells;
  private final Map<String, Integer> placeOfRun;
  private final PageLinks links;

  TrialsJson(
      JsonOut out,
      List<Entrant> entrants,
      List<TableRow> rows,
      TaskCells cells,
      Map<String, Integer> placeOfRun,
      PageLinks links) {
    this.out = out;
    this.entrants = entrants;
    this.rows = rows;
    this.cells = cells;
    this.placeOfRun = placeOfRun;
    this.links = links;
  }

  void write() {
    int trials = entrants.stream().mapToInt(Entrant::trials).sum();
    if (trials > MOST_TRIALS) {
      out.nothing("trials");
      return;
    }
    out.object("trials");
    column("contender", (r, t, i) -> out.count(r));
    column("task", (r, t, i) -> out.count(cells.places[r][t]));
    column("attempt", (r, t, i) -> out.count(entrants.get(r).attempt(i)));
    column("run", (r, t, i) -> out.count(placeOfRun.getOrDefault(entrants.get(r).run(i), -1)));
    column("outcome", (r, t, i) -> out.count(place(entrants.get(r).outcome(i))));
    column("seconds", (r, t, i) -> out.seconds(entrants.get(r).sample().seconds(i)));
    if (trials > MOST_WITH_PARTS) {
      out.nothing("parts");
    } else {
      column("parts", (r, t, i) -> parts(entrants.get(r), i));
    }
    column("flags", (r, t, i) -> flags(entrants.get(r).flags(i)));
    column("page", this::page);
    out.endObject();
  }

  private void column(String name, Of cell) {
    out.array(name);
    for (int r = 0; r < entrants.size(); r++) {
      Sample sample = entrants.get(r).sample();
      for (int t = 0; t < sample.tasks(); t++) {
        for (int i = sample.begin(t); i < sample.begin(t + 1); i++) {
          cell.write(r, t, i);
        }
      }
    }
    out.endArray();
  }

  /** As the page's script counts outcomes. */
  private static int place(Outcome outcome) {
    return switch (outcome) {
      case SOLVED -> 0;
      case FAILED -> 1;
      case TIMED_OUT -> 2;
      case AGENT_ERROR -> 3;
      case LOST -> 4;
    };
  }

  private void parts(Entrant entrant, int trial) {
    double seconds = entrant.sample().seconds(trial);
    if (Double.isNaN(seconds) || Double.isNaN(entrant.figure(PARTS.get(0), trial))) {
      out.nothing();
      return;
    }
    double rest = seconds;
    out.array();
    for (TrialFigure part : PARTS) {
      double length = entrant.figure(part, trial);
      rest -= length;
      out.seconds(length);
    }
    out.seconds(Math.max(0, rest)).endArray();
  }

  private void flags(List<String> flags) {
    if (flags.isEmpty()) {
      out.nothing();
      return;
    }
    out.array();
    flags.forEach(flag -> out.text(PageText.data(flag)));
    out.endArray();
  }

  private void page(int contender, int task, int trial) {
    Entrant entrant = entrants.get(contender);
    out.text(
        links
            .trial(
                entrant.run(trial),
                entrant.taskSet(),
                cells.tasks.get(cells.places[contender][task]).name(),
                rows.get(contender).contender(),
                entrant.attempt(trial))
            .orElse(null));
  }
}
