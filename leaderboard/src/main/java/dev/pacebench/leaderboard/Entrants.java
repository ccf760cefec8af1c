package dev.pacebench.leaderboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The trials of some columns, by the rows that they belong to; rows are named so that no two are
 * taken for one another.
 */
public final class Entrants {

  /** Of tasks whose trials do not carry the label. */
  public static final String NO_LABEL = "(none)";

  private final Cells cells;
  private final List<Entrant> all;

  private Entrants(Cells cells, List<Entrant> all) {
    this.cells = cells;
    this.all = List.copyOf(all);
  }

  /** Puts trials together: one entrant per contender and task set, more where digests differ. */
  public static Entrants of(TrialColumns columns) {
    Cells cells = new Cells(columns);
    @Nullable String[] repositories = cells.labels("repository");
    Set<String> ambiguous = namesOfSeveralDigests(columns);
    List<Entrant> all = new ArrayList<>();
    byWhoAndSet(cells)
        .forEach(
            (key, byRun) -> {
              TrialColumns.Who who = columns.whos.value(key.who());
              String name = ambiguous.contains(who.name()) ? tilde(who) : who.name();
              all.addAll(entrants(cells, who, key.set(), name, byRun, repositories));
            });
    return new Entrants(cells, all);
  }

  /** By contender, then task set; rows are brought into order by whoever makes them. */
  public List<Entrant> all() {
    return all;
  }

  /** Divides each by a label of its tasks; the keys are the label's values, sorted. */
  public List<Map<String, Entrant>> byLabel(String label) {
    @Nullable String[] labels = cells.labels(label);
    return divided(
        what -> {
          String value = labels[what];
          return value == null ? NO_LABEL : value;
        });
  }

  /** Divides each by its tasks. */
  public List<Map<String, Entrant>> byTask() {
    return divided(what -> cells.columns.whats.value(what).task());
  }

  private List<Map<String, Entrant>> divided(Function<Integer, String> groupOfTask) {
    return all.stream().map(entrant -> entrant.by(groupOfTask)).toList();
  }

  /** Trials planned. */
  public int planned() {
    return cells.entries.length;
  }

  /** Trials with a result. */
  public int done() {
    return cells.done;
  }

  /** Trials that the figures rest on. */
  public int used() {
    return cells.usedCount;
  }

  private record Key(int who, String set) {}

  /** A run's places among the cells. */
  private static final class Places {
    final Ints used = new Ints();
    final Ints planned = new Ints();
  }

  private static Map<Key, Map<String, Places>> byWhoAndSet(Cells cells) {
    TrialColumns columns = cells.columns;
    Map<Key, Map<String, Places>> found = new LinkedHashMap<>();
    Map<String, Places> byRun = Map.of();
    Places places = new Places();
    int who = -1;
    int what = -1;
    int run = -1;
    for (int i = 0; i < cells.entries.length; i++) {
      int entry = cells.entries[i];
      // Cells come sorted, so most look-ups would find what the one before found.
      if (columns.who(entry) != who || columns.what(entry) != what || columns.run(entry) != run) {
        who = columns.who(entry);
        what = columns.what(entry);
        run = columns.run(entry);
        String set = columns.whats.value(what).set();
        byRun = found.computeIfAbsent(new Key(who, set), key -> new TreeMap<>());
        places = byRun.computeIfAbsent(columns.runs.value(run), key -> new Places());
      }
      places.planned.add(i);
      if (cells.used[i]) {
        places.used.add(i);
      }
    }
    return found;
  }

  private static List<Entrant> entrants(
      Cells cells,
      TrialColumns.Who who,
      String set,
      String name,
      Map<String, Places> byRun,
      @Nullable String[] repositories) {
    List<Pool> pools = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    byRun.forEach(
        (run, places) -> {
          String difference = "";
          for (Pool pool : pools) {
            String differs = pool.whatDiffers(places.used);
            if (differs.isEmpty()) {
              pool.add(run, places.used, places.planned);
              return;
            }
            difference = difference.isEmpty() ? differs : difference;
          }
          Pool fresh = new Pool(cells);
          fresh.add(run, places.used, places.planned);
          pools.add(fresh);
          differences.add(difference);
        });
    List<Entrant> entrants = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      Pool pool = pools.get(i);
      String differs =
          i > 0
              ? differences.get(i) + " from run " + pools.get(0).runs.get(0)
              : pool.mixedConditions() ? "conditions changed within the run" : null;
      Entrant.Identity identity =
          new Entrant.Identity(
              pools.size() > 1 ? name + " (" + pool.runs.get(0) + ")" : name,
              who.name(),
              who.digest(),
              set,
              List.copyOf(pool.runs),
              Optional.ofNullable(differs));
      entrants.add(
          new Entrant(
              cells.columns,
              identity,
              repositories,
              entries(cells, pool.used),
              entries(cells, pool.planned)));
    }
    return entrants;
  }

  /** The places' order is that of tasks, runs and attempts. */
  private static int[] entries(Cells cells, Ints places) {
    int[] sorted = places.toArray();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = cells.entries[sorted[i]];
    }
    return sorted;
  }

  private static Set<String> namesOfSeveralDigests(TrialColumns columns) {
    Set<String> seen = new TreeSet<>();
    Set<String> several = new TreeSet<>();
    for (int who = 0; who < columns.whos.size(); who++) {
      String name = columns.whos.value(who).name();
      if (!seen.add(name)) {
        several.add(name);
      }
    }
    return several;
  }

  private static String tilde(TrialColumns.Who who) {
    String hex = who.digest().substring(who.digest().indexOf(':') + 1);
    return who.name() + "~" + hex.substring(0, Math.min(4, hex.length()));
  }
}
