package dev.pacebench.tasks.rows;

import dev.pacebench.tasks.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Comma-separated values with a heading line, quoted as RFC 4180 says. */
final class Csv {

  private final String text;
  private int at;
  private int line = 1;

  private Csv(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The names of the columns. */
  static List<String> heading(String text) {
    return new Csv(text).record();
  }

  static List<Row> read(String text, String shown, JsonMapper json, List<Problem> problems) {
    Csv csv = new Csv(text);
    List<Row> rows = new ArrayList<>();
    List<String> heading = csv.record();
    if (new HashSet<>(heading).size() != heading.size()) {
      problems.add(Problem.error(shown + ":1", "names a column twice", "rename one of them"));
      return List.of();
    }
    while (csv.at < csv.text.length()) {
      int begun = csv.line;
      List<String> values = csv.record();
      if (values.size() == 1 && values.get(0).isBlank()) {
        continue;
      }
      if (values.size() != heading.size()) {
        problems.add(
            Problem.error(
                shown + ":" + begun,
                "has " + values.size() + " values for " + heading.size() + " columns",
                "quote values that hold commas, quotes or line ends"));
        continue;
      }
      ObjectNode fields = json.createObjectNode();
      for (int i = 0; i < heading.size(); i++) {
        // An empty cell stands for no value; some writers spell that out.
        if (!values.get(i).isEmpty() && !values.get(i).equals("NaN")) {
          fields.put(heading.get(i), values.get(i));
        }
      }
      rows.add(new Row(shown + ":" + begun, fields));
    }
    return rows;
  }

  private List<String> record() {
    List<String> values = new ArrayList<>();
    while (true) {
      values.add(value());
      if (at >= text.length()) {
        return values;
      }
      char end = text.charAt(at++);
      if (end == '\n') {
        line++;
        return values;
      }
    }
  }

  /** Up to the comma or line end, which is not taken. */
  private String value() {
    StringBuilder value = new StringBuilder();
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          if (at < text.length() && text.charAt(at) == '"') {
            at++;
          } else {
            break;
          }
        }
        line += c == '\n' ? 1 : 0;
        value.append(c);
      }
    }
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c != '\r' || (at < text.length() && text.charAt(at) != '\n')) {
        value.append(c);
      }
    }
    return value.toString();
  }
}
