package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.board.VirtualBest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes the page's data; README.md of this module says what each field is. */
final class PageJson {

  /** Changes when a field no longer means what it meant. */
  private static final int FORMAT = 1;

  private final JsonOut out = new JsonOut();
  private final Board board;
  private final PageRequest request;
  private final Map<String, Integer> placeOfRun = new HashMap<>();

  private PageJson(Board board, PageRequest request) {
    this.board = board;
    this.request = request;
    request.runs().forEach(run -> placeOfRun.put(run.id(), placeOfRun.size()));
  }

  static byte[] of(
      Board board, PageRequest request, List<PageSection> sections, List<Entrant> entrants) {
    return new PageJson(board, request).write(sections, entrants);
  }

  private byte[] write(List<PageSection> sections, List<Entrant> entrants) {
    Optional<Instant> newest =
        entrants.stream()
            .flatMap(entrant -> IntStream.range(0, entrant.trials()).mapToObj(entrant::started))
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    out.object().count("format", FORMAT);
    out.text("made_at", newest.map(Instant::toString).orElse(null));
    out.text("version", request.version()).count("replicates", board.replicates());
    out.number("instrument_error_ms", board.instrumentErrorMillis());
    out.count("planned", board.planned()).count("done", board.done()).count("used", board.used());
    out.array("runs");
    request.runs().forEach(this::run);
    out.endArray().array("sections");
    sections.forEach(this::section);
    out.endArray();
    new History(request, entrants).write(out);
    return out.endObject().toBytes();
  }

  private void run(PageRun run) {
    out.object().text("id", PageText.data(run.id())).text("created_at", run.createdAt());
    out.text("finished_at", run.finishedAt().orElse(null)).text("command", run.wholeCommand());
    out.text("machine", PageText.data(run.machine())).count("jobs", run.jobs());
    out.text("seed", run.seed()).text("lineup", PageText.data(run.lineup()));
    out.object("facts");
    run.facts().forEach((fact, text) -> out.text(PageText.data(fact), PageText.data(text)));
    out.endObject().endObject();
  }

  private void section(PageSection page) {
    BoardSection section = page.section();
    TaskCells cells = page.cells();
    out.object().text("task_set", PageText.data(section.taskSet()));
    out.text("group", section.group().map(PageText::data).orElse(null));
    out.text("seed", Long.toHexString(section.seed()));
    out.array("limits");
    section.limits().forEach(out::seconds);
    out.endArray().seconds("grid", section.grid().toArray());
    tasks(cells);
    out.array("contenders");
    ContenderJson contenders = new ContenderJson(out, request);
    for (int r = 0; r < section.rows().size(); r++) {
      contenders.write(
          section.rows().get(r),
          page.entrants().get(r),
          page.within().median[r],
          page.within().onFrontier[r]);
    }
    out.endArray();
    virtualBest(section);
    out.array("cascades");
    for (Cascades.Pairing pairing : Cascades.best(section, page.pairs())) {
      out.object().count("first", pairing.first()).count("second", pairing.second());
      out.seconds("seconds", pairing.seconds()).share("accuracy", pairing.accuracy()).endObject();
    }
    out.endArray().count("pair_replicates", page.pairs().replicates);
    out.count("pairs_adjusted", page.pairs().adjusted).array("pairs");
    PairJson pairs = new PairJson(out);
    page.pairs().all.forEach(pair -> pairs.write(pair, section.grid().size()));
    out.endArray();
    cells(cells);
    out.nothing("within");
    List<TableRow> rows = section.rows().stream().map(BoardRow::row).toList();
    new TrialsJson(out, page.entrants(), rows, cells, placeOfRun, request.links()).write();
    out.endObject();
  }

  private void tasks(TaskCells cells) {
    out.array("tasks");
    for (int t = 0; t < cells.tasks.size(); t++) {
      TaskCells.Task task = cells.tasks.get(t);
      out.object().text("name", PageText.data(task.name()));
      out.text("digest", PageText.data(task.digest()));
      ContenderJson.labels(out, task.labels());
      out.share("solved_share", cells.solvedShare(t));
      out.share("disagreement", cells.disagreement(t)).endObject();
    }
    out.endArray();
  }

  private void virtualBest(BoardSection section) {
    Optional<VirtualBest> best = section.virtualBest();
    if (best.isEmpty()) {
      out.nothing("virtual_best");
      return;
    }
    out.object("virtual_best").share("accuracy", best.get().accuracy());
    out.shares(
            "curve",
            IntStream.range(0, section.grid().size()).mapToDouble(best.get()::accuracy).toArray())
        .endObject();
  }

  private void cells(TaskCells cells) {
    out.object("cells");
    counts("trials", cells.trials);
    counts("solved", cells.solved);
    medians("median", cells.median);
    medians("median_all", cells.medianAll);
    out.endObject();
  }

  private void counts(String name, int[][] counts) {
    out.array(name);
    for (int[] row : counts) {
      out.array();
      for (int count : row) {
        out.count(count);
      }
      out.endArray();
    }
    out.endArray();
  }

  private void medians(String name, double[][] medians) {
    out.array(name);
    for (double[] row : medians) {
      out.array();
      for (double seconds : row) {
        out.seconds(seconds);
      }
      out.endArray();
    }
    out.endArray();
  }
}
