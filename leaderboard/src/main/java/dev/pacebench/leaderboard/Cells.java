package dev.pacebench.leaderboard;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The planned trials of some columns, each once and in order: by contender, task set, task, run,
 * attempt.
 *
 * <p>An unfinished run counts only with the (task, attempt) pairs that all of its contenders have
 * finished: otherwise the one that got the hard tasks first would look worse.
 */
final class Cells {

  /** A (task, attempt) pair of a run. */
  private record Shared(int run, int what, int attempt) {}

  final TrialColumns columns;

  /** Entries of the columns, one per planned trial. */
  final int[] entries;

  /** Whether the figures rest on each of them. */
  final boolean[] used;

  final int done;
  final int usedCount;

  Cells(TrialColumns columns) {
    this.columns = columns;
    this.entries = distinct(columns, sorted(columns));
    Set<Shared> pending = new HashSet<>();
    int finished = 0;
    for (int entry : entries) {
      if (columns.done(entry)) {
        finished++;
      } else {
        pending.add(shared(entry));
      }
    }
    done = finished;
    used = new boolean[entries.length];
    int count = 0;
    for (int i = 0; i < entries.length; i++) {
      used[i] =
          columns.done(entries[i]) && (pending.isEmpty() || !pending.contains(shared(entries[i])));
      count += used[i] ? 1 : 0;
    }
    usedCount = count;
  }

  /**
   * A label of each task, by its number in the columns: the least of those that its trials carry,
   * null without any.
   */
  @Nullable String[] labels(String label) {
    @Nullable String[] labels = new @Nullable String[columns.whats.size()];
    for (int entry : entries) {
      if (columns.done(entry)) {
        String value = columns.labels(entry).get(label);
        String known = labels[columns.what(entry)];
        if (value != null && (known == null || value.compareTo(known) < 0)) {
          labels[columns.what(entry)] = value;
        }
      }
    }
    return labels;
  }

  private Shared shared(int entry) {
    return new Shared(columns.run(entry), columns.what(entry), columns.attempt(entry));
  }

  private static int[] sorted(TrialColumns columns) {
    int[] order = new int[columns.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    order = by(order, columns.attempts.ranks(Comparator.naturalOrder()), columns::attempt);
    order = by(order, columns.runs.ranks(Comparator.naturalOrder()), columns::run);
    order = by(order, columns.whats.ranks(TrialColumns.What.ORDER), columns::what);
    return by(order, columns.whos.ranks(TrialColumns.Who.ORDER), columns::who);
  }

  /** One stable counting sort; after the last of several, the last key weighs most. */
  private static int[] by(int[] order, int[] ranks, IntUnaryOperator key) {
    int[] begin = new int[ranks.length + 1];
    for (int entry : order) {
      begin[ranks[key.applyAsInt(entry)] + 1]++;
    }
    for (int r = 0; r < ranks.length; r++) {
      begin[r + 1] += begin[r];
    }
    int[] sorted = new int[order.length];
    for (int entry : order) {
      sorted[begin[ranks[key.applyAsInt(entry)]]++] = entry;
    }
    return sorted;
  }

  private static int[] distinct(TrialColumns columns, int[] order) {
    int[] distinct = new int[order.length];
    int n = 0;
    for (int entry : order) {
      if (n > 0 && same(columns, distinct[n - 1], entry)) {
        if (columns.preferred(entry, distinct[n - 1]) < 0) {
          distinct[n - 1] = entry;
        }
      } else {
        distinct[n++] = entry;
      }
    }
    return Arrays.copyOf(distinct, n);
  }

  private static boolean same(TrialColumns columns, int i, int j) {
    return columns.attempt(i) == columns.attempt(j)
        && columns.run(i) == columns.run(j)
        && columns.what(i) == columns.what(j)
        && columns.who(i) == columns.who(j);
  }
}
