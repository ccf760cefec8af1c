package dev.pacebench.runner.lineup;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads typed values out of nodes; whatever is wrong goes to the list and reads as absent. */
public final class Fields {

  private final String file;
  private final ProblemList problems;

  public Fields(String file, ProblemList problems) {
    this.file = file;
    this.problems = problems;
  }

  public void problem(int line, String what, String remedy) {
    problems.add(file + ":" + line, what, remedy);
  }

  /** The node as a mapping that has no other keys than these. */
  public Optional<Mapping> mapping(YamlNode node, String name, List<String> keys) {
    Optional<Mapping> found = openMapping(node, name);
    found.ifPresent(mapping -> refuseUnknown(mapping, name, keys));
    return found;
  }

  /** The node as a mapping whose keys are names of the file's own. */
  public Optional<Mapping> openMapping(YamlNode node, String name) {
    if (node instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problem(
        node.line(),
        "`" + name + "` must be a mapping, is " + node.kind(),
        "write `" + lastPart(name) + ":` with indented `key: value` lines under it");
    return Optional.empty();
  }

  public Optional<List<YamlNode>> list(YamlNode node, String name) {
    if (node instanceof Sequence sequence) {
      return Optional.of(sequence.items());
    }
    problem(
        node.line(),
        "`" + name + "` must be a list, is " + node.kind(),
        "write `" + name + ":` with lines under it that start with `- `");
    return Optional.empty();
  }

  private void refuseUnknown(Mapping mapping, String name, List<String> keys) {
    for (String key : mapping.values().keySet()) {
      if (!keys.contains(key)) {
        int line = mapping.lineOf(key);
        String owner = name.isEmpty() ? "" : " in `" + name + "`";
        problem(line, "unknown key `" + key + "`" + owner, Nearest.hint(key, keys));
      }
    }
  }

  /** A text that must be there. */
  public Optional<String> required(Mapping mapping, String owner, String key) {
    YamlNode node = mapping.values().get(key);
    if (node == null) {
      problem(mapping.line(), "`" + owner + "` has no `" + key + "`", "add `" + key + ": ...`");
      return Optional.empty();
    }
    return text(node, key);
  }

  /** A text that may be absent. */
  public Optional<String> optional(Mapping mapping, String key) {
    YamlNode node = mapping.values().get(key);
    return node == null ? Optional.empty() : text(node, key);
  }

  /** A switch that may be absent. */
  public Optional<Boolean> flag(Mapping mapping, String key) {
    YamlNode node = mapping.values().get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof Scalar scalar && scalar.type() == Scalar.Type.SWITCH) {
      return Optional.of(Boolean.valueOf(scalar.text()));
    }
    problem(
        node.line(),
        "`" + key + "` must be true or false, is " + shown(node),
        "write `" + key + ": true`");
    return Optional.empty();
  }

  /** Names with single values; numbers and switches count as their text. */
  public Map<String, String> texts(Mapping mapping, String key) {
    YamlNode node = mapping.values().get(key);
    if (node == null) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    openMapping(node, key)
        .ifPresent(
            found ->
                found
                    .values()
                    .forEach(
                        (name, value) -> {
                          if (value instanceof Scalar scalar && !scalar.isNothing()) {
                            texts.put(name, scalar.text());
                          } else {
                            problem(
                                value.line(),
                                "`"
                                    + key
                                    + "."
                                    + name
                                    + "` must be a single value, is "
                                    + value.kind(),
                                "write one value");
                          }
                        }));
    return texts;
  }

  public Optional<String> text(YamlNode node, String name) {
    if (node instanceof Scalar scalar && !scalar.isNothing() && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    problem(
        node.line(),
        "`" + name + "` must be text, is " + shown(node),
        "write `" + lastPart(name) + ": ...`");
    return Optional.empty();
  }

  /** A list of texts, such as a command with its arguments. */
  public List<String> textList(YamlNode node, String name) {
    List<String> texts = new ArrayList<>();
    list(node, name)
        .ifPresent(items -> items.forEach(item -> text(item, name).ifPresent(texts::add)));
    return texts;
  }

  private static String shown(YamlNode node) {
    if (node instanceof Scalar scalar && !scalar.isNothing()) {
      return scalar.text().isBlank() ? "blank" : "`" + scalar.text() + "`";
    }
    return node.kind();
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
