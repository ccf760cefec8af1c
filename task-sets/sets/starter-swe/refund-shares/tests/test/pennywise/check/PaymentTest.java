package pennywise.check;

import static pennywise.check.Check.refused;
import static pennywise.check.Check.same;

import java.util.List;
import java.util.Random;
import pennywise.Money;
import pennywise.Split;

final class PaymentTest {

  private static List<Long> parts(long units, long... weights) {
    return Split.byWeights(Money.of(units, "EUR"), weights).stream().map(Money::units).toList();
  }

  static void paymentsStayAsTheyAre() {
    same(List.of(334L, 333L, 333L), parts(1000, 1, 1, 1));
    same(List.of(1L, 3L, 6L), parts(10, 10, 33, 57));
    same(List.of(0L, 1L, 0L), parts(1, 1, 2, 1));
    same(List.of(1L, 1L, 0L, 0L), parts(2, 1, 1, 1, 1));
  }

  static void noPartIsFarFromItsShare() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      long units = random.nextInt(100_000);
      long[] weights = random.longs(1 + random.nextInt(6), 1, 50).toArray();
      double sum = java.util.stream.LongStream.of(weights).sum();
      List<Long> parts = parts(units, weights);
      same(units, parts.stream().mapToLong(Long::longValue).sum());
      for (int i = 0; i < weights.length; i++) {
        same(true, Math.abs(parts.get(i) - units * weights[i] / sum) < 1);
      }
    }
  }

  static void zeroWeightsGetNothing() {
    same(List.of(0L, 4L, 3L, 0L), parts(7, 0, 1, 1, 0));
  }

  static void wrongWeights() {
    refused(() -> parts(7, 1, -1));
    refused(() -> parts(7, 0, 0));
    refused(() -> parts(7));
    refused(() -> Split.evenly(Money.of(1, "EUR"), 0));
  }

  static void theCurrencyStays() {
    same(List.of(Money.of(1, "CHF"), Money.of(1, "CHF")), Split.evenly(Money.of(2, "CHF"), 2));
  }
}
