package pennywise.check;

import static pennywise.check.Check.same;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pennywise.Instalments;
import pennywise.Money;
import pennywise.Split;

final class RefundTest {

  private static List<Long> parts(long units, long... weights) {
    return Split.byWeights(Money.of(units, "EUR"), weights).stream().map(Money::units).toList();
  }

  private static List<Long> negated(List<Long> parts) {
    List<Long> negated = new ArrayList<>();
    parts.forEach(part -> negated.add(-part));
    return negated;
  }

  static void refundsSumUp() {
    same(List.of(-334L, -333L, -333L), parts(-1000, 1, 1, 1));
    same(List.of(-3L, -2L), parts(-5, 1, 1));
  }

  static void refundsMirrorPayments() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      long units = random.nextInt(10_000);
      long[] weights = random.longs(1 + random.nextInt(6), 0, 50).toArray();
      weights[0]++;
      same(negated(parts(units, weights)), parts(-units, weights));
    }
  }

  static void theCentGoesWhereMostWasLost() {
    same(List.of(-1L, -3L, -6L), parts(-10, 10, 33, 57));
    same(List.of(0L, -1L, 0L), parts(-1, 1, 2, 1));
  }

  static void refundsWithZeroWeights() {
    same(List.of(0L, -4L, -3L, 0L), parts(-7, 0, 1, 1, 0));
  }

  static void refundsInInstalments() {
    Instalments plan = Instalments.of(Money.of(-100, "EUR"), 3, LocalDate.of(2026, 1, 31));
    same(Money.of(-100, "EUR"), plan.sum());
    same(-34L, plan.all().get(0).amount().units());
  }

  static void largeAmounts() {
    long whole = 90_000_000_000_000_000L;
    same(List.of(whole / 2, whole / 2), parts(whole, 5_000, 5_000));
    same(List.of(-whole / 4 * 3, -whole / 4), parts(-whole, 7_500, 2_500));
  }

  static void theLargestAmounts() {
    same(List.of(Long.MAX_VALUE), parts(Long.MAX_VALUE, 12));
    same(List.of(4611686018427387904L, 4611686018427387903L), parts(Long.MAX_VALUE, 3, 3));
    same(List.of(Long.MIN_VALUE), parts(Long.MIN_VALUE, 3));
    same(List.of(Long.MIN_VALUE / 2, Long.MIN_VALUE / 2), parts(Long.MIN_VALUE, 9, 9));
  }
}
