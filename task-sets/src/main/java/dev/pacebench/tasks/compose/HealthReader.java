package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how a service is seen to be ready. */
final class HealthReader {

  private static final List<String> KINDS = List.of("NONE", "CMD", "CMD-SHELL");
  private static final Service.Health OFF =
      new Service.Health(
          List.of("NONE"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final Report report;
  private Optional<List<String>> test = Optional.empty();
  private Optional<Duration> interval = Optional.empty();
  private Optional<Duration> timeout = Optional.empty();
  private Optional<Duration> startPeriod = Optional.empty();
  private Optional<Duration> startInterval = Optional.empty();
  private Optional<Integer> retries = Optional.empty();

  HealthReader(Report report) {
    this.report = report;
  }

  /** Empty when it only changes how often the image's own check is run, which is passed over. */
  Optional<Service.Health> read(Mapping fields) {
    boolean off = false;
    for (Map.Entry<String, YamlNode> field : fields.values().entrySet()) {
      YamlNode value = field.getValue();
      String key = "healthcheck." + field.getKey();
      if (fields.get(field.getKey()).isEmpty()) {
        continue;
      }
      switch (field.getKey()) {
        case "test" -> test(key, value);
        case "interval" -> interval = duration(key, value);
        case "timeout" -> timeout = duration(key, value);
        case "start_period" -> startPeriod = duration(key, value);
        case "start_interval" -> startInterval = duration(key, value);
        case "retries" -> retries = retries(key, value);
        case "disable" -> off = report.text(key, value).filter("true"::equals).isPresent();
        default ->
            report.error(
                value.line(),
                key,
                "is not known",
                "write test, interval, timeout, retries, start_period or disable");
      }
    }
    if (off) {
      return Optional.of(OFF);
    }
    return test.map(
        it -> new Service.Health(it, interval, timeout, startPeriod, startInterval, retries));
  }

  private void test(String key, YamlNode value) {
    if (!(value instanceof Sequence list)) {
      test = report.text(key, value).map(line -> List.of("CMD-SHELL", line));
      return;
    }
    List<String> words = report.texts(key, list);
    boolean sound = !words.isEmpty() && KINDS.contains(words.get(0));
    if (sound && words.size() == list.items().size()) {
      test = Optional.of(words);
    } else if (!sound) {
      report.error(
          value.line(), key, "does not begin with CMD, CMD-SHELL or NONE", "write one of them");
    }
  }

  private Optional<Duration> duration(String key, YamlNode value) {
    Optional<String> text = report.text(key, value);
    Optional<Duration> duration = text.flatMap(Sizes::duration);
    if (text.isPresent() && duration.isEmpty()) {
      report.error(
          value.line(), key, "is \"" + Show.text(text.get()) + "\"", "write a time such as 5s");
    }
    return duration;
  }

  private Optional<Integer> retries(String key, YamlNode value) {
    Optional<String> text = report.text(key, value);
    if (text.isPresent() && !text.get().matches("[1-9]\\d{0,4}")) {
      report.error(
          value.line(), key, "is \"" + Show.text(text.get()) + "\"", "write a number from 1 on");
      return Optional.empty();
    }
    return text.map(Integer::valueOf);
  }
}
