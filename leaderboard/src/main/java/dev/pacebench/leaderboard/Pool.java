package dev.pacebench.leaderboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Trials of one contender on one task set that may be counted together.
 *
 * <p>Runs are pooled only while every task that they share has the same digest and was run under
 * the same conditions. Within a run, conditions that changed between attempts stay in one pool and
 * are said.
 */
final class Pool {

  final List<TrialRecord> results = new ArrayList<>();
  final List<String> runs = new ArrayList<>();
  int planned;

  /** Task name to "digest under conditions" identities. */
  private final Map<String, TreeSet<String>> surroundings = new TreeMap<>();

  private final Map<String, TreeSet<String>> digests = new TreeMap<>();

  /** Empty when the trials of another run may join, else a sentence on what differs. */
  String whatDiffers(List<TrialRecord> others) {
    TreeSet<String> edited = new TreeSet<>();
    TreeSet<String> surrounded = new TreeSet<>();
    for (TrialRecord other : others) {
      TreeSet<String> known = digests.get(other.task());
      if (known == null) {
        continue;
      }
      if (!known.contains(other.taskDigest())) {
        edited.add(other.task());
      } else if (!surroundings.get(other.task()).contains(surrounding(other))) {
        surrounded.add(other.task());
      }
    }
    List<String> parts = new ArrayList<>();
    if (!edited.isEmpty()) {
      parts.add("task files differ in " + some(edited));
    }
    if (!surrounded.isEmpty()) {
      parts.add("conditions differ in " + some(surrounded));
    }
    return String.join("; ", parts);
  }

  void add(String run, List<TrialRecord> itsResults, int itsPlanned) {
    runs.add(run);
    results.addAll(itsResults);
    planned += itsPlanned;
    for (TrialRecord result : itsResults) {
      surroundings
          .computeIfAbsent(result.task(), key -> new TreeSet<>())
          .add(surrounding(result));
      digests.computeIfAbsent(result.task(), key -> new TreeSet<>()).add(result.taskDigest());
    }
  }

  /** Whether one task was run under more than one set of conditions. */
  boolean mixedConditions() {
    return surroundings.values().stream().anyMatch(set -> set.size() > 1);
  }

  private static String surrounding(TrialRecord result) {
    return result.taskDigest() + " under " + result.conditionsDigest();
  }

  private static String some(TreeSet<String> tasks) {
    return tasks.size() == 1 ? "task " + tasks.first() : tasks.size() + " tasks";
  }
}
