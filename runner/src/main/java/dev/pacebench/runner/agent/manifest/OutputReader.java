package dev.pacebench.runner.agent.manifest;

import dev.pacebench.runner.agent.manifest.Output.Format;
import dev.pacebench.runner.lineup.Fields;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads how a program's output is understood. */
final class OutputReader {

  private final Fields fields;

  OutputReader(Fields fields) {
    this.fields = fields;
  }

  Output read(YamlNode node) {
    Mapping mapping = fields.mapping(node, "output", ManifestKeys.OUTPUT).orElse(null);
    if (mapping == null) {
      return Output.PLAIN;
    }
    String word = fields.required(mapping, "output", "format").orElse("text");
    int line = mapping.lineOf("format");
    if (!ManifestKeys.FORMATS.contains(word)) {
      fields.problem(
          line,
          "there is no output format `" + word + "`",
          Nearest.hint(word, ManifestKeys.FORMATS));
      return Output.PLAIN;
    }
    Format format = Format.valueOf(word.toUpperCase(Locale.ROOT));
    if (format == Format.TEXT && mapping.values().size() > 1) {
      fields.problem(
          line, "rules need output that is read, format text is not", "write `format: jsonl`");
    }
    Output output =
        new Output(
            format,
            rules(mapping, "tool_start"),
            rules(mapping, "tool_end"),
            toolId(mapping),
            rules(mapping, "failed"),
            rules(mapping, "finished"));
    if (output.toolStart().isEmpty() != output.toolEnd().isEmpty()) {
      fields.problem(
          mapping.line(),
          "`tool_start` and `tool_end` go together",
          "add the other, or remove both");
    }
    return output;
  }

  private List<String> toolId(Mapping mapping) {
    YamlNode node = mapping.values().get("tool_id");
    if (node == null) {
      return List.of();
    }
    return node instanceof Sequence
        ? fields.textList(node, "tool_id")
        : fields.text(node, "tool_id").stream().toList();
  }

  /** One rule, or a list of rules of which any may match. */
  private List<Rule> rules(Mapping mapping, String key) {
    YamlNode node = mapping.values().get(key);
    if (node == null) {
      return List.of();
    }
    List<YamlNode> items =
        node instanceof Mapping ? List.of(node) : fields.list(node, key).orElse(List.of());
    List<Rule> rules = new ArrayList<>();
    for (YamlNode item : items) {
      fields.openMapping(item, key).ifPresent(rule -> rule(rule, key, rules));
    }
    return rules;
  }

  private void rule(Mapping mapping, String key, List<Rule> rules) {
    Map<String, String> values = new LinkedHashMap<>();
    mapping
        .values()
        .forEach(
            (path, value) -> {
              if (value instanceof Scalar scalar && !scalar.isNothing()) {
                values.put(path, scalar.text());
              } else {
                fields.problem(
                    value.line(),
                    "`" + key + "` asks `" + path + "` to be " + value.kind(),
                    "write one value");
              }
            });
    if (mapping.values().isEmpty()) {
      fields.problem(
          mapping.line(), "a rule of `" + key + "` names no field", "write `path: value`");
    } else if (!values.isEmpty()) {
      rules.add(new Rule(values));
    }
  }
}
