package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.Grouping;
import dev.pacebench.leaderboard.table.FigureText;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.store.RunStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Estimates a contender under another tier. */
@Command(
    name = "what-if",
    description = {
      "Estimate a contender under another tier: its recorded model calls are timed anew, tools stay",
      "as measured. An estimate, never a measurement; of trials that ran out of time it gives bounds."
    })
final class WhatIfCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Run id, unique prefix of one, or latest.")
  private String run = "";

  @Parameters(index = "1", paramLabel = "CONTENDER", description = "As tables name it.")
  private String contender = "";

  @Option(
      names = "--tier",
      required = true,
      paramLabel = "KEY=VALUE,...",
      description = {
        "What differs: ttft (time to first token), tps (tokens per second), roundtrip, connect,",
        "prefill (input tokens per second), transport (websocket or sse). ttft and tps may be",
        "multiples of what was measured, such as tps=15x. What is left out stays as measured."
      })
  private String tier = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "One more time budget to show, such as 300s or 5m.")
  private @Nullable String at;

  WhatIfCommand(Cli cli) {
    this.cli = cli;
  }

  private record Estimates(String run, String name, List<WhatIf.Result> results) {}

  @Override
  public Integer call() {
    WhatIfTier asked = WhatIfTier.read(tier);
    TimeBudget budget = at == null ? null : TimeBudget.of("--at", at);
    Estimates estimates = Readers.read(cli, store -> estimate(store, asked, budget));
    if (cli.isJson()) {
      cli.json(document(estimates, asked));
      return 0;
    }
    cli.line(
        "ESTIMATE, not measured: "
            + Cli.safe(estimates.name(), 40)
            + " of run "
            + estimates.run()
            + " under another tier");
    cli.line("  " + Cli.safe(asked.words(), 96));
    for (WhatIf.Result result : estimates.results()) {
      cli.line("");
      new WhatIfText(result).lines(budget).forEach(cli::line);
    }
    return 0;
  }

  private Estimates estimate(RunStore store, WhatIfTier asked, @Nullable TimeBudget budget) {
    Competitors all = Competitors.read(store, List.of(run));
    Map<String, Entrant> found = all.find(contender);
    BoardOptions options =
        new BoardOptions(
            Grouping.NONE, BoardOptions.TABLE.replicates(), TellingBudgets.grid(budget));
    List<WhatIf.Result> results = new ArrayList<>();
    for (Entrant entrant : found.values()) {
      List<TrialRecord> trials = Competitors.trials(store, all.row(entrant));
      if (!trials.isEmpty()) {
        results.add(WhatIf.of(cli.home().root(), trials, asked.tier(), options));
      }
    }
    if (results.stream().allMatch(result -> result.calls() == 0)) {
      throw new UserError(
          Cli.safe(contender, 80) + " in " + String.join(", ", all.runIds()),
          "has no recorded model calls, so there is nothing to time anew",
          results.stream().anyMatch(result -> result.unread() > 0)
              ? "see that the run's folder with its evidence is in this home"
              : "name a contender with a model that has finished trials");
    }
    requireWithin(budget, results);
    return new Estimates(all.runIds().get(0), contender, results);
  }

  private static void requireWithin(@Nullable TimeBudget budget, List<WhatIf.Result> results) {
    if (budget == null) {
      return;
    }
    double longest =
        results.stream()
            .map(result -> result.measured().curve())
            .filter(curve -> curve.size() > 0)
            .mapToDouble(curve -> curve.seconds(curve.size() - 1))
            .max()
            .orElse(0);
    if (budget.seconds() > longest) {
      throw new UserError(
          "--at " + Cli.safe(budget.typed(), 40),
          "is beyond the time limit of " + FigureText.span(longest) + "; nothing is known of it",
          "give a budget up to the limit");
    }
  }

  private static Map<String, Object> document(Estimates estimates, WhatIfTier asked) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("estimate", true);
    object.put("run", estimates.run());
    object.put("contender", estimates.name());
    object.put("tier", new java.util.TreeMap<>(asked.typed()));
    object.put("task_sets", estimates.results().stream().map(WhatIfJson::document).toList());
    return object;
  }
}
