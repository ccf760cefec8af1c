package dev.pacebench.runner.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** When calls begin that do not wait for each other, as of many users. */
public enum Arrivals {
  /** One after another at equal distances. */
  CONSTANT,
  /** At random, so that several may come at once. */
  POISSON;

  /** Nanoseconds from the start, rising, all before the end. */
  List<Long> offsets(double perSecond, double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> offsets = new ArrayList<>();
    double at = this == CONSTANT ? 0 : gap(perSecond, random);
    while (at < seconds) {
      offsets.add((long) (at * 1e9));
      at = this == CONSTANT ? offsets.size() / perSecond : at + gap(perSecond, random);
    }
    return offsets;
  }

  private static double gap(double perSecond, SplittableRandom random) {
    return -Math.log(1 - random.nextDouble()) / perSecond;
  }
}
