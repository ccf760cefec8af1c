package dev.pacebench.leaderboard.page;

import dev.pacebench.leaderboard.board.BoardSection;
import dev.pacebench.leaderboard.pairs.Cascade;
import dev.pacebench.leaderboard.stats.Frontier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A fast contender first and a slow one at what it leaves: the pairs that no other pair beats. */
final class Cascades {

  private static final int MOST = 5;

  /**
   * One pair.
   *
   * @param first place in the section of the fast one
   * @param second place of the slow one
   * @param seconds expected length of both together
   * @param accuracy chance that one of the two solves
   */
  record Pairing(int first, int second, double seconds, double accuracy) {}

  private Cascades() {}

  static List<Pairing> best(BoardSection section, SectionPairs pairs) {
    List<Pairing> found = new ArrayList<>();
    for (SectionPairs.Compared compared : pairs.all) {
      boolean aFaster = median(section, compared.a()) <= median(section, compared.b());
      Optional<Cascade> cascade =
          aFaster ? compared.pair().cascadeAThenB() : compared.pair().cascadeBThenA();
      cascade
          .filter(it -> Double.isFinite(it.seconds()))
          .ifPresent(
              it ->
                  found.add(
                      new Pairing(
                          aFaster ? compared.a() : compared.b(),
                          aFaster ? compared.b() : compared.a(),
                          it.seconds(),
                          it.solved())));
    }
    boolean[] best =
        Frontier.of(
            found.stream().mapToDouble(Pairing::seconds).toArray(),
            found.stream().mapToDouble(Pairing::accuracy).toArray());
    return IntStream.range(0, found.size())
        .filter(i -> best[i])
        .mapToObj(found::get)
        .sorted(
            Comparator.comparingDouble((Pairing it) -> -it.accuracy())
                .thenComparingDouble(Pairing::seconds))
        .limit(MOST)
        .toList();
  }

  private static double median(BoardSection section, int row) {
    return section.rows().get(row).times().medianSolved().orElse(Double.POSITIVE_INFINITY);
  }
}
