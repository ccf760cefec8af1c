package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes values out of one part of a compose file, and says where which of them is wrong. */
final class Report {

  private final Path file;
  private final String part;
  private final Interpolation variables;
  private final List<Problem> problems;

  /**
   * @param part the path of what is read, such as {@code services.db}
   */
  Report(Path file, String part, Interpolation variables, List<Problem> problems) {
    this.file = file;
    this.part = part;
    this.variables = variables;
    this.problems = problems;
  }

  Report of(String other) {
    return new Report(file, other, variables, problems);
  }

  /** A single value with its variables filled; empty when there is none, which is reported. */
  Optional<String> text(String field, YamlNode value) {
    if (!(value instanceof Scalar one)) {
      error(value.line(), field, "is " + value.kind(), "write text");
      return Optional.empty();
    }
    Optional<String> filled = variables.fill(one.text());
    if (filled.isEmpty()) {
      inVain(field + ": " + Show.text(one.text()), one.line());
    }
    return filled;
  }

  /** As {@link #text}, for what is only used where it can be understood. */
  Optional<String> quietly(YamlNode value) {
    return value instanceof Scalar one ? variables.fill(one.text()) : Optional.empty();
  }

  /** As {@link #text}, with unknown variables as templates. */
  Optional<String> template(String text) {
    return variables.template(text);
  }

  /** A list of single values, or one of them. */
  List<String> texts(String field, YamlNode value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof Sequence list) {
      list.items().forEach(each -> text(field, each).ifPresent(texts::add));
    } else {
      text(field, value).ifPresent(texts::add);
    }
    return texts;
  }

  Optional<Mapping> mapping(String field, YamlNode value) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    error(value.line(), field, "is " + value.kind(), "write a mapping");
    return Optional.empty();
  }

  boolean fits(Pattern pattern, String text, String field, YamlNode at) {
    boolean fits = pattern.matcher(text).matches();
    if (!fits) {
      error(at.line(), field, "is \"" + Show.text(text) + "\"", "write it as the Dockerfile would");
    }
    return fits;
  }

  String where(int line) {
    return Show.path(file) + ":" + line;
  }

  void inVain(String field, int line) {
    unsupported(
        field,
        line,
        ", which sandboxes do not give",
        "put what the task needs into the Dockerfile");
  }

  /**
   * What can be understood and not be had.
   *
   * @param why follows the field's name
   */
  void unsupported(String field, int line, String why, String remedy) {
    problems.add(
        Problem.unsupported(
            where(line), "asks for " + part + "." + Show.text(field) + why, remedy));
  }

  void warning(String field, int line, String what, String remedy) {
    problems.add(Problem.warning(where(line) + ": " + part + "." + Show.text(field), what, remedy));
  }

  void error(int line, String field, String what, String remedy) {
    problems.add(Problem.error(where(line) + ": " + part + "." + Show.text(field), what, remedy));
  }
}
