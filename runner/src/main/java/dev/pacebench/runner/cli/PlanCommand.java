package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.pairs.Power;
import dev.pacebench.leaderboard.table.FigureText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how many attempts or tasks it takes to see a difference. */
@Command(
    name = "plan",
    description = {
      "Say how many attempts or tasks are needed to see a difference in accuracy between two",
      "contenders on the same tasks: 8 times of 10, with a false alarm once in 20."
    })
final class PlanCommand implements Callable<Integer> {

  private static final List<Integer> SHOWN = List.of(1, 3, 5, 10);
  private static final MathContext SHORT = new MathContext(4);
  private static final int MOST_TASKS = 1_000_000;
  private static final int MOST_ATTEMPTS = 100_000;

  private final Cli cli;

  @Option(
      names = "--detect",
      required = true,
      paramLabel = "POINTS",
      description = "The difference to see, in points of per cent.")
  private double points;

  @Option(
      names = "--tasks",
      required = true,
      paramLabel = "N",
      description = "Tasks that both contenders attempt.")
  private int tasks;

  @Option(
      names = {"-k", "--attempts"},
      paramLabel = "K",
      description = "Attempts at each task that are thought of.")
  private @Nullable Integer attempts;

  @Option(
      names = {"-r", "--run"},
      paramLabel = "RUN",
      arity = "1..*",
      description = "Take variances from these runs (default: from public results).")
  private List<String> runs = new ArrayList<>();

  PlanCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    RunCommand.require(
        points > 0 && points < 100, "--detect " + points, "more than 0 and less than 100 points");
    RunCommand.require(tasks >= 2 && tasks <= MOST_TASKS, "--tasks " + tasks, "2 to " + MOST_TASKS);
    RunCommand.require(
        attempts == null || (attempts >= 1 && attempts <= MOST_ATTEMPTS),
        "-k " + attempts,
        "1 to " + MOST_ATTEMPTS);
    PlanVariances variances =
        runs.isEmpty()
            ? PlanVariances.published()
            : Readers.read(cli, store -> PlanVariances.of(Competitors.read(store, runs)));
    if (cli.isJson()) {
      cli.json(document(variances));
    } else {
      print(variances);
    }
    return 0;
  }

  private TreeSet<Integer> rows() {
    TreeSet<Integer> rows = new TreeSet<>(SHOWN);
    if (attempts != null) {
      rows.add(attempts);
    }
    return rows;
  }

  private Map<String, Object> document(PlanVariances variances) {
    Power power = variances.power();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("detect", points / 100);
    object.put("tasks", tasks);
    object.put("attempts", attempts);
    object.put("variance_between", power.between());
    object.put("variance_within", power.within());
    object.put("measured", variances.measured());
    object.put("pairs", variances.pairs());
    object.put("source", variances.source());
    OptionalInt needed = power.attempts(points / 100, tasks);
    object.put("attempts_needed", needed.isPresent() ? needed.getAsInt() : null);
    object.put("detectable_with_endless_attempts", power.detectable(tasks, 1e12));
    object.put(
        "plans",
        rows().stream()
            .map(
                k -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("attempts", k);
                  row.put("detectable", power.detectable(tasks, k));
                  row.put("tasks_needed", power.tasks(points / 100, k));
                  return row;
                })
            .toList());
    return object;
  }

  private void print(PlanVariances variances) {
    Power power = variances.power();
    String wanted =
        new BigDecimal(points, SHORT).stripTrailingZeros().toPlainString()
            + (points == 1 ? " point" : " points");
    cli.line(FigureText.wrapped(answer(power, wanted), 96));
    cli.line("");
    Columns columns =
        new Columns("attempts", tasks + " tasks can see", "tasks to see " + wanted, "trials each");
    for (int k : rows()) {
      double needed = Math.max(2, Math.ceil(power.tasks(points / 100, k) - 1e-9));
      columns.row(
          Integer.toString(k),
          FigureText.size(power.detectable(tasks, k)) + " points",
          number("%.0f", needed),
          number("%.0f", needed * k));
    }
    cli.out().print(columns.text());
    cli.line("");
    cli.line(
        FigureText.wrapped(
            "variance of a difference between tasks "
                + number("%.3f", power.between())
                + ", of a trial within its task "
                + number("%.3f", power.within())
                + ": from "
                + variances.source(),
            96));
    cli.line("(Seen 8 times of 10, false alarm once in 20, two contenders on the same tasks.)");
  }

  private String answer(Power power, String wanted) {
    OptionalInt needed = power.attempts(points / 100, tasks);
    StringBuilder text = new StringBuilder();
    if (needed.isPresent()) {
      text.append("To see ")
          .append(wanted)
          .append(" with ")
          .append(tasks)
          .append(" tasks takes ")
          .append(FigureText.count(needed.getAsInt(), "attempt"))
          .append(" at each task by each contender.");
    } else {
      text.append("No number of attempts lets ")
          .append(tasks)
          .append(" tasks show ")
          .append(wanted)
          .append(": endless attempts would see ")
          .append(FigureText.size(power.detectable(tasks, 1e12)))
          .append(". More tasks do what attempts cannot.");
    }
    if (attempts != null) {
      text.append(" With ")
          .append(FigureText.count(attempts, "attempt"))
          .append(" they see ")
          .append(FigureText.size(power.detectable(tasks, attempts)))
          .append(" points.");
    }
    return text.toString();
  }

  private static String number(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }
}
