package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Entrant;
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

/** Compares two contenders on the tasks that both attempted. */
@Command(
    name = "compare",
    description = {
      "Compare two contenders on the tasks that both attempted: who solves more, within which",
      "time, how much faster, and what these trials could have shown at all."
    })
final class CompareCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(index = "0", paramLabel = "A", description = "A contender, as tables name it.")
  private String a = "";

  @Parameters(index = "1", paramLabel = "B", description = "The other one.")
  private String b = "";

  @Option(
      names = {"-r", "--run"},
      paramLabel = "RUN",
      arity = "1..*",
      description = "Run ids, unique prefixes of them, or latest (default: latest).")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "One more time budget to compare at, such as 300s or 5m.")
  private @Nullable String at;

  CompareCommand(Cli cli) {
    this.cli = cli;
  }

  private record Result(Competitors all, List<Compared> compared) {}

  @Override
  public Integer call() {
    TimeBudget budget = at == null ? null : TimeBudget.of("--at", at);
    Result result = Readers.read(cli, store -> compare(store, TellingBudgets.grid(budget)));
    if (budget != null) {
      require(budget, result.compared());
    }
    if (cli.isJson()) {
      cli.json(document(result, budget));
      return 0;
    }
    boolean first = true;
    for (Compared compared : result.compared()) {
      if (!first) {
        cli.line("");
      }
      first = false;
      new CompareText(cli, compared).print(budget);
    }
    if (result.all().unfinished()) {
      cli.warning("trials are still to come; only what all contenders have finished is compared");
    }
    return 0;
  }

  private Result compare(RunStore store, List<Double> budgets) {
    Competitors all = Competitors.read(store, runs.isEmpty() ? List.of("latest") : runs);
    Map<String, Entrant> first = all.find(a);
    Map<String, Entrant> second = all.find(b);
    List<Compared> compared = new ArrayList<>();
    first.forEach(
        (set, one) -> {
          Entrant other = second.get(set);
          if (one.equals(other)) {
            throw new UserError(
                Cli.safe(a, 80), "cannot be compared with itself", "name two contenders");
          }
          if (other != null) {
            Compared.of(store, all, one, other, budgets).ifPresent(compared::add);
          }
        });
    if (compared.isEmpty()) {
      throw new UserError(
          Cli.safe(a, 80) + " and " + Cli.safe(b, 80),
          "there is no task of which both have a finished trial that was not lost",
          all.unfinished()
              ? "wait until more trials are done, or name other runs with -r"
              : "name runs with -r in which both attempted the same tasks");
    }
    return new Result(all, compared);
  }

  private static void require(TimeBudget budget, List<Compared> compared) {
    double longest = compared.stream().mapToDouble(Compared::limit).max().orElse(0);
    if (budget.seconds() > longest) {
      throw new UserError(
          "--at " + Cli.safe(budget.typed(), 40),
          "is beyond the time limit of " + FigureText.span(longest) + "; nothing is known of it",
          "give a budget up to the limit, or run with a longer one (--timeout-factor)");
    }
  }

  private static Map<String, Object> document(Result result, @Nullable TimeBudget budget) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("runs", result.all().runIds());
    object.put("unfinished", result.all().unfinished());
    List<Map<String, Object>> comparisons = new ArrayList<>();
    for (Compared compared : result.compared()) {
      Map<String, Object> one = CompareJson.document(compared);
      if (budget != null) {
        one.put(
            "at", compared.pair().gap().at(budget.seconds()).map(CompareJson::budget).orElse(null));
      }
      comparisons.add(one);
    }
    object.put("comparisons", comparisons);
    return object;
  }
}
