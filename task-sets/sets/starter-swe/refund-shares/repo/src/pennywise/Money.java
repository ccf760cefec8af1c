package pennywise;

/** An amount in the smallest unit of a currency. */
public record Money(long units, String currency) {

  public Money {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("not a currency: " + currency);
    }
  }

  public static Money of(long units, String currency) {
    return new Money(units, currency);
  }

  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return of(Math.addExact(units, other.units), currency);
  }

  public Money withUnits(long newUnits) {
    return of(newUnits, currency);
  }
}
