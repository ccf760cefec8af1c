package dev.pacebench.leaderboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Groups trials into rows, and names the rows so that no two are taken for one another. */
final class Rows {

  private static final Comparator<TableRow> BEST_FIRST =
      Comparator.comparing(TableRow::taskSet)
          .thenComparingDouble(row -> -row.accuracy().orElse(-1))
          .thenComparingDouble(row -> row.medianSeconds().orElse(Double.POSITIVE_INFINITY))
          .thenComparing(TableRow::name);

  private Rows() {}

  /** Who a row is about; the name tells apart contenders that differ in nothing else. */
  private record Key(String taskSet, String digest, String name) {}

  static List<TableRow> of(Collection<TrialRecord> used, Collection<PlannedCell> cells) {
    Map<Key, Map<String, List<TrialRecord>>> byKeyAndRun = new LinkedHashMap<>();
    Map<Key, Map<String, Integer>> planned = new LinkedHashMap<>();
    for (PlannedCell cell : cells) {
      Key key = new Key(cell.taskSet(), cell.contenderDigest(), cell.contender());
      byKeyAndRun
          .computeIfAbsent(key, k -> new TreeMap<>())
          .computeIfAbsent(cell.run(), run -> new ArrayList<>());
      planned.computeIfAbsent(key, k -> new TreeMap<>()).merge(cell.run(), 1, Integer::sum);
    }
    for (TrialRecord result : used) {
      Key key = new Key(result.taskSet(), result.contenderDigest(), result.contender());
      byKeyAndRun
          .getOrDefault(key, Map.of())
          .getOrDefault(result.run(), new ArrayList<>())
          .add(result);
    }
    Set<String> ambiguous = namesOfSeveralDigests(cells);
    List<TableRow> rows = new ArrayList<>();
    byKeyAndRun.forEach(
        (key, byRun) -> {
          String name = ambiguous.contains(key.name()) ? tilde(key) : key.name();
          rows.addAll(rowsOf(key, name, byRun, planned.getOrDefault(key, Map.of())));
        });
    rows.sort(BEST_FIRST);
    return rows;
  }

  private static List<TableRow> rowsOf(
      Key key,
      String name,
      Map<String, List<TrialRecord>> byRun,
      Map<String, Integer> plannedByRun) {
    List<Pool> pools = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    byRun.forEach(
        (run, results) -> {
          int planned = plannedByRun.getOrDefault(run, 0);
          String difference = "";
          for (Pool pool : pools) {
            String differs = pool.whatDiffers(results);
            if (differs.isEmpty()) {
              pool.add(run, results, planned);
              return;
            }
            difference = difference.isEmpty() ? differs : difference;
          }
          Pool fresh = new Pool();
          fresh.add(run, results, planned);
          pools.add(fresh);
          differences.add(difference);
        });
    List<TableRow> rows = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      Pool pool = pools.get(i);
      String own = pools.size() > 1 ? name + " (" + pool.runs.get(0) + ")" : name;
      String differs =
          i > 0
              ? differences.get(i) + " from run " + pools.get(0).runs.get(0)
              : pool.mixedConditions() ? "conditions changed within the run" : null;
      rows.add(row(key, own, pool, differs));
    }
    return rows;
  }

  private static TableRow row(Key key, String name, Pool pool, @Nullable String differs) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    TreeMap<String, Integer> flags = new TreeMap<>();
    TreeSet<String> modes = new TreeSet<>();
    List<Double> seconds = new ArrayList<>();
    TaskClusters clusters = new TaskClusters();
    boolean simulated = false;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0);
    }
    for (TrialRecord result : pool.results) {
      outcomes.merge(result.outcome(), 1, Integer::sum);
      result.flags().forEach(flag -> flags.merge(flag, 1, Integer::sum));
      simulated |= result.simulated();
      if (result.verification() != null) {
        modes.add(result.verification());
      }
      if (result.outcome() != Outcome.LOST) {
        clusters.add(result.task() + ' ' + result.taskDigest(), result.solved());
      }
      if (result.solved() && result.agentSeconds() != null) {
        seconds.add(result.agentSeconds());
      }
    }
    double standardError = clusters.standardError();
    return new TableRow(
        name,
        key.name(),
        key.digest(),
        key.taskSet(),
        pool.runs,
        clusters.tasks(),
        pool.planned,
        outcomes,
        Double.isNaN(standardError) ? OptionalDouble.empty() : OptionalDouble.of(standardError),
        clusters.interval(),
        Quantiles.median(seconds),
        modes.isEmpty()
            ? Optional.empty()
            : Optional.of(modes.size() == 1 ? modes.first() : "mixed"),
        flags,
        simulated,
        Optional.ofNullable(differs));
  }

  private static Set<String> namesOfSeveralDigests(Collection<PlannedCell> cells) {
    Map<String, Set<String>> digests = new TreeMap<>();
    for (PlannedCell cell : cells) {
      digests
          .computeIfAbsent(cell.contender(), name -> new LinkedHashSet<>())
          .add(cell.contenderDigest());
    }
    digests.values().removeIf(set -> set.size() == 1);
    return digests.keySet();
  }

  private static String tilde(Key key) {
    String hex = key.digest().substring(key.digest().indexOf(':') + 1);
    return key.name() + "~" + hex.substring(0, Math.min(4, hex.length()));
  }
}
