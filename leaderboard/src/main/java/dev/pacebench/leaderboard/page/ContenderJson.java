package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.Interval;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.board.Curve;
import dev.pacebench.leaderboard.board.Decomposition;
import dev.pacebench.leaderboard.board.RankInterval;
import dev.pacebench.leaderboard.board.VendorEstimate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a row of the board with its curve. */
final class ContenderJson {

  /** The flag of trials that Pacebench did not run itself. */
  static final String IMPORTED = "imported";

  private final JsonOut out;
  private final PageRequest request;

  ContenderJson(JsonOut out, PageRequest request) {
    this.out = out;
    this.request = request;
  }

  void write(BoardRow row, Entrant entrant, double[] median, boolean[] onFrontier) {
    out.object();
    identity(row, entrant);
    counts(row.row());
    accuracy(row);
    seconds(row);
    out.shares("pass_at_k", doubles(row.passAtK())).shares("pass_hat_k", doubles(row.passHatK()));
    out.share("flaky_share", row.spread().flakyShare());
    out.share("disagreement", row.spread().disagreement());
    out.share("detectable", row.detectable());
    out.number("cost", row.cost());
    out.number("effective_trials", row.intervals().effectiveTrials());
    phases("time", row.allPhases());
    phases("time_solved", row.solvedPhases());
    vendor(row.vendorEstimate());
    curve(row.curve(), median, onFrontier);
    out.endObject();
  }

  private void identity(BoardRow row, Entrant entrant) {
    TableRow who = row.row();
    Optional<PageContender> known =
        Optional.ofNullable(request.contenders().get(who.contenderDigest()));
    Optional<String> model = known.flatMap(PageContender::model);
    out.text("name", PageText.data(who.name()));
    out.text("agent", known.map(it -> PageText.data(it.agent())).orElse(null));
    out.text("model", model.map(PageText::data).orElse(null));
    out.text("tier", known.flatMap(PageContender::tier).map(PageText::data).orElse(null));
    out.text("family", family(who, known).map(PageText::data).orElse(null));
    out.text("contender", PageText.data(who.contender()));
    out.text("digest", PageText.data(who.contenderDigest()));
    texts("runs", who.runs());
    out.flag("simulated", row.simulated()).flag("estimated", row.estimated());
    out.flag("imported", who.flags().containsKey(IMPORTED)).flag("greyed", row.greyed());
    out.text("differs", who.differs().map(PageText::data).orElse(null));
    out.text("verification", who.verification().orElse(null));
    out.object("flags");
    who.flags().forEach((flag, count) -> out.count(PageText.data(flag), count));
    out.endObject();
    TreeSet<Instant> started =
        IntStream.range(0, entrant.trials())
            .mapToObj(entrant::started)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    out.text("first_started", started.isEmpty() ? null : started.first().toString());
    out.text("last_started", started.isEmpty() ? null : started.last().toString());
    out.text("command", command(request, who).orElse(null));
  }

  /** Rows of one model and agent, of which there are several. */
  private Optional<String> family(TableRow who, Optional<PageContender> known) {
    Optional<String> own = known.flatMap(ContenderJson::family);
    long members =
        own.stream()
            .flatMap(
                name ->
                    request.contenders().entrySet().stream()
                        .filter(other -> !other.getKey().equals(who.contenderDigest()))
                        .filter(other -> family(other.getValue()).equals(own)))
            .count();
    return own.filter(name -> members > 0);
  }

  private static Optional<String> family(PageContender contender) {
    return contender.model().map(model -> contender.agent() + " " + model);
  }

  /** What to type to have the row's trials again. */
  static Optional<String> command(PageRequest request, TableRow row) {
    List<String> commands =
        row.runs().stream()
            .flatMap(run -> request.run(run).stream())
            .map(run -> run.commandFor(row.contender()))
            .distinct()
            .toList();
    return commands.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", commands));
  }

  private void counts(TableRow row) {
    out.count("trials", row.trials()).count("lost", row.lost()).count("planned", row.planned());
    out.count("tasks", row.tasks()).count("solved", row.solved());
    out.count("failed", row.count(Outcome.FAILED));
    out.count("timed_out", row.count(Outcome.TIMED_OUT));
    out.count("agent_error", row.count(Outcome.AGENT_ERROR));
  }

