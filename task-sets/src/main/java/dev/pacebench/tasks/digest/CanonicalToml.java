package dev.pacebench.tasks.digest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One text for all spellings of the same values.
 *
 * <p>The order of keys, comments, layout and the spelling of numbers (900, 900.0, 9e2) do not
 * matter. Strings are {@code s<bytes>:<text>}, numbers {@code n<shortest decimal>;}, booleans
 * {@code b0} or {@code b1}, lists {@code a<count>:<items>}, tables {@code o<count>:<key, value,
 * ...>} with keys in the order of their bytes.
 */
final class CanonicalToml {

  private static final Comparator<String> BY_BYTES =
      (a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b));

  private CanonicalToml() {}

  static String of(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> fields =
          node.properties().stream().sorted(Map.Entry.comparingByKey(BY_BYTES)).toList();
      text.append('o').append(fields.size()).append(':');
      for (Map.Entry<String, JsonNode> field : fields) {
        appendString(field.getKey(), text);
        append(field.getValue(), text);
      }
    } else if (node.isArray()) {
      text.append('a').append(node.size()).append(':');
      node.forEach(item -> append(item, text));
    } else if (node.isBoolean()) {
      text.append(node.booleanValue() ? "b1" : "b0");
    } else if (node.isNumber()) {
      text.append('n').append(number(node)).append(';');
    } else {
      appendString(node.asString(), text);
    }
  }

  private static void appendString(String value, StringBuilder text) {
    text.append('s').append(bytes(value).length).append(':').append(value);
  }

  private static String number(JsonNode node) {
    if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
      return Double.toString(node.doubleValue());
    }
    BigDecimal decimal = node.decimalValue();
    return decimal.stripTrailingZeros().toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
