package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialColumns;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.board.Board;
import dev.pacebench.leaderboard.board.BoardOptions;
import dev.pacebench.leaderboard.board.BoardRow;
import dev.pacebench.leaderboard.stats.Sample.Kind;
import dev.pacebench.leaderboard.whatif.Amdahl;
import dev.pacebench.leaderboard.whatif.Call;
import dev.pacebench.leaderboard.whatif.Fate;
import dev.pacebench.leaderboard.whatif.Retiming;
import dev.pacebench.leaderboard.whatif.Tier;
import dev.pacebench.runner.trajectory.StepFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One contender's trials at one task set, re-timed under another tier: what is known of it lies
 * between two made-up contenders, the one with the worse of all that is open, the other with the
 * better.
 */
final class WhatIf {

  private static final String MEASURED = "measured";
  private static final String LEAST = "at least";
  private static final String MOST = "at most";

  private final Tier tier;
  private final TrialColumns columns = new TrialColumns();
  private final List<Estimate> each = new ArrayList<>();
  private int calls;
  private int asMeasured;
  private int unread;
  private int openLate;
  private int openAtLimit;
  private int nowLate;
  private double seconds;
  private double withoutModel;
  private double generating;
  private double known;
  private double knownRetimed;

  private WhatIf(Tier tier) {
    this.tier = tier;
  }

  /**
   * One trial, measured and as it would have been.
   *
   * @param fate of it; absent for a trial without an agent phase, which stays as it was
   */
  record Estimate(TrialRecord measured, Optional<Fate> fate) {}

  /**
   * What came of it.
   *
   * @param measured the contender as it was
   * @param least the worse of what is possible
   * @param most the better; the same figures where nothing is open
   * @param each trial, lost ones included
   * @param calls attempts of model calls in them
   * @param asMeasured answered calls of which too little was recorded to re-time them
   * @param unread trials whose calls cannot be read; they stay as they were
   * @param openLate trials whose limit cut them off, and which might be solved now
   * @param openAtLimit trials that were solved by what was there at the limit
   * @param nowLate trials that were solved and come too late now
   * @param modelShare of the agent phases
   * @param generatingShare of the agent phases
   * @param speedUp of the agent phases of trials of which nothing is open; NaN without any
   */
  record Result(
      BoardRow measured,
      BoardRow least,
      BoardRow most,
      List<Estimate> each,
      int calls,
      int asMeasured,
      int unread,
      int openLate,
      int openAtLimit,
      int nowLate,
      double modelShare,
      double generatingShare,
      double speedUp) {

    Result {
      each = List.copyOf(each);
    }

    int trials() {
      return each.size();
    }

    /** No tier can be faster: what is left when every answer comes at once. */
    double ceiling() {
      return Amdahl.speedUp(modelShare, Double.POSITIVE_INFINITY);
    }

    /** The same when only tokens come at once. */
    double generatingCeiling() {
      return Amdahl.speedUp(generatingShare, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * Re-times.
   *
   * @param home that evidence is relative to
   * @param records one contender's finished trials at one task set
   */
  static Result of(Path home, List<TrialRecord> records, Tier tier, BoardOptions options) {
    WhatIf whatIf = new WhatIf(tier);
    records.forEach(record -> whatIf.add(home, record));
    Board board = Board.of(whatIf.columns, List.of(), options);
    return new Result(
        row(board, MEASURED),
        row(board, LEAST),
        row(board, MOST),
        whatIf.each,
        whatIf.calls,
        whatIf.asMeasured,
        whatIf.unread,
        whatIf.openLate,
        whatIf.openAtLimit,
        whatIf.nowLate,
        whatIf.seconds > 0 ? 1 - whatIf.withoutModel / whatIf.seconds : 0,
        whatIf.seconds > 0 ? whatIf.generating / whatIf.seconds : 0,
        whatIf.known / whatIf.knownRetimed);
  }

  private static BoardRow row(Board board, String contender) {
    return board.rows().stream()
        .filter(row -> row.row().contender().equals(contender))
        .findFirst()
        .orElseThrow();
  }

  private void add(Path home, TrialRecord record) {
    columns.add(as(record, MEASURED, kind(record), record.agentSeconds(), false));
    List<Call> recorded = WhatIfCalls.of(StepFiles.calls(home.resolve(record.evidence())));
    calls += recorded.size();
    boolean missing = recorded.isEmpty() && record.figures().getOrDefault("call_attempts", 0.0) > 0;
    unread += missing ? 1 : 0;
    Double agent = record.agentSeconds();
    if (agent == null || record.outcome() == Outcome.LOST) {
      columns.add(as(record, LEAST, kind(record), agent, true));
      columns.add(as(record, MOST, kind(record), agent, true));
      each.add(new Estimate(record, Optional.empty()));
      return;
    }
    Retiming retiming = Retiming.of(recorded, agent, tier);
    Fate fate = Fate.of(kind(record), "deadline".equals(record.ended()), retiming, limit(record));
    columns.add(as(record, LEAST, fate.least(), fate.leastSeconds(), true));
    columns.add(as(record, MOST, fate.most(), fate.mostSeconds(), true));
    each.add(new Estimate(record, Optional.of(fate)));
    count(record, agent, retiming, fate);
  }

  private void count(TrialRecord record, double agent, Retiming retiming, Fate fate) {
    asMeasured += retiming.asMeasured();
    seconds += agent;
    withoutModel += retiming.withoutModel();
    generating += retiming.generating();
    if (fate.open()) {
      openLate += record.solved() ? 0 : 1;
      openAtLimit += record.solved() ? 1 : 0;
    } else {
      known += agent;
      knownRetimed += fate.leastSeconds();
      nowLate += record.solved() && fate.least() == Kind.OUT_OF_TIME ? 1 : 0;
    }
  }

  /** Each step of a task has the limit to itself. */
  private static double limit(TrialRecord record) {
    double steps = record.figures().getOrDefault("steps", 1.0);
    return record.limitSeconds() * Math.max(1, steps);
  }

  private static Kind kind(TrialRecord record) {
    return switch (record.outcome()) {
      case SOLVED -> Kind.SOLVED;
      case TIMED_OUT -> Kind.OUT_OF_TIME;
      case FAILED, AGENT_ERROR -> Kind.WRONG;
      case LOST -> Kind.LOST;
    };
  }

  private static TrialRecord as(
      TrialRecord record,
      String contender,
      Kind kind,
      @Nullable Double agentSeconds,
      boolean estimated) {
    Outcome outcome =
        switch (kind) {
          case SOLVED -> Outcome.SOLVED;
          case OUT_OF_TIME -> Outcome.TIMED_OUT;
          case WRONG ->
              record.outcome() == Outcome.AGENT_ERROR ? Outcome.AGENT_ERROR : Outcome.FAILED;
          case LOST -> Outcome.LOST;
        };
    List<String> flags = new ArrayList<>(record.flags());
    if (estimated) {
      flags.add(BoardRow.ESTIMATED);
    }
    return new TrialRecord(
        record.run(),
        record.taskSet(),
        record.task(),
        record.taskDigest(),
        contender,
        record.contenderDigest(),
        record.conditionsDigest(),
        record.attempt(),
        outcome,
        record.ended(),
        outcome == Outcome.SOLVED,
        agentSeconds,
        record.wallSeconds(),
        record.tries(),
        record.simulated(),
        record.limitSeconds(),
        record.verification(),
        record.rewards(),
        flags,
        record.timeline(),
        record.labels(),
        record.conditions(),
        record.figures(),
        record.reason(),
        record.startedAt(),
        record.evidence());
  }
}
