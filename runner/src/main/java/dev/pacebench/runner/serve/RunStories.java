package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.trial.RunStory;
import dev.pacebench.leaderboard.page.trial.RunStory.TrialLine;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.leaderboard.table.Readable;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.RunRow;
import dev.pacebench.runner.store.TrialRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells runs as lists show them. */
final class RunStories {

  private RunStories() {}

  static RunStory of(RunRow run) {
    RunSettings settings = run.settings();
    return new RunStory(
        run.runId(),
        run.isInterrupted() ? "interrupted" : run.state().word(),
        run.createdAt(),
        settings.shownTaskSets(),
        settings.shownLineup(),
        run.planned(),
        run.done(),
        run.solved(),
        run.lost(),
        PageAddresses.run(run.runId()),
        "/?run=" + PageAddresses.segment(run.runId()),
        facts(run));
  }

  private static SortedMap<String, String> facts(RunRow run) {
    RunSettings settings = run.settings();
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("started", Readable.moment(run.createdAt()));
    facts.put("task sets", settings.shownTaskSets());
    facts.put("lineup", settings.shownLineup());
    facts.put("attempts", Integer.toString(settings.attempts()));
    facts.put("trials at a time", Integer.toString(settings.slots()));
    facts.put("sandbox", settings.sandbox());
    facts.put("seed", Long.toString(settings.seed()));
    settings.only().ifPresent(only -> facts.put("only", only));
    if (!run.failure().isEmpty()) {
      facts.put("why it failed", run.failure());
    }
    run.suspended().forEach((name, cause) -> facts.put("suspended " + name, cause));
    return facts;
  }

  static TrialLine line(TrialRow row) {
    TrialRecord result = row.result().orElse(null);
    String state =
        result != null
            ? result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            : row.state() == RowState.CLAIMED ? "running" : "pending";
    return new TrialLine(
        new Link(row.trialId(), "/" + PageAddresses.trial(row.runId(), row.trialId())),
        row.task(),
        row.contender(),
        row.attempt(),
        state,
        result == null ? null : result.agentSeconds(),
        result == null ? row.tries() : result.tries(),
        result == null ? List.of() : result.flags());
  }

  /** Where the other trials of a run are listed. */
  static List<Link> pages(RunRow run, int from, int most) {
    List<Link> pages = new ArrayList<>();
    for (int at = 0; at < run.planned(); at += most) {
      String name = (at + 1) + "–" + Math.min(run.planned(), at + most);
      pages.add(new Link(name, at == from ? null : "?from=" + at));
    }
    return pages;
  }
}
