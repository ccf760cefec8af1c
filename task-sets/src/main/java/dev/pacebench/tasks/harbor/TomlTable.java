package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.NearestName;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One table of a task file; a value of the wrong type is reported and then counts as absent. */
public final class TomlTable {

  private final TaskFile file;
  private final String path;
  private final ObjectNode node;

  TomlTable(TaskFile file, String path, ObjectNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  public boolean has(String key) {
    return node.has(key);
  }

  public Set<String> keys() {
    return node.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A string without NUL characters. */
  public Optional<String> string(String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString()) {
      wrongType(key, value, "a string");
      return Optional.empty();
    }
    if (value.asString().indexOf('\0') >= 0) {
      error(key, "holds a NUL character", "remove it");
      return Optional.empty();
    }
    return Optional.of(value.asString());
  }

  /** A string that is not blank. */
  public Optional<String> text(String key) {
    Optional<String> value = string(key);
    if (value.isPresent() && value.get().isBlank()) {
      error(key, "is empty", "give it a value, or leave it out");
      return Optional.empty();
    }
    return value;
  }

  /** A finite number within bounds. */
  public OptionalDouble number(String key, double least, double most) {
    JsonNode value = node.get(key);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      wrongType(key, value, "a number");
      return OptionalDouble.empty();
    }
    // A decimal that no double holds is read too, as infinity, and so is out of bounds.
    double number = value.isBigDecimal() ? value.decimalValue().doubleValue() : value.doubleValue();
    if (!(number >= least && number <= most)) {
      outOfBounds(key, value, plain(least), plain(most));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  /** A whole number within bounds. */
  public OptionalLong whole(String key, long least, long most) {
    JsonNode value = node.get(key);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber()) {
      wrongType(key, value, "a whole number");
      return OptionalLong.empty();
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      outOfBounds(key, value, String.valueOf(least), String.valueOf(most));
      return OptionalLong.empty();
    }
    return OptionalLong.of(value.longValue());
  }

  public Optional<Boolean> bool(String key) {
    JsonNode value = node.get(key);
    if (value != null && !value.isBoolean()) {
      wrongType(key, value, "true or false");
      return Optional.empty();
    }
    return Optional.ofNullable(value).map(JsonNode::booleanValue);
  }

  /** One of the given words. */
  public Optional<String> choice(String key, List<String> words) {
    Optional<String> value = string(key);
    if (value.isEmpty() || words.contains(value.get())) {
      return value;
    }
    List<String> near = NearestName.of(value.get(), words);
    error(
        key,
        "is \"" + Show.text(value.get()) + "\"",
        near.isEmpty()
            ? "write one of " + String.join(", ", words)
            : "did you mean \"" + near.get(0) + "\"? Possible: " + String.join(", ", words));
    return Optional.empty();
  }

  public List<String> strings(String key) {
    List<String> strings = new ArrayList<>();
    for (JsonNode item : items(key, "a list of strings")) {
      if (item.isString() && item.asString().indexOf('\0') < 0) {
        strings.add(item.asString());
      } else {
        wrongType(key, item, "a list of strings");
      }
    }
    return strings;
  }

  /** The items of a list, none when the key is absent. */
  List<JsonNode> items(String key, String expected) {
    JsonNode value = node.get(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      wrongType(key, value, expected);
      return List.of();
    }
    return List.copyOf(value.values());
  }

  /** The tables of a list. */
  List<TomlTable> tables(String key) {
    List<TomlTable> tables = new ArrayList<>();
    List<JsonNode> items = items(key, "a list of tables");
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof ObjectNode table) {
        tables.add(new TomlTable(file, at(key) + "[" + i + "]", table));
      } else {
        wrongType(key, items.get(i), "a list of tables");
      }
    }
    return tables;
  }

  public Optional<TomlTable> table(String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof ObjectNode table) {
      return Optional.of(new TomlTable(file, at(key), table));
    }
    wrongType(key, value, "a table");
    return Optional.empty();
  }

  /** The table, or an empty one when it is absent. */
  public TomlTable tableOrEmpty(String key) {
    return table(key).orElseGet(() -> new TomlTable(file, at(key), node.objectNode()));
  }

  /** A table of strings, in the file's order. */
  Map<String, String> stringMap(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    table(key)
        .ifPresent(
            table ->
                table.keys().forEach(name -> table.string(name).ifPresent(v -> map.put(name, v))));
    return map;
  }

  @Nullable JsonNode raw(String key) {
    return node.get(key);
  }

  /** Warns of every key that is not known here. */
  void expectOnly(Set<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        file.warning(at(key), "unknown key, ignored", KnownKeys.hint(path, key, known));
      }
    }
  }

  public void error(String key, String what, String remedy) {
    file.error(at(key), what, remedy);
  }

  public void warning(String key, String what, String remedy) {
    file.warning(at(key), what, remedy);
  }

  void unsupported(String key, String what, String remedy) {
    file.unsupported(at(key), what, remedy);
  }

  void report(Problem problem) {
    file.report(problem);
  }

  void wrongType(String key, JsonNode value, String expected) {
    error(key, "is " + Show.text(value.toString()), "it must be " + expected);
  }

  private void outOfBounds(String key, JsonNode value, String least, String most) {
    error(key, "is " + Show.text(value.asString()), "it must be from " + least + " to " + most);
  }

  String at(String key) {
    if (key.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
