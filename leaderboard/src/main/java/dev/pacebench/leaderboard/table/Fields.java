package dev.pacebench.leaderboard.table;

import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.board.AtBudget;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.Decomposition;
import dev.pacebench.leaderboard.board.RankInterval;
import dev.pacebench.leaderboard.board.VendorEstimate;
import dev.pacebench.leaderboard.table.TextGrid.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Turns what was asked for into columns of figures.
 *
 * <p>With a time budget to rank at, ranks and intervals are those at the budget.
 */
final class Fields {

  private final OptionalDouble at;
  private final List<Double> budgets;
  private final OptionalInt k;

  /**
   * What fields depend on besides rows.
   *
   * @param at the budget that rows are ranked at
   * @param budgets those of {@link Column#WITHIN}
   * @param k the largest k of pass@k, where all rows have the same
   */
  Fields(OptionalDouble at, List<Double> budgets, OptionalInt k) {
    this.at = at;
    this.budgets = List.copyOf(budgets);
    this.k = k;
  }

  List<Field> of(List<Column> columns) {
    List<Field> fields = new ArrayList<>();
    columns.forEach(column -> fields.addAll(of(column)));
    return fields;
  }

  private List<Field> of(Column column) {
    return switch (column) {
      case RANK -> one("rank", row -> Shown.ranks(ranks(row)));
      case AT -> at.isPresent() ? List.of(within(at.getAsDouble(), true)) : List.of();
      case ACCURACY ->
          one(at.isPresent() ? "in the end" : "accuracy", row -> Shown.percent(accuracy(row)));
      case BAR -> List.of(new Field("", "", TextGrid.CYAN, row -> Cell.of(bar(row))));
      case CI -> one("95 %", row -> Shown.interval(interval(row)));
      case SOLVED ->
          one("solved", row -> row.row().solved() + "/" + (row.row().trials() - row.row().lost()));
      case LOST -> one("lost", row -> Integer.toString(row.row().lost()));
      case IF_FAILED -> one("if failed", row -> Shown.percent(row.row().accuracyIfLostFailed()));
      case WITHIN -> budgets.stream().map(budget -> within(budget, false)).toList();
      case MEDIAN -> seconds("median s", row -> row.times().medianSolved());
      case P90 -> seconds("p90 s", row -> row.times().p90Solved());
      case MEDIAN_ALL -> ofAll("median", row -> row.times().medianAll());
      case P90_ALL -> ofAll("p90", row -> row.times().p90All());
      case PAR2 -> seconds("PAR-2 s", BoardRow::par2);
      case AREA -> one("area", row -> Shown.percent(row.area()));
      case PASS ->
          List.of(
              Field.of("pass@" + k(), row -> atK(row.passAtK())),
              Field.of("pass^" + k(), row -> atK(row.passHatK())));
      case FRONTIER -> one("on frontier", Fields::frontier);
      case FLAKY -> one("flaky", row -> Shown.percent(row.spread().flakyShare()));
      case SE -> one("SE points", row -> Shown.points(row.row().standardError()));
      case DETECTABLE ->
          List.of(Field.under("detectable", "points", row -> Shown.points(row.detectable())));
      case OTHER_CI ->
          List.of(
              Field.of("Wilson", row -> Shown.interval(row.intervals().wilson())),
              Field.of("Jeffreys", row -> Shown.interval(row.intervals().jeffreys())),
              Field.of("Clopper-P.", row -> Shown.interval(row.intervals().clopperPearson())));
      case TIME -> time();
      case VENDOR -> vendor();
      case COST ->
          one(
              "cost",
              row ->
                  row.cost().isPresent()
                      ? Shown.significant(row.cost().getAsDouble())
                      : Shown.ABSENT);
      case VERIFIED -> one("verified", row -> row.row().verification().orElse(Shown.ABSENT));
    };
  }

  private Field within(double budget, boolean alone) {
    Function<BoardRow, Cell> cell =
        row -> {
          OptionalDouble share = share(row, budget);
          return Cell.of(alone ? Shown.percent(share) : Shown.wholePercent(share));
        };
    return alone
        ? new Field("", "in " + Budgets.text(budget), TextGrid.BOLD, cell)
        : new Field("solved within", Budgets.text(budget), "", cell);
  }

