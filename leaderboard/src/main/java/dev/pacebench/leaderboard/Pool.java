package dev.pacebench.leaderboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
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

  /** One result of each task, to say what differs from it. */
  private final Map<String, TrialRecord> examples = new TreeMap<>();

  /** Empty when the trials of another run may join, else a sentence on what differs. */
  String whatDiffers(List<TrialRecord> others) {
    TreeSet<String> edited = new TreeSet<>();
    TreeSet<String> surrounded = new TreeSet<>();
    TreeSet<String> conditions = new TreeSet<>();
    for (TrialRecord other : others) {
      Set<String> known = digests.getOrDefault(other.task(), new TreeSet<>());
      if (known.isEmpty()) {
        continue;
      }
      if (!known.contains(other.taskDigest())) {
        edited.add(other.task());
      } else if (!surroundings
          .getOrDefault(other.task(), new TreeSet<>())
          .contains(surrounding(other))) {
        surrounded.add(other.task());
        conditions.addAll(differences(other.conditions(), example(other).conditions()));
      }
    }
    List<String> parts = new ArrayList<>();
    if (!edited.isEmpty()) {
      parts.add("task files differ in " + some(edited));
    }
    if (!surrounded.isEmpty()) {
      String which = conditions.isEmpty() ? "" : " (" + String.join(", ", conditions) + ")";
      parts.add("conditions" + which + " differ in " + some(surrounded));
    }
    return String.join("; ", parts);
  }

  void add(String run, List<TrialRecord> itsResults, int itsPlanned) {
    runs.add(run);
    results.addAll(itsResults);
    planned += itsPlanned;
    for (TrialRecord result : itsResults) {
      surroundings.computeIfAbsent(result.task(), key -> new TreeSet<>()).add(surrounding(result));
      digests.computeIfAbsent(result.task(), key -> new TreeSet<>()).add(result.taskDigest());
      examples.putIfAbsent(result.task(), result);
    }
  }

  /** Whether one task was run under more than one set of conditions. */
  boolean mixedConditions() {
    return surroundings.values().stream().anyMatch(set -> set.size() > 1);
  }

  private TrialRecord example(TrialRecord other) {
    return examples.getOrDefault(other.task(), other);
  }

  private static Set<String> differences(Map<String, String> a, Map<String, String> b) {
    Set<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    keys.removeIf(key -> Objects.equals(a.get(key), b.get(key)));
    return keys;
  }

  private static String surrounding(TrialRecord result) {
    return result.taskDigest() + " under " + result.conditionsDigest();
  }

  private static String some(SortedSet<String> tasks) {
    return tasks.size() == 1 ? "task " + tasks.first() : tasks.size() + " tasks";
  }
}
