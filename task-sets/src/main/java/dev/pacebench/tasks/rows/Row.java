package dev.pacebench.tasks.rows;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of a table; what is wrong with a field is reported with the row's place and the field.
 *
 * @param where file and line, or file and number
 */
public record Row(String where, ObjectNode fields) {

  private static final JsonMapper JSON = new JsonMapper();

  public Row {
    requireNonNull(where, "where is null");
    requireNonNull(fields, "fields is null");
  }

  public boolean has(String field) {
    JsonNode value = fields.get(field);
    return value != null && !value.isNull();
  }

  /** A field's text, empty when it is absent or null. */
  public Optional<String> text(String field, List<Problem> problems) {
    JsonNode value = fields.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      error(field, "is " + Show.text(value.toString()), "it must be text", problems);
      return Optional.empty();
    }
    if (value.asString().indexOf('\0') >= 0) {
      error(field, "holds a NUL character", "remove it", problems);
      return Optional.empty();
    }
    return Optional.of(value.asString());
  }

  /** A field's text, which must be there and not blank. */
  public String required(String field, List<Problem> problems) {
    Optional<String> text = text(field, problems);
    if (!has(field)) {
      error(field, "is absent", "each row needs it", problems);
    } else if (text.isPresent() && text.get().isBlank()) {
      error(field, "is empty", "each row needs it", problems);
    }
    return text.orElse("");
  }

  /** A list of texts: a real one, or one written as JSON or as Python would. */
  public List<String> list(String field, List<Problem> problems) {
    JsonNode value = fields.get(field);
    if (value == null || value.isNull()) {
      error(field, "is absent", "each row needs it", problems);
      return List.of();
    }
    if (value.isArray()) {
      return strings(field, value, problems);
    }
    if (value.isString()) {
      String text = value.asString().strip();
      JsonNode parsed = json(text);
      if (parsed != null && parsed.isArray()) {
        return strings(field, parsed, problems);
      }
      Optional<List<String>> python = PythonList.parse(text);
      if (python.isPresent()) {
        return python.get();
      }
    }
    error(
        field,
        "is " + Show.text(value.toString()),
        "it must be a list of names, or one written as text",
        problems);
    return List.of();
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return null;
    }
  }

  private List<String> strings(String field, JsonNode list, List<Problem> problems) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isString()) {
        error(field, "holds " + Show.text(item.toString()), "every item must be text", problems);
        return List.of();
      }
      texts.add(item.asString());
    }
    return texts;
  }

  public void error(String field, String what, String remedy, List<Problem> problems) {
    problems.add(Problem.error(where + ": " + field, what, remedy));
  }
}
