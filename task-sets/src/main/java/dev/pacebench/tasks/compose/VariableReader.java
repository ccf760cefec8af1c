package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the environment variables of a service, which become templates. */
final class VariableReader {

  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Report report;
  private final Map<String, String> env = new LinkedHashMap<>();

  VariableReader(Report report) {
    this.report = report;
  }

  /** Reads a mapping, or a list of {@code NAME=value}. */
  Map<String, String> read(YamlNode value) {
    if (value instanceof Mapping pairs) {
      pairs
          .values()
          .forEach(
              (key, each) -> {
                if (each instanceof Scalar one) {
                  variable(
                      key,
                      one.type() == Scalar.Type.NOTHING
                          ? Optional.empty()
                          : Optional.of(one.text()),
                      one.line());
                } else {
                  report.error(
                      each.line(), "environment." + key, "is " + each.kind(), "write text");
                }
              });
    } else if (value instanceof Sequence list) {
      for (YamlNode each : list.items()) {
        if (each instanceof Scalar one) {
          int equals = one.text().indexOf('=');
          variable(
              equals < 0 ? one.text() : one.text().substring(0, equals),
              equals < 0 ? Optional.empty() : Optional.of(one.text().substring(equals + 1)),
              one.line());
        } else {
          report.error(
              each.line(), "environment", "has " + each.kind() + " in it", "write NAME=value");
        }
      }
    } else {
      report.error(value.line(), "environment", "is " + value.kind(), "write a mapping or a list");
    }
    return env;
  }

  private void variable(String variable, Optional<String> value, int line) {
    String field = "environment." + variable;
    if (!ENV_NAME.matcher(variable).matches()) {
      report.error(line, field, "is no name for a variable", "use letters, digits and _");
    } else if (value.isEmpty()) {
      report.inVain(field + " from the host", line);
    } else {
      Optional<String> template = report.template(value.get());
      template.ifPresentOrElse(it -> env.put(variable, it), () -> report.inVain(field, line));
    }
  }
}