  private void accuracy(BoardRow row) {
    Optional<Interval> interval = row.intervals().headline();
    boolean nothing = row.row().accuracy().isEmpty();
    out.share("accuracy", row.row().accuracy());
    out.bounds("ci", interval.map(it -> new double[] {it.shownLo(), it.shownHi()}));
    out.text("ci_method", interval.map(Interval::method).orElse(null));
    out.text(
        "ci_absent",
        interval.isPresent() ? null : nothing ? "no trial that counts" : "too few tasks");
    out.text("clustered_by", row.intervals().clusteredBy());
    out.count("clusters", row.intervals().clusters());
    out.share("accuracy_if_lost_failed", row.row().accuracyIfLostFailed());
    out.share("standard_error", row.row().standardError());
    Optional<RankInterval> ranks = row.ranks();
    if (ranks.isPresent()) {
      out.array("ranks").count(ranks.get().best()).count(ranks.get().worst()).endArray();
    } else {
      out.nothing("ranks");
    }
    out.flag("on_frontier", row.onFrontier()).share("frontier_share", row.frontierShare());
  }

  private void seconds(BoardRow row) {
    out.seconds("median_seconds", row.times().medianSolved());
    out.seconds("p25_seconds", row.times().p25Solved());
    out.seconds("p75_seconds", row.times().p75Solved());
    out.seconds("p90_seconds", row.times().p90Solved());
    out.seconds("mean_seconds", row.times().meanSolved());
    out.seconds("median_seconds_all", row.times().medianAll());
    out.seconds("p90_seconds_all", row.times().p90All());
    out.seconds("mean_seconds_all", row.times().meanAll());
    out.count("times_unknown", row.times().unknown());
    out.seconds("par2_seconds", row.par2()).share("area", row.area());
  }

  private void phases(String name, Optional<Decomposition> phases) {
    if (phases.isEmpty()) {
      out.nothing(name);
      return;
    }
    Decomposition parts = phases.get();
    out.object(name).count("trials", parts.trials()).seconds("agent", parts.agent());
    out.seconds("model_waiting", parts.modelWaiting()).seconds("generating", parts.generating());
    out.seconds("tools", parts.tools()).seconds("overhead", parts.overhead());
    out.seconds("limits_and_retries", parts.limitsAndRetries());
    out.seconds("other", parts.other()).endObject();
  }

  private void vendor(Optional<VendorEstimate> estimate) {
    if (estimate.isEmpty()) {
      out.nothing("vendor");
      return;
    }
    VendorEstimate parts = estimate.get();
    out.object("vendor").count("trials", parts.trials());
    out.seconds("generating", parts.generating()).seconds("prefill", parts.prefill());
    out.seconds("tools", parts.tools()).seconds("network", parts.network());
    out.seconds("estimated", parts.estimated()).seconds("measured", parts.measured());
    out.seconds("residual", parts.residual()).endObject();
  }

  private void curve(Curve curve, double[] median, boolean[] onFrontier) {
    int size = curve.size();
    double[] accuracy = new double[size];
    double[] lo = new double[size];
    double[] hi = new double[size];
    OptionalDouble none = OptionalDouble.empty();
    for (int g = 0; g < size; g++) {
      Optional<Interval> band = curve.band(g);
      accuracy[g] = curve.accuracy(g);
      lo[g] = band.map(it -> OptionalDouble.of(it.shownLo())).orElse(none).orElse(Double.NaN);
      hi[g] = band.map(it -> OptionalDouble.of(it.shownHi())).orElse(none).orElse(Double.NaN);
    }
    out.object("curve").shares("accuracy", accuracy).shares("lo", lo).shares("hi", hi);
    ranks("best", curve, RankInterval::best);
    ranks("worst", curve, RankInterval::worst);
    out.seconds("median", median).array("frontier");
    for (int g = 0; g < size; g++) {
      out.count(onFrontier[g] ? 1 : 0);
    }
    out.endArray().endObject();
  }

  private void ranks(String name, Curve curve, java.util.function.ToIntFunction<RankInterval> end) {
    out.array(name);
    for (int g = 0; g < curve.size(); g++) {
      Optional<RankInterval> ranks = curve.ranks(g);
      if (ranks.isPresent()) {
        out.count(end.applyAsInt(ranks.get()));
      } else {
        out.nothing();
      }
    }
    out.endArray();
  }

  private void texts(String name, List<String> texts) {
    out.array(name);
    texts.forEach(text -> out.text(PageText.data(text)));
    out.endArray();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static void labels(JsonOut out, Map<String, String> labels) {
    out.object("labels");
    new java.util.TreeMap<>(labels)
        .forEach((label, value) -> out.text(PageText.data(label), PageText.data(value)));
    out.endObject();
  }
}
