package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads numbers and spans within bounds; whatever is wrong goes to the list, reads as absent. */
final class Numbers {

  private final Fields fields;
  private final Mapping mapping;
  private final String owner;

  /**
   * @param owner the mapping's full name, for messages
   */
  Numbers(Fields fields, Mapping mapping, String owner) {
    this.fields = fields;
    this.mapping = mapping;
    this.owner = owner;
  }

  /** Says that each of these keys is missing when it is. */
  Numbers require(String... keys) {
    for (String key : keys) {
      if (!mapping.values().containsKey(key)) {
        fields.problem(
            mapping.line(), "`" + owner + "` has no `" + key + "`", "add `" + key + ": ...`");
      }
    }
    return this;
  }

  /** A number from {@code low} to {@code high}. */
  Optional<Double> number(String key, double low, double high) {
    return decimal(key, low, high, "a number").map(BigDecimal::doubleValue);
  }

  /** A share, from 0 to 1. */
  Optional<Double> share(String key) {
    return number(key, 0, 1);
  }

  /** A whole number from {@code low} to {@code high}. */
  Optional<Long> whole(String key, long low, long high) {
    return decimal(key, (double) low, (double) high, "a whole number")
        .map(BigDecimal::longValueExact);
  }

  private Optional<BigDecimal> decimal(String key, double low, double high, String kind) {
    YamlNode node = mapping.values().get(key);
    if (node == null) {
      return Optional.empty();
    }
    Optional<BigDecimal> found =
        node instanceof Scalar scalar && scalar.type() == Scalar.Type.NUMBER
            ? parse(scalar.text())
            : Optional.empty();
    boolean fits =
        found
            .filter(value -> value.doubleValue() >= low && value.doubleValue() <= high)
            .filter(value -> kind.equals("a number") || isWhole(value))
            .isPresent();
    if (!fits) {
      String bounds = kind + " from " + plain(low) + " to " + plain(high);
      fields.problem(
          node.line(), "`" + owner + "." + key + "` must be " + bounds, "write " + bounds);
      return Optional.empty();
    }
    return found;
  }

  /** A span from nothing to {@code longest}. */
  Optional<Duration> span(String key, Duration longest) {
    YamlNode node = mapping.values().get(key);
    if (node == null) {
      return Optional.empty();
    }
    Optional<Duration> found =
        fields.text(node, owner + "." + key).flatMap(TimeSpans::readFromZero);
    if (found.filter(span -> span.compareTo(longest) <= 0).isEmpty()) {
      fields.problem(
          node.line(),
          "`" + owner + "." + key + "` must be a span from 0 to " + longest.toSeconds() + "s",
          TimeSpans.FORM);
      return Optional.empty();
    }
    return found;
  }

  private static Optional<BigDecimal> parse(String text) {
    // Longer ones are no sane value, and huge exponents would cost time to compare.
    if (text.length() > 30) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text.replace("_", ""));
      return Math.abs(value.scale()) > 30 ? Optional.empty() : Optional.of(value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }
}
