package pennywise.check;

import static pennywise.check.Check.same;

import java.util.List;
import pennywise.Money;
import pennywise.Split;

final class SplitTest {

  static List<Long> parts(long units, long... weights) {
    return Split.byWeights(Money.of(units, "EUR"), weights).stream().map(Money::units).toList();
  }

  static void payments() {
    same(List.of(667L, 333L), parts(1000, 2, 1));
    same(List.of(34L, 33L, 33L), parts(100, 1, 1, 1));
  }

  static void zeroWeights() {
    same(List.of(0L, 7L, 0L), parts(7, 0, 3, 0));
  }

  static void nothingToSplit() {
    same(List.of(0L, 0L), parts(0, 1, 5));
  }

  static void refundsThatGoUp() {
    same(List.of(-2L, -1L), parts(-3, 2, 1));
  }
}
