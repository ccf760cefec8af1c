package dev.pacebench.runner.agent.manifest;

import dev.pacebench.runner.agent.manifest.Provide.Kind;
import dev.pacebench.runner.lineup.Fields;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a program comes to this machine. */
final class ProvideReader {

  /** What is not an exact version could be another program tomorrow. */
  private static final Pattern NPM =
      Pattern.compile(
          "(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*"
              + "@[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?");

  private static final Pattern PIP =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9,._-]+\\])?==[0-9][0-9A-Za-z.!+-]*");

  private static final Pattern PROGRAM =
      Pattern.compile("[A-Za-z0-9@*._+-]+(/[A-Za-z0-9@*._+-]+)*");

  private final Fields fields;
  private final Path base;

  /**
   * @param base the manifest's own folder
   */
  ProvideReader(Fields fields, Path base) {
    this.fields = fields;
    this.base = base;
  }

  Optional<Provide> read(YamlNode node) {
    Mapping mapping = fields.mapping(node, "provide", ManifestKeys.PROVIDE).orElse(null);
    if (mapping == null) {
      return Optional.empty();
    }
    Optional<Kind> kind =
        fields.required(mapping, "provide", "kind").flatMap(w -> kind(mapping, w));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    boolean tool = kind.get() == Kind.NPM || kind.get() == Kind.PIP;
    boolean good = fits(mapping, kind.get(), "packages", tool);
    good &= !present(mapping, "after") || fits(mapping, kind.get(), "after", tool);
    good &= fits(mapping, kind.get(), "folder", kind.get() == Kind.FOLDER);
    good &= fits(mapping, kind.get(), "program", kind.get() != Kind.NONE);
    List<String> packages = texts(mapping, "packages");
    good &= pinned(mapping, kind.get(), packages);
    List<List<String>> after = after(mapping);
    Optional<Path> folder = fields.optional(mapping, "folder").map(this::resolve);
    Optional<String> program = fields.optional(mapping, "program");
    good &= program.isEmpty() || plainPath(mapping, program.get());
    List<String> needs = texts(mapping, "needs");
    needs.forEach(need -> checkNeed(mapping, need));
    boolean whole =
        good
            && tool != packages.isEmpty()
            && (kind.get() == Kind.FOLDER) == folder.isPresent()
            && (kind.get() == Kind.NONE) != program.isPresent();
    return whole
        ? Optional.of(new Provide(kind.get(), packages, after, folder, program, needs))
        : Optional.empty();
  }

  private Optional<Kind> kind(Mapping mapping, String word) {
    if (!ManifestKeys.KINDS.contains(word)) {
      fields.problem(
          lineOf(mapping, "kind"),
          "there is no kind `" + word + "` of providing a program",
          Nearest.hint(word, ManifestKeys.KINDS));
      return Optional.empty();
    }
    return Optional.of(Kind.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  /** Whether a key is there exactly where its kind asks for it. */
  private boolean fits(Mapping mapping, Kind kind, String key, boolean wanted) {
    if (present(mapping, key) == wanted) {
      return true;
    }
    if (wanted) {
      fields.problem(
          mapping.line(),
          "`provide` of kind " + kind.word() + " has no `" + key + "`",
          "add `" + key + ": ...`");
    } else {
      fields.problem(
          lineOf(mapping, key),
          "`" + key + "` has no use with kind " + kind.word(),
          "remove it, or choose another kind");
    }
    return false;
  }

  private boolean pinned(Mapping mapping, Kind kind, List<String> packages) {
    boolean npm = kind == Kind.NPM;
    boolean good = true;
    for (String one : packages) {
      if (!(npm ? NPM : PIP).matcher(one).matches()) {
        good = false;
        fields.problem(
            lineOf(mapping, "packages"),
            "package `" + one + "` has no exact version",
            "write it as " + (npm ? "name@1.2.3" : "name==1.2.3"));
      }
    }
    return good;
  }

  private List<List<String>> after(Mapping mapping) {
    YamlNode node = mapping.values().get("after");
    List<List<String>> commands = new ArrayList<>();
    if (node != null) {
      for (YamlNode item : fields.list(node, "after").orElse(List.of())) {
        List<String> command = fields.textList(item, "after");
        if (item instanceof YamlNode.Sequence && command.isEmpty()) {
          fields.problem(
              item.line(), "a command of `after` is empty", "name a program, or remove it");
        } else if (!command.isEmpty()) {
          commands.add(command);
        }
      }
    }
    return commands;
  }

  private boolean plainPath(Mapping mapping, String program) {
    boolean plain = PROGRAM.matcher(program).matches() && !("/" + program + "/").contains("/../");
    if (!plain) {
      fields.problem(
          lineOf(mapping, "program"),
          "`program` is no plain path inside the folder: `" + program + "`",
          "write it as bin/name; * stands for part of a name, ** for folders");
    }
    return plain;
  }

  private void checkNeed(Mapping mapping, String need) {
    if (!need.matches(ManifestKeys.NEED_PATTERN)) {
      fields.problem(
          lineOf(mapping, "needs"), "`" + need + "` is no program's name", "write it as python3");
    }
  }

  private Path resolve(String folder) {
    return base.resolve(folder).toAbsolutePath().normalize();
  }

  private List<String> texts(Mapping mapping, String key) {
    YamlNode node = mapping.values().get(key);
    return node == null ? List.of() : fields.textList(node, key);
  }

  private static boolean present(Mapping mapping, String key) {
    return mapping.values().containsKey(key);
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.lineOf(key);
  }
}
