package pennywise.check;

import static pennywise.check.Check.same;

import java.time.LocalDate;
import pennywise.Instalments;
import pennywise.Money;

final class InstalmentsTest {

  static void theEndOfMonths() {
    Instalments plan = Instalments.of(Money.of(100, "EUR"), 3, LocalDate.of(2026, 1, 31));
    same(LocalDate.of(2026, 2, 28), plan.all().get(1).due());
    same(LocalDate.of(2026, 3, 31), plan.all().get(2).due());
    same(Money.of(100, "EUR"), plan.sum());
  }
}
