package dev.pacebench.leaderboard;

import java.util.ArrayList;
import java.util.HashSet;
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

  /** A task's files under some conditions. */
  private record Surrounding(String taskDigest, String conditionsDigest) {}

  final List<String> runs = new ArrayList<>();

  /** Places among the cells: those that the figures rest on, and all that were planned. */
  final Ints used = new Ints();

  final Ints planned = new Ints();

  private final Cells cells;
  private final TrialColumns columns;

  /** By task name. */
  private final Map<String, Set<Surrounding>> surroundings = new TreeMap<>();

  private final Map<String, Set<String>> digests = new TreeMap<>();

  /** One trial of each task, to say what differs from it. */
  private final Map<String, Integer> examples = new TreeMap<>();

  Pool(Cells cells) {
    this.cells = cells;
    this.columns = cells.columns;
  }

  /** Empty when the trials of another run may join, else a sentence on what differs. */
  String whatDiffers(Ints others) {
    TreeSet<String> edited = new TreeSet<>();
    TreeSet<String> surrounded = new TreeSet<>();
    TreeSet<String> conditions = new TreeSet<>();
    for (int position : others.toArray()) {
      int other = cells.entries[position];
      TrialColumns.What what = columns.whats.value(columns.what(other));
      Set<String> known = digests.getOrDefault(what.task(), Set.of());
      if (known.isEmpty()) {
        continue;
      }
      if (!known.contains(what.digest())) {
        edited.add(what.task());
      } else if (!surroundings
          .getOrDefault(what.task(), Set.of())
          .contains(surrounding(what, other))) {
        surrounded.add(what.task());
        int example = examples.getOrDefault(what.task(), other);
        conditions.addAll(
            differences(columns.around(other).conditions(), columns.around(example).conditions()));
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

  void add(String run, Ints itsUsed, Ints itsPlanned) {
    runs.add(run);
    used.addAll(itsUsed);
    planned.addAll(itsPlanned);
    for (int position : itsUsed.toArray()) {
      int entry = cells.entries[position];
      TrialColumns.What what = columns.whats.value(columns.what(entry));
      surroundings
          .computeIfAbsent(what.task(), key -> new HashSet<>())
          .add(surrounding(what, entry));
      digests.computeIfAbsent(what.task(), key -> new TreeSet<>()).add(what.digest());
      examples.putIfAbsent(what.task(), entry);
    }
  }

  /** Whether one task was run under more than one set of conditions. */
  boolean mixedConditions() {
    return surroundings.values().stream().anyMatch(set -> set.size() > 1);
  }

  private static Set<String> differences(Map<String, String> a, Map<String, String> b) {
    Set<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    keys.removeIf(key -> Objects.equals(a.get(key), b.get(key)));
    return keys;
  }

  private Surrounding surrounding(TrialColumns.What what, int entry) {
    return new Surrounding(what.digest(), columns.around(entry).digest());
  }

  private static String some(SortedSet<String> tasks) {
    return tasks.size() == 1 ? "task " + tasks.first() : tasks.size() + " tasks";
  }
}
