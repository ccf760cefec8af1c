package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.Credential.Scheme;
import dev.pacebench.runner.lineup.Credential.Source;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads where a secret is.
 *
 * <p>People paste the key itself into every one of these places, so no message repeats a value.
 */
final class CredentialReader {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z0-9_-]{1,100}(\\.[A-Za-z0-9_-]{1,100}){0,9}");
  private static final Pattern QUOTE = Pattern.compile("['\"\\\\]");
  private static final String FORM = "{env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT]}";

  private final Fields fields;
  private final Path folder;

  /**
   * @param folder what a file's path counts from
   */
  CredentialReader(Fields fields, Path folder) {
    this.fields = fields;
    this.folder = folder;
  }

  /** The place that a node names; {@code keys} are the names that it may use. */
  Optional<Credential> read(YamlNode node, String name, List<String> keys) {
    if (node instanceof Scalar scalar && !scalar.isNothing()) {
      fields.problem(
          node.line(),
          "`" + name + "` must say where the key is, not be the key",
          "write `" + name.substring(name.lastIndexOf('.') + 1) + ": " + FORM + "`");
      return Optional.empty();
    }
    Mapping mapping = fields.mapping(node, name, keys).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    List<String> sources =
        mapping.values().keySet().stream().filter(LineupKeys.SOURCES::contains).toList();
    Optional<String> field = field(mapping, name);
    Optional<Scheme> scheme = scheme(mapping, name);
    if (sources.size() != 1) {
      fields.problem(
          mapping.line(), "`" + name + "` must have exactly one source", "write " + FORM);
      return Optional.empty();
    }
    String source = sources.get(0);
    YamlNode value = requireNonNull(mapping.values().get(source));
    return switch (source) {
      case "env" -> variable(value, name).map(found -> of(Source.ENV, found, field, scheme));
      case "file" -> file(value, name).map(found -> of(Source.FILE, found, field, scheme));
      default -> command(value, name).map(found -> of(Source.COMMAND, found, field, scheme));
    };
  }

  private static Credential of(
      Source source, List<String> value, Optional<String> field, Optional<Scheme> scheme) {
    return new Credential(source, value, field, scheme);
  }

  private Optional<List<String>> variable(YamlNode node, String name) {
    Optional<String> text = plain(node).filter(found -> VARIABLE.matcher(found).matches());
    if (text.isEmpty()) {
      fields.problem(
          node.line(),
          "`" + name + ".env` is not the name of an environment variable",
          "write a name such as OPENAI_API_KEY, and put the key into that variable");
    }
    return text.map(List::of);
  }

  private Optional<List<String>> file(YamlNode node, String name) {
    Optional<List<String>> path =
        plain(node)
            .flatMap(
                text -> {
                  try {
                    return Optional.of(
                        text.startsWith("~/") ? text : folder.resolve(text).normalize().toString());
                  } catch (InvalidPathException e) {
                    return Optional.empty();
                  }
                })
            .map(List::of);
    if (path.isEmpty()) {
      fields.problem(
          node.line(), "`" + name + ".file` is no path", "write the path of a file, or ~/PATH");
    }
    return path;
  }

  private Optional<List<String>> command(YamlNode node, String name) {
    List<String> words;
    if (node instanceof YamlNode.Sequence sequence) {
      words = sequence.items().stream().map(item -> plain(item).orElse("")).toList();
    } else {
      words = plain(node).map(CredentialReader::split).orElse(List.of());
    }
    if (words.isEmpty() || words.stream().anyMatch(String::isEmpty)) {
      fields.problem(
          node.line(),
          "`" + name + ".command` is no program with its arguments",
          "write `command: [PROGRAM, ARGUMENT]`");
      return Optional.empty();
    }
    return Optional.of(words);
  }

  /** A text is cut at blanks; what needs quotes is written as a list, which leaves no doubt. */
  private static List<String> split(String text) {
    return QUOTE.matcher(text).find() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private Optional<String> field(Mapping mapping, String name) {
    YamlNode node = mapping.values().get("field");
    if (node == null) {
      return Optional.empty();
    }
    Optional<String> text = plain(node).filter(found -> FIELD.matcher(found).matches());
    if (text.isEmpty()) {
      fields.problem(
          node.line(),
          "`" + name + ".field` names no field of a JSON document",
          "write names with dots between them, such as tokens.access_token");
    }
    return text;
  }

  private Optional<Scheme> scheme(Mapping mapping, String name) {
    YamlNode node = mapping.values().get("scheme");
    if (node == null) {
      return Optional.empty();
    }
    Optional<Scheme> scheme =
        plain(node)
            .flatMap(
                word ->
                    List.of(Scheme.values()).stream()
                        .filter(each -> each.word().equals(word))
                        .findFirst());
    if (scheme.isEmpty()) {
      fields.problem(
          node.line(),
          "`" + name + ".scheme` must be bearer or api-key",
          "leave it out unless the provider wants the other one");
    }
    return scheme;
  }

  private static Optional<String> plain(YamlNode node) {
    return node instanceof Scalar scalar && !scalar.isNothing() && !scalar.text().isBlank()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
