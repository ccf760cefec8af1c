package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.Entrant;
import dev.pacebench.leaderboard.TableRow;
import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.pairs.Holm;
import dev.pacebench.leaderboard.pairs.Pair;
import dev.pacebench.leaderboard.pairs.PairedTasks;
import dev.pacebench.leaderboard.stats.Resamples;
import dev.pacebench.leaderboard.stats.TimeGrid;
import dev.pacebench.leaderboard.table.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All pairs of a section's contenders, compared as {@code pacebench compare} does it. */
final class SectionPairs {

  /** Beyond so many contenders or trials, resampling for each pair takes fewer replicates. */
  private static final int FEW_CONTENDERS = 8;

  private static final int FEW_TRIALS = 20_000;
  private static final int FEWER_REPLICATES = 2_000;

  /** Pairs of the first so many rows; those of more would make the page heavy. */
  private static final int MOST_CONTENDERS = 24;

  /** More p-values than this take too long to look at. */
  private static final int MOST_ADJUSTED = 2_000;

  /**
   * One pair.
   *
   * @param a place of the first in the section
   * @param b place of the second, which is after the first
   * @param holm p of the difference in accuracy, adjusted for all pairs
   * @param limit the shorter of the two longest limits, beyond which nothing is known
   */
  record Compared(int a, int b, Pair pair, double holm, double limit, String verdict) {}

  final List<Compared> all;
  final int replicates;

  /** How many p-values the adjustment was made for. */
  final int adjusted;

  private SectionPairs(List<Compared> all, int replicates, int adjusted) {
    this.all = List.copyOf(all);
    this.replicates = replicates;
    this.adjusted = adjusted;
  }

  private record Places(int a, int b) {}

  private record Found(Places places, Pair pair, double limit) {}

  static SectionPairs of(
      BoardSection section, List<Entrant> entrants, TaskCells cells, int replicates) {
    int trials = entrants.stream().mapToInt(Entrant::trials).sum();
    boolean much = entrants.size() > FEW_CONTENDERS || trials > FEW_TRIALS;
    int drawn = much ? Math.min(replicates, FEWER_REPLICATES) : replicates;
    List<Places> places = new ArrayList<>();
    for (int a = 0; a < entrants.size(); a++) {
      for (int b = a + 1; b < entrants.size(); b++) {
        places.add(new Places(a, b));
      }
    }
    List<Found> found =
        places.parallelStream()
            .filter(pair -> pair.b() < MOST_CONTENDERS)
            .flatMap(pair -> compare(section, entrants, cells, drawn, pair).stream())
            .toList();
    List<Double> others =
        places.stream()
            .filter(pair -> pair.b() >= MOST_CONTENDERS)
            .limit(Math.max(0, MOST_ADJUSTED - found.size()))
            .map(pair -> tasks(entrants, pair))
            .filter(tasks -> tasks.tasks() > 0)
            .map(Pair::p)
            .toList();
    double[] p =
        IntStream.range(0, found.size() + others.size())
            .mapToDouble(
                i ->
                    i < found.size()
                        ? found.get(i).pair().difference().decisiveP()
                        : others.get(i - found.size()))
            .toArray();
    double[] holm = Holm.adjust(p);
    List<Compared> all = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Found one = found.get(i);
      TableRow a = section.rows().get(one.places().a()).row();
      TableRow b = section.rows().get(one.places().b()).row();
      String verdict = Verdict.of(a, b, one.pair(), p.length, holm[i], one.limit());
      all.add(
          new Compared(
              one.places().a(), one.places().b(), one.pair(), holm[i], one.limit(), verdict));
    }
    return new SectionPairs(all, drawn, p.length);
  }

  private static PairedTasks tasks(List<Entrant> entrants, Places places) {
    return PairedTasks.of(entrants.get(places.a()).sample(), entrants.get(places.b()).sample());
  }

  private static List<Found> compare(
      BoardSection section, List<Entrant> entrants, TaskCells cells, int replicates, Places at) {
    int tasks = cells.union(at.a(), at.b());
    if (tasks == 0) {
      return List.of();
    }
    Resamples shared =
        new Resamples(tasks, replicates, Resamples.seed(cells.digests(at.a(), at.b())));
    Entrant a = entrants.get(at.a());
    Entrant b = entrants.get(at.b());
    double limit = Math.min(a.sample().longestLimit(), b.sample().longestLimit());
    TimeGrid grid = section.grid().upTo(limit);
    return Pair.of(a.sample(), b.sample(), grid, shared).stream()
        .map(pair -> new Found(at, pair, limit))
        .toList();
  }
}
