package dev.pacebench.runner.agent.manifest;

import dev.pacebench.runner.agent.manifest.Template.BadTemplate;
import dev.pacebench.runner.lineup.Fields;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads texts with names in braces; a name that stands for nothing is an error. */
final class TemplateReader {

  private final Fields fields;
  private final List<String> names;

  /**
   * @param names that may stand in braces
   */
  TemplateReader(Fields fields, List<String> names) {
    this.fields = fields;
    this.names = names;
  }

  /** A text that is used as it comes out. */
  Optional<Template> read(String text, YamlNode node, String key) {
    try {
      Template.check(text);
    } catch (BadTemplate e) {
      fields.problem(
          line(node, text, e.offset),
          e.getMessage() + " in `" + key + "`",
          "write {name}, or {{ and }} for the characters themselves");
      return Optional.empty();
    }
    Template template = new Template(text);
    boolean good = true;
    for (String name : template.names()) {
      if (!names.contains(name)) {
        good = false;
        fields.problem(
            line(node, text, text.indexOf("{" + name + "}")),
            "nothing is known as `{" + name + "}` in `" + key + "`",
            Nearest.hint(name, names));
      }
    }
    return good ? Optional.of(template) : Optional.empty();
  }

  /** A text that a shell reads. */
  Optional<Template> readShell(String text, YamlNode node, String key) {
    Optional<Template> template = read(text, node, key);
    if (template.isPresent()) {
      Optional<Integer> quoted = ShellText.quotedName(text);
      if (quoted.isPresent()) {
        fields.problem(
            line(node, text, quoted.get()),
            "a name in braces stands in quotes in `" + key + "`",
            "take the quotes away: its value is filled in as one word, quoted where need be");
        return Optional.empty();
      }
    }
    return template;
  }

  /** The line of the file; a text of several lines begins below its key. */
  private static int line(YamlNode node, String text, int offset) {
    if (text.indexOf('\n') < 0) {
      return node.line();
    }
    long before = text.substring(0, Math.max(0, offset)).chars().filter(c -> c == '\n').count();
    return node.line() + 1 + (int) before;
  }
}
