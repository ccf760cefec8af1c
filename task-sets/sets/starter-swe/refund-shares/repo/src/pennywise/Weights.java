package pennywise;

/** Checks weights. */
final class Weights {

  private Weights() {}

  static long sum(long... weights) {
    long sum = 0;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight is negative: " + weight);
      }
      sum = Math.addExact(sum, weight);
    }
    if (sum == 0) {
      throw new IllegalArgumentException("no weight is above zero");
    }
    return sum;
  }
}
