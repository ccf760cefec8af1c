package pennywise;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What is due when. */
public record Instalments(List<Instalment> all) {

  /** One of them. */
  public record Instalment(LocalDate due, Money amount) {}

  public Instalments {
    all = List.copyOf(all);
  }

  public static Instalments of(Money whole, int months, LocalDate first) {
    List<Money> parts = Split.evenly(whole, months);
    List<Instalment> all = new ArrayList<>();
    for (int i = 0; i < months; i++) {
      all.add(new Instalment(first.plusMonths(i), parts.get(i)));
    }
    return new Instalments(all);
  }

  public Money sum() {
    return all.stream().map(Instalment::amount).reduce(Money::plus).orElseThrow();
  }
}
