package dev.pacebench.runner.agent.manifest;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.lineup.Fields;
import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.lineup.ProblemList;
import dev.pacebench.runner.lineup.YamlReader;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a manifest; every problem of the file is reported at once, each with its line. */
public final class ManifestFile {

  static final String SUFFIX = ".yaml";
  private static final String WHEN_EMPTY = "write `name:`, `version:`, `provide:` and `command:`";

  private final String stem;
  private final ProblemList problems = new ProblemList();
  private final Fields fields;
  private final ProvideReader provides;

  private ManifestFile(Path path) {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    this.stem = String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", "");
    this.fields = new Fields(path.toString(), problems);
    this.provides = new ProvideReader(fields, parent == null ? absolute : parent);
  }

  /**
   * Reads a file.
   *
   * @throws UserError with every problem
   */
  public static AgentManifest read(Path path) {
    YamlNode root = YamlReader.read(path, WHEN_EMPTY);
    if (root instanceof Scalar scalar && scalar.isNothing()) {
      throw new UserError(path.toString(), "is empty", WHEN_EMPTY);
    }
    ManifestFile reader = new ManifestFile(path);
    Optional<AgentManifest> manifest =
        reader.fields.mapping(root, "the file", ManifestKeys.TOP).flatMap(reader::manifest);
    reader.problems.throwIfAny();
    return manifest.orElseThrow(
        () -> new IllegalStateException(path + ": no manifest, no problem"));
  }

  private Optional<AgentManifest> manifest(Mapping top) {
    Optional<String> name = fields.required(top, "the file", "name");
    name.ifPresent(found -> checkName(top, found));
    Optional<String> version = fields.required(top, "the file", "version");
    version.ifPresent(found -> checkVersion(top, found));
    String about = fields.optional(top, "about").orElse("");
    Optional<Provide> provide = needed(top, "provide").flatMap(provides::read);
    Map<Protocol, List<Transport>> speaks = speaks(top);
    Map<String, Setting> settings = settings(top);
    boolean program = provide.map(found -> found.kind() != Provide.Kind.NONE).orElse(true);
    List<String> names = new ArrayList<>(Placeholder.names(settings.keySet()));
    List<String> early = new ArrayList<>(List.of(Placeholder.HOME.word()));
    settings.keySet().forEach(setting -> early.add(Placeholder.SETTING + setting));
    List<String> ofProgram = List.of(Placeholder.PROGRAM.word(), Placeholder.FOLDER.word());
    if (program) {
      early.addAll(ofProgram);
    } else {
      names.removeAll(ofProgram);
    }
    TemplateReader templates = new TemplateReader(fields, names);
    Map<String, Template> env = env(top, templates);
    Map<Template, Template> files = files(top, templates);
    Optional<Template> command =
        fields
            .required(top, "the file", "command")
            .flatMap(text -> templates.readShell(text, node(top, "command"), "command"));
    if (command.isPresent() && command.get().names().contains(Placeholder.TOKEN.word())) {
      fields.problem(
          lineOf(top, "command"),
          "`{token}` stands in `command`, where whoever lists processes sees it",
          "hand it over under `env`, or in a file under `files`");
    }
    Optional<Template> versionCommand =
        fields
            .optional(top, "version_command")
            .flatMap(
                text ->
                    new TemplateReader(fields, early)
                        .readShell(text, node(top, "version_command"), "version_command"));
    Optional<String> shows = fields.optional(top, "version_shows");
    if (shows.isPresent() && !top.values().containsKey("version_command")) {
      fields.problem(
          lineOf(top, "version_shows"),
          "`version_shows` has no use without `version_command`",
          "add the command, or remove it");
    }
    Output output =
        Optional.ofNullable(top.values().get("output"))
            .map(new OutputReader(fields)::read)
            .orElse(Output.PLAIN);
    boolean retries = fields.flag(top, "retries_itself").orElse(false);
    if (name.isEmpty() || version.isEmpty() || provide.isEmpty() || command.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AgentManifest(
            name.get(),
            version.get(),
            about,
            provide.get(),
            speaks,
            env,
            files,
            command.get(),
            versionCommand,
            shows.orElse(version.get()),
            output,
            retries,
            settings));
  }

  private void checkName(Mapping top, String name) {
    if (!name.matches(ManifestKeys.NAME_PATTERN)) {
      fields.problem(
          lineOf(top, "name"),
          "`name` must be small letters, digits and hyphens, is `" + name + "`",
          "write it as my-agent, with 40 characters at most");
    } else if (!name.equals(stem)) {
      fields.problem(
          lineOf(top, "name"),
          "the name `" + name + "` is not that of the file",
          "call the file " + name + SUFFIX + ", or write `name: " + stem + "`");
    }
  }

  private void checkVersion(Mapping top, String version) {
    if (!version.matches(ManifestKeys.VERSION_PATTERN)) {
      fields.problem(
          lineOf(top, "version"),
          "`version` is no exact version: `" + version + "`",
          "write it as 1.2.3");
    }
  }

  private Optional<YamlNode> needed(Mapping top, String key) {
    YamlNode node = top.values().get(key);
    if (node == null) {
      fields.problem(top.line(), "the file has no `" + key + "`", "add `" + key + ":`");
    }
    return Optional.ofNullable(node);
  }

