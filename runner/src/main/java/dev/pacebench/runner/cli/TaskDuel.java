package dev.pacebench.runner.cli;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.pairs.PairedTasks;
import dev.pacebench.runner.store.RunStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A task at which one of two contenders did better, with where to look.
 *
 * @param task its name
 * @param digest of the task
 * @param solvedA trials that the first solved
 * @param trialsA its trials that were not lost
 * @param solvedB trials that the second solved
 * @param trialsB its trials that were not lost
 * @param evidenceA folders of the first's trials, relative to the home, by run and attempt
 * @param evidenceB folders of the second's
 */
record TaskDuel(
    String task,
    String digest,
    int solvedA,
    int trialsA,
    int solvedB,
    int trialsB,
    List<Seen> evidenceA,
    List<Seen> evidenceB) {

  /** One trial. */
  record Seen(boolean solved, String evidence) {}

  TaskDuel {
    evidenceA = List.copyOf(evidenceA);
    evidenceB = List.copyOf(evidenceB);
  }

  double difference() {
    return (double) solvedA / trialsA - (double) solvedB / trialsB;
  }

  /** What shows the first's better trials, or its worse ones. */
  String telling(boolean ofA) {
    boolean solved = ofA == difference() > 0;
    return (ofA ? evidenceA : evidenceB)
        .stream()
            .filter(seen -> seen.solved() == solved)
            .map(Seen::evidence)
            .findFirst()
            .orElse("");
  }

  /** All tasks that came out differently, the clearest first. */
  static List<TaskDuel> of(RunStore store, PairedTasks tasks, TableRow a, TableRow b) {
    Map<String, List<TrialRecord>> ofA = byTask(store, a);
    Map<String, List<TrialRecord>> ofB = byTask(store, b);
    List<TaskDuel> duels = new ArrayList<>();
    for (int t = 0; t < tasks.tasks(); t++) {
      if (tasks.rateA(t) == tasks.rateB(t)) {
        continue;
      }
      String key = tasks.keys().get(t);
      List<TrialRecord> first = ofA.getOrDefault(key, List.of());
      List<TrialRecord> second = ofB.getOrDefault(key, List.of());
      if (!first.isEmpty() && !second.isEmpty()) {
        duels.add(
            new TaskDuel(
                first.get(0).task(),
                first.get(0).taskDigest(),
                solved(first),
                first.size(),
                solved(second),
                second.size(),
                seen(first),
                seen(second)));
      }
    }
    duels.sort(
        Comparator.comparingDouble((TaskDuel duel) -> -Math.abs(duel.difference()))
            .thenComparing(TaskDuel::task));
    return duels;
  }

  private static Map<String, List<TrialRecord>> byTask(RunStore store, TableRow row) {
    Map<String, List<TrialRecord>> byTask = new HashMap<>();
    Competitors.trials(
        store,
        row,
        trial -> {
          if (trial.outcome() != Outcome.LOST) {
            byTask
                .computeIfAbsent(trial.task() + ' ' + trial.taskDigest(), key -> new ArrayList<>())
                .add(trial);
          }
        });
    return byTask;
  }

  private static int solved(List<TrialRecord> trials) {
    return (int) trials.stream().filter(TrialRecord::solved).count();
  }

  private static List<Seen> seen(List<TrialRecord> trials) {
    return trials.stream()
        .sorted(Comparator.comparing(TrialRecord::run).thenComparingInt(TrialRecord::attempt))
        .map(trial -> new Seen(trial.solved(), trial.evidence()))
        .toList();
  }
}