  /** What was solved within a budget; empty where nothing is known of it. */
  static OptionalDouble share(BoardRow row, double budget) {
    return at(row, budget).map(it -> Shown.known(it.accuracy())).orElse(OptionalDouble.empty());
  }

  /** A row at a budget; empty beyond its limits and before its grid begins. */
  static Optional<AtBudget> at(BoardRow row, double budget) {
    return row.accuracyAt(budget).filter(it -> it.seconds() <= budget);
  }

  private Optional<RankInterval> ranks(BoardRow row) {
    return at.isPresent() ? there(row).flatMap(AtBudget::ranks) : row.ranks();
  }

  private Optional<Interval> interval(BoardRow row) {
    return at.isPresent() ? there(row).flatMap(AtBudget::band) : row.intervals().headline();
  }

  private OptionalDouble ranked(BoardRow row) {
    return at.isPresent() ? share(row, at.getAsDouble()) : accuracy(row);
  }

  private Optional<AtBudget> there(BoardRow row) {
    return at(row, at.orElseThrow());
  }

  private Bar bar(BoardRow row) {
    Optional<Interval> interval = interval(row);
    return new Bar(
        ranked(row),
        interval.map(it -> OptionalDouble.of(it.lo())).orElse(OptionalDouble.empty()),
        interval.map(it -> OptionalDouble.of(it.hi())).orElse(OptionalDouble.empty()));
  }

  private static OptionalDouble accuracy(BoardRow row) {
    return row.row().accuracy();
  }

  private static String frontier(BoardRow row) {
    return row.frontierShare().isPresent()
        ? Shown.wholePercent(row.frontierShare())
        : row.onFrontier() ? "yes" : "no";
  }

  private String k() {
    return k.isPresent() ? Integer.toString(k.getAsInt()) : "k";
  }

  /** The last of the list, with its k where rows have other numbers of attempts. */
  private String atK(List<Double> values) {
    if (values.isEmpty()) {
      return Shown.ABSENT;
    }
    String shown = Shown.percent(Shown.known(values.get(values.size() - 1)));
    return k.isPresent() ? shown : shown + " k=" + values.size();
  }

  private static List<Field> time() {
    String over = "of the agent phase";
    return List.of(
        part(over, "waiting", Decomposition::modelWaiting),
        part(over, "generating", Decomposition::generating),
        part(over, "tools", Decomposition::tools),
        part(over, "overhead", Decomposition::overhead),
        part(over, "limits", Decomposition::limitsAndRetries),
        part(over, "other", Decomposition::other));
  }

  private static Field part(String over, String name, ToDoubleFunction<Decomposition> seconds) {
    return Field.under(
        over,
        name,
        row ->
            row.allPhases()
                .map(it -> Shown.wholePercent(Shown.known(seconds.applyAsDouble(it) / it.agent())))
                .orElse(Shown.ABSENT));
  }

  private static List<Field> vendor() {
    String over = "arithmetic, mean s";
    return List.of(
        vendor(over, "tokens", VendorEstimate::generating),
        vendor(over, "prefill", VendorEstimate::prefill),
        vendor(over, "tools", VendorEstimate::tools),
        vendor(over, "network", VendorEstimate::network),
        vendor(over, "sum", VendorEstimate::estimated),
        vendor(over, "measured", VendorEstimate::measured),
        vendor(over, "residual", VendorEstimate::residual));
  }

  private static Field vendor(String over, String name, ToDoubleFunction<VendorEstimate> seconds) {
    return Field.under(
        over,
        name,
        row ->
            row.vendorEstimate()
                .map(it -> Shown.seconds(Shown.known(seconds.applyAsDouble(it))))
                .orElse(Shown.ABSENT));
  }

  private static List<Field> seconds(String name, Function<BoardRow, OptionalDouble> seconds) {
    return one(name, row -> Shown.seconds(seconds.apply(row)));
  }

  private static List<Field> ofAll(String name, Function<BoardRow, OptionalDouble> seconds) {
    return List.of(Field.under("s of all trials", name, row -> Shown.seconds(seconds.apply(row))));
  }

  private static List<Field> one(String name, Function<BoardRow, String> text) {
    return List.of(Field.of(name, text));
  }
}
