package dev.pacebench.tasks.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a YAML file together with the line it stands on. */
public sealed interface YamlNode {

  int line();

  /** What it is, for messages. */
  String kind();

  /**
   * A single value.
   *
   * @param text as it stands there, empty for nothing
   */
  record Scalar(Type type, String text, int line) implements YamlNode {

    /** What a value's spelling makes it. */
    public enum Type {
      TEXT,
      NUMBER,
      SWITCH,
      NOTHING
    }

    public boolean isNothing() {
      return type == Type.NOTHING;
    }

    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> "text";
        case NUMBER -> "a number";
        case SWITCH -> "true or false";
        case NOTHING -> "nothing";
      };
    }
  }

  /** Values by name, in file order; {@code keyLines} holds where each name stands. */
  record Mapping(Map<String, YamlNode> values, Map<String, Integer> keyLines, int line)
      implements YamlNode {

    /** Where a name stands; the mapping's own line for one that is not there. */
    public int lineOf(String key) {
      return keyLines.getOrDefault(key, line);
    }

    /** The value of a key; a key that is followed by nothing has none. */
    public Optional<YamlNode> get(String key) {
      return Optional.ofNullable(values.get(key))
          .filter(it -> !(it instanceof Scalar one && one.isNothing()));
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** Values in order. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }
}
