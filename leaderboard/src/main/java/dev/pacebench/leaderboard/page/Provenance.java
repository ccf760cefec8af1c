package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.table.Readable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the figures come from, and what to type to have them again. */
final class Provenance {

  private final Board board;
  private final PageRequest request;

  Provenance(Board board, PageRequest request) {
    this.board = board;
    this.request = request;
  }

  void write(Html html) {
    html.open("section", "id", "provenance", "aria-labelledby", "provenance-h").line();
    html.leaf("h2", "Where this comes from", "id", "provenance-h").line();
    html.leaf(
        "p",
        "Made by Pacebench "
            + request.version()
            + " from "
            + request.runs().size()
            + (request.runs().size() == 1 ? " run." : " runs.")
            + " The same trials give the same page, byte for byte.");
    request.runs().forEach(run -> run(html, run));
    for (BoardSection section : board.sections()) {
      html.open("h3").name(section.taskSet()).close();
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("tasks", Integer.toString(section.tasks()));
      facts.put("hash of their digests", Long.toHexString(section.seed()));
      facts(html, facts);
      commands(html, section);
    }
    html.close().line();
  }

  private void run(Html html, PageRun run) {
    html.open("h3").text("Run ").name(run.id()).close();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("planned", Readable.moment(run.createdAt()));
    facts.put("finished", run.finishedAt().map(Readable::moment).orElse("not yet"));
    facts.put("lineup", run.lineup());
    facts.put("machine", run.machine());
    facts.put("trials at a time", Integer.toString(run.jobs()));
    facts.put("seed", run.seed());
    run.facts().forEach(facts::putIfAbsent);
    facts(html, facts);
    html.open("pre").leaf("code", PageText.shown(run.wholeCommand())).close().line();
  }

  private static void facts(Html html, Map<String, String> facts) {
    html.open("dl", "class", "labels").line();
    facts.forEach(
        (name, fact) -> {
          if (!fact.isEmpty()) {
            html.open("div").open("dt").name(name).close();
            html.open("dd").name(fact).close().close().line();
          }
        });
    html.close().line();
  }

  private void commands(Html html, BoardSection section) {
    html.open("details", "class", "again").leaf("summary", "One contender again").line();
    html.open("dl").line();
    for (BoardRow row : section.rows()) {
      ContenderJson.command(request, row.row())
          .ifPresent(
              command -> {
                html.open("dt").name(row.name()).close();
                html.open("dd").open("pre");
                html.leaf("code", PageText.shown(command)).close().close().line();
              });
    }
    html.close().close().line();
  }
}
