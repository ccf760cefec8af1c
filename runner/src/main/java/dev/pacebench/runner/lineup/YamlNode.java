package dev.pacebench.runner.lineup;

import java.util.List;
import java.util.Map;

/** A value of a YAML file together with the line it stands on. */
public sealed interface YamlNode {

  int line();

  /** What it is, for messages. */
  String kind();

  /** A single value; {@code kind} tells text from numbers and switches. */
  record Scalar(String text, String kind, int line) implements YamlNode {

    public static final String TEXT = "text";
    public static final String NUMBER = "a number";
    public static final String SWITCH = "true or false";
    public static final String NOTHING = "nothing";

    public boolean isNothing() {
      return kind.equals(NOTHING);
    }
  }

  /** Values by name, in file order; {@code keyLines} holds where each name stands. */
  record Mapping(Map<String, YamlNode> values, Map<String, Integer> keyLines, int line)
      implements YamlNode {
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
