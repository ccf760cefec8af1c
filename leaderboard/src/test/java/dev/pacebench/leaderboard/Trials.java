package dev.pacebench.leaderboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes trial records for tests; every with-method changes one thing. */
public record Trials(
    String run,
    String set,
    String contender,
    String digest,
    String conditions,
    boolean simulated,
    List<String> flags) {

  public static Trials of(String contender) {
    return new Trials("r1", "set", contender, "d-" + contender, "c1", false, List.of());
  }

  public Trials inRun(String other) {
    return new Trials(other, set, contender, digest, conditions, simulated, flags);
  }

  public Trials onSet(String other) {
    return new Trials(run, other, contender, digest, conditions, simulated, flags);
  }

  public Trials withDigest(String other) {
    return new Trials(run, set, contender, other, conditions, simulated, flags);
  }

  public Trials under(String other) {
    return new Trials(run, set, contender, digest, other, simulated, flags);
  }

  public Trials simulatedTier() {
    return new Trials(run, set, contender, digest, conditions, true, flags);
  }

  public Trials flagged(String... names) {
    return new Trials(run, set, contender, digest, conditions, simulated, List.of(names));
  }

  public TrialRecord trial(String task, int attempt, Outcome outcome) {
    return trial(task, attempt, outcome, 10);
  }

  public TrialRecord trial(String task, int attempt, Outcome outcome, double seconds) {
    boolean lost = outcome == Outcome.LOST;
    return new TrialRecord(
        run,
        set,
        task,
        "t-" + task,
        contender,
        digest,
        conditions,
        attempt,
        outcome,
        lost ? null : Ended.FINISHED.word(),
        outcome == Outcome.SOLVED,
        lost ? null : seconds,
        seconds + 5,
        1,
        simulated,
        600,
        lost ? null : "separate",
        Map.of(),
        flags,
        Map.of(),
        Map.of(),
        Map.of("image", conditions, "cpus", "1"),
        Map.of(),
        "as the test wants it",
        Instant.EPOCH,
        "evidence");
  }

  /** One trial per letter and task: s solved, f failed, t timed out, e agent error, l lost. */
  public List<TrialRecord> each(String... attemptsPerTask) {
    List<TrialRecord> trials = new ArrayList<>();
    for (int task = 0; task < attemptsPerTask.length; task++) {
      for (int attempt = 1; attempt <= attemptsPerTask[task].length(); attempt++) {
        Outcome outcome =
            switch (attemptsPerTask[task].charAt(attempt - 1)) {
              case 's' -> Outcome.SOLVED;
              case 'f' -> Outcome.FAILED;
              case 't' -> Outcome.TIMED_OUT;
              case 'e' -> Outcome.AGENT_ERROR;
              default -> Outcome.LOST;
            };
        trials.add(trial("task-%02d".formatted(task), attempt, outcome));
      }
    }
    return trials;
  }

  @SafeVarargs
  public static List<TrialRecord> all(List<TrialRecord>... parts) {
    List<TrialRecord> all = new ArrayList<>();
    for (List<TrialRecord> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  public static List<PlannedCell> planned(List<TrialRecord> trials) {
    return trials.stream().map(PlannedCell::of).toList();
  }
}
