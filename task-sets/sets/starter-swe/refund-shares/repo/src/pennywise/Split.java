package pennywise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Splits amounts into parts. */
public final class Split {

  private Split() {}

  /** Equal parts, as far as that goes. */
  public static List<Money> evenly(Money whole, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("there is no part");
    }
    return byWeights(whole, LongStream.generate(() -> 1).limit(parts).toArray());
  }

  /** Parts in proportion to weights. */
  public static List<Money> byWeights(Money whole, long... weights) {
    long sum = Weights.sum(weights);
    long[] units = new long[weights.length];
    long[] lost = new long[weights.length];
    long left = whole.units();
    for (int i = 0; i < weights.length; i++) {
      units[i] = whole.units() * weights[i] / sum;
      lost[i] = whole.units() * weights[i] % sum;
      left -= units[i];
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, weights.length).boxed().toList());
    order.sort(Comparator.comparingLong((Integer i) -> lost[i]).reversed());
    for (int i = 0; i < left; i++) {
      units[order.get(i)]++;
    }
    return LongStream.of(units).mapToObj(whole::withUnits).toList();
  }
}
