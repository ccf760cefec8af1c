package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.NearestName;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a task.yaml; what is wrong with one is reported with its line. */
final class TaskYaml {

  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(Duration.ofDays(7).toSeconds());
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  /** What the format knows; adapters add keys of their own, which stand for nothing here. */
  private static final List<String> KNOWN =
      List.of(
          "instruction",
          "author_name",
          "author_email",
          "difficulty",
          "category",
          "tags",
          "parser_name",
          "max_agent_timeout_sec",
          "max_test_timeout_sec",
          "run_tests_in_same_shell",
          "disable_asciinema",
          "estimated_duration_sec",
          "expert_time_estimate_min",
          "junior_time_estimate_min");

  private final Path file;
  private final Mapping fields;
  private final List<Problem> problems;

  TaskYaml(Path file, Mapping fields, List<Problem> problems) {
    this.file = file;
    this.fields = fields;
    this.problems = problems;
  }

  void warnAboutMistypedKeys() {
    fields
        .values()
        .forEach(
            (key, value) -> {
              List<String> near = KNOWN.contains(key) ? List.of() : NearestName.of(key, KNOWN);
              if (!near.isEmpty() && fields.get(near.get(0)).isEmpty()) {
                problems.add(
                    Problem.warning(
                        at(key), "is not known and has no effect", "did you mean " + near.get(0)));
              }
            });
  }

  boolean has(String key) {
    return fields.get(key).isPresent();
  }

  Optional<String> text(String key) {
    return fields.get(key).flatMap(value -> scalar(key, value)).map(Scalar::text);
  }

  /** A switch, in the spellings of YAML 1.1. */
  boolean on(String key) {
    String word = text(key).orElse("false").toLowerCase(Locale.ROOT);
    switch (word) {
      case "true", "yes", "on":
        return true;
      case "false", "no", "off":
        return false;
      default:
        error(key, "is \"" + Show.text(word) + "\"", "write true or false");
        return false;
    }
  }

  /** A time limit. */
  Duration seconds(String key, long otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Duration.ofSeconds(otherwise);
    }
    if (text.get().matches("\\+?\\d{1,9}(\\.\\d{0,9})?([eE]\\+?\\d)?")) {
      BigDecimal seconds = new BigDecimal(text.get().replaceAll("\\.(?=$|[eE])", ""));
      if (seconds.signum() > 0 && seconds.compareTo(MOST_SECONDS) <= 0) {
        return Duration.ofNanos(seconds.multiply(NANOS).longValue());
      }
    }
    error(
        key,
        "is \"" + Show.text(text.get()) + "\"",
        "write seconds above 0 and up to " + MOST_SECONDS + " (7 days)");
    return Duration.ofSeconds(otherwise);
  }

  List<String> texts(String key) {
    Optional<YamlNode> value = fields.get(key);
    if (value.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value.get() instanceof Sequence list) {
      list.items().forEach(item -> scalar(key, item).ifPresent(one -> texts.add(one.text())));
    } else {
      error(key, "is " + value.get().kind(), "write a list");
    }
    return texts;
  }

  private Optional<Scalar> scalar(String key, YamlNode value) {
    if (value instanceof Scalar one) {
      return Optional.of(one);
    }
    error(key, "is or holds " + value.kind(), "write a plain value");
    return Optional.empty();
  }

  void error(String key, String what, String remedy) {
    problems.add(Problem.error(at(key), what, remedy));
  }

  void warning(String key, String what, String remedy) {
    problems.add(Problem.warning(at(key), what, remedy));
  }

  void unsupported(String key, String what, String remedy) {
    problems.add(Problem.unsupported(at(key), what, remedy));
  }

  private String at(String key) {
    YamlNode value = fields.values().get(key);
    String shown = Show.path(file);
    return (value == null ? shown : shown + ":" + value.line()) + ": " + Show.text(key);
  }
}