  private Map<Protocol, List<Transport>> speaks(Mapping top) {
    List<String> words = Arrays.stream(Protocol.values()).map(Protocol::word).toList();
    Map<Protocol, List<Transport>> speaks = new LinkedHashMap<>();
    Mapping mapping =
        needed(top, "speaks").flatMap(node -> fields.openMapping(node, "speaks")).orElse(null);
    if (mapping == null) {
      return speaks;
    }
    if (mapping.values().isEmpty()) {
      fields.problem(mapping.line(), "`speaks` names no protocol", "name one: " + words);
    }
    mapping
        .values()
        .forEach(
            (word, node) -> {
              Optional<Protocol> protocol = Protocol.of(word);
              if (protocol.isEmpty()) {
                fields.problem(
                    lineOf(mapping, word),
                    "unknown protocol `" + word + "` in `speaks`",
                    Nearest.hint(word, words));
              } else {
                speaks.put(protocol.get(), transports(node, protocol.get()));
              }
            });
    return speaks;
  }

  private List<Transport> transports(YamlNode node, Protocol protocol) {
    List<Transport> transports = new ArrayList<>();
    List<String> words = fields.textList(node, protocol.word());
    if (node instanceof YamlNode.Sequence sequence && sequence.items().isEmpty()) {
      fields.problem(node.line(), "`" + protocol.word() + "` has no transport", "write `[sse]`");
    }
    for (String word : words) {
      if (!ManifestKeys.TRANSPORTS.contains(word)) {
        fields.problem(
            node.line(),
            "unknown transport `" + word + "`",
            Nearest.hint(word, ManifestKeys.TRANSPORTS));
      } else if (word.equals("websocket") && protocol != Protocol.OPENAI_RESPONSES) {
        fields.problem(
            node.line(),
            "`" + protocol.word() + "` is not spoken over a WebSocket",
            "write `[sse]`");
      } else {
        transports.add(Transport.valueOf(word.toUpperCase(Locale.ROOT)));
      }
    }
    return transports;
  }

  private Map<String, Setting> settings(Mapping top) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    YamlNode node = top.values().get("settings");
    if (node == null) {
      return settings;
    }
    fields
        .openMapping(node, "settings")
        .ifPresent(
            mapping ->
                mapping
                    .values()
                    .forEach(
                        (name, value) -> {
                          if (!name.matches(ManifestKeys.SETTING_PATTERN)) {
                            fields.problem(
                                lineOf(mapping, name),
                                "the setting `" + name + "` must be small letters, digits and _",
                                "rename it");
                          }
                          fields
                              .mapping(value, "settings." + name, ManifestKeys.SETTING)
                              .ifPresent(found -> settings.put(name, setting(found, name)));
                        }));
    return settings;
  }

  private Setting setting(Mapping mapping, String name) {
    YamlNode byDefault = mapping.values().get("default");
    String value = "";
    if (byDefault instanceof Scalar scalar) {
      value = scalar.text();
    } else if (byDefault == null) {
      fields.problem(
          mapping.line(), "the setting `" + name + "` has no `default`", "add `default: \"\"`");
    } else {
      fields.problem(
          byDefault.line(),
          "`default` must be a single value, is " + byDefault.kind(),
          "write one value");
    }
    return new Setting(value, fields.optional(mapping, "about").orElse(""));
  }

  private Map<String, Template> env(Mapping top, TemplateReader templates) {
    Map<String, Template> env = new LinkedHashMap<>();
    fields
        .texts(top, "env")
        .forEach(
            (name, text) -> {
              YamlNode node = inner(top, "env", name);
              if (!name.matches(ManifestKeys.ENV_PATTERN)) {
                fields.problem(
                    node.line(),
                    "`" + name + "` is no variable's name",
                    "use letters, digits and _");
              }
              templates.read(text, node, "env." + name).ifPresent(found -> env.put(name, found));
            });
    return env;
  }

  private Map<Template, Template> files(Mapping top, TemplateReader templates) {
    Map<Template, Template> files = new LinkedHashMap<>();
    fields
        .texts(top, "files")
        .forEach(
            (path, text) -> {
              YamlNode node = inner(top, "files", path);
              if (!path.matches("(\\{home\\}|)/.*[^/]") || path.contains("/../")) {
                fields.problem(
                    node.line(),
                    "`" + path + "` in `files` is no absolute path of a file",
                    "write it as {home}/.config/name");
              }
              Optional<Template> where = templates.read(path, node, "files");
              Optional<Template> what = templates.read(text, node, "files." + path);
              if (where.isPresent() && what.isPresent()) {
                files.put(where.get(), what.get());
              }
            });
    return files;
  }

  private static YamlNode node(Mapping mapping, String key) {
    YamlNode node = mapping.values().get(key);
    return node == null ? mapping : node;
  }

  private static YamlNode inner(Mapping top, String key, String name) {
    return node(top, key) instanceof Mapping inner ? node(inner, name) : top;
  }

  private static int lineOf(Mapping mapping, String key) {
    return mapping.lineOf(key);
  }
}
