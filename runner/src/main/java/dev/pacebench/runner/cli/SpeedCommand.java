package dev.pacebench.runner.cli;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.gateway.Opening;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.speed.Arrivals;
import dev.pacebench.runner.speed.LoadReport;
import dev.pacebench.runner.speed.LoadRunner;
import dev.pacebench.runner.speed.ProbePlan;
import dev.pacebench.runner.speed.ProbedTier;
import dev.pacebench.runner.speed.Prober;
import dev.pacebench.runner.speed.SpeedCheck;
import dev.pacebench.runner.speed.SpeedDoors;
import dev.pacebench.runner.speed.SpeedJson;
import dev.pacebench.runner.speed.SpeedReport;
import dev.pacebench.runner.speed.SpeedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the tiers of a lineup without tasks. */
@Command(
    name = "speed",
    description = {
      "Measure tiers without tasks: time to first token, tokens/s, overhead per roundtrip.",
      "Calls every tier of the lineup in turns. Real providers cost money: add --yes."
    })
final class SpeedCommand implements Callable<Integer> {

  private static final int MOST_ROUNDS = 100;
  private static final double MOST_CALLS_PER_SECOND = 1000;
  private static final double LONGEST_LOAD = 3600;
  private static final Duration LOAD_PATIENCE = Duration.ofSeconds(60);

  private final Cli cli;

  @Option(
      names = {"-l", "--lineup"},
      required = true,
      paramLabel = "LINEUP",
      description = "A bundled lineup's name, or a path.")
  private String lineup = "";

  @Option(
      names = "--contender",
      paramLabel = "NAME",
      description = "Only this contender's tier; may be repeated.")
  private List<String> contenders = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description = "The contender whose tier the others are compared with (default: the first).")
  private @Nullable String against;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often every size is tried (default: 3).")
  private int rounds = 3;

  @Option(
      names = "--load",
      paramLabel = "RATE",
      description = "Then send so many calls a second; own and simulated servers only.")
  private @Nullable Double load;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long --load goes on for each tier (default: 10).")
  private double seconds = 10;

  @Option(
      names = "--arrivals",
      paramLabel = "WORD",
      description = "How --load's calls come: constant or poisson (default: poisson).")
  private Arrivals arrivals = Arrivals.POISSON;

  @Option(names = "--seed", paramLabel = "N", description = "Of orders and draws (default: 1).")
  private long seed = 1;

  @Option(names = "--yes", description = "Agree to what calls of real providers cost.")
  private boolean yes;

  SpeedCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunCommand.require(
        rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds " + rounds, "1 to " + MOST_ROUNDS);
    RunCommand.require(
        load == null || (load > 0 && load <= MOST_CALLS_PER_SECOND),
        "--load " + load,
        "more than 0, up to 1000");
    RunCommand.require(
        seconds >= 1 && seconds <= LONGEST_LOAD, "--seconds " + seconds, "1 to 3600");
    Lineup read = Inputs.lineup(Installation.locate(), lineup, cli);
    List<ProbedTier> tiers = ProbedTier.of(read, contenders);
    int base = base(tiers);
    ProbePlan plan =
        new ProbePlan(tiers.size(), rounds, ProbePlan.PROMPTS, ProbePlan.ANSWERS, seed);
    if (load != null) {
      SpeedCheck.mayBeLoaded(tiers);
    }
    SpeedCheck.estimates(tiers, plan).forEach(line -> cli.note(Cli.safe(line, 400)));
    SpeedCheck.allowed(tiers, yes);
    List<Contender> used = tiers.stream().map(ProbedTier::contender).toList();
    try (Gateway gateway = Gateway.start(read, used, cli.env())) {
      SpeedDoors doors = doors(gateway);
      SpeedReport report = probe(doors, tiers, plan);
      List<LoadReport> loads = load == null ? List.of() : load(doors, tiers, load);
      print(report, base, loads, gateway);
    }
    return 0;
  }

  private int base(List<ProbedTier> tiers) {
    if (against == null) {
      return 0;
    }
    for (int i = 0; i < tiers.size(); i++) {
      if (tiers.get(i).contenders().contains(against)) {
        return i;
      }
    }
    List<String> names = tiers.stream().flatMap(tier -> tier.contenders().stream()).toList();
    throw new UserError(
        "--against " + against, "is none of the tiers here", Nearest.hint(against, names));
  }

  private SpeedDoors doors(Gateway gateway) {
    return (tier, name, listener) ->
        gateway
            .open(
                new Opening(
                    name,
                    tier.contender(),
                    tier.model(),
                    // Doors of one seed would all have the same jitter and the same faults.
                    seed + name.hashCode(),
                    1,
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    // Waits of retries would be taken for waits of the tier.
                    true,
                    listener))
            .door();
  }

  private SpeedReport probe(SpeedDoors doors, List<ProbedTier> tiers, ProbePlan plan)
      throws InterruptedException {
    try (Prober prober = new Prober(doors, tiers, plan, cli::note)) {
      return prober.run();
    }
  }

  private List<LoadReport> load(SpeedDoors doors, List<ProbedTier> tiers, double perSecond)
      throws InterruptedException {
    LoadRunner runner = new LoadRunner(doors, LOAD_PATIENCE);
    List<LoadReport> reports = new ArrayList<>();
    for (ProbedTier tier : tiers) {
      cli.note("load on " + Cli.safe(tier.name(), 80));
      reports.add(runner.run(tier, perSecond, seconds, arrivals, seed));
    }
    return reports;
  }

  private void print(SpeedReport report, int base, List<LoadReport> loads, Gateway gateway) {
    if (cli.isJson()) {
      Map<String, Object> document = SpeedJson.document(report, base, loads);
      document.put("instrument_error_seconds", gateway.uncertainty().p99Millis() / 1e3);
      cli.json(document);
      return;
    }
    List<SpeedText.Table> tables = new ArrayList<>(SpeedText.tables(report, base));
    if (!loads.isEmpty()) {
      tables.add(SpeedText.load(loads));
    }
    for (SpeedText.Table table : tables) {
      Columns columns = new Columns(table.rows().get(0).toArray(String[]::new));
      table.rows().stream().skip(1).forEach(row -> columns.row(row.toArray(String[]::new)));
      cli.out().print(columns.text());
      cli.line("");
    }
    SpeedText.notes(report).forEach(note -> cli.line(Cli.safe(note, 400)));
    cli.line(
        String.format(
            Locale.ROOT,
            "the gateway's own error was at most %.2f ms in 99 of 100 readings",
            gateway.uncertainty().p99Millis()));
  }
}
