package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one service of a compose file. */
final class ServiceReader {

  /** What concerns the host that compose runs on, and nothing inside. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "container_name",
          "expose",
          "init",
          "labels",
          "logging",
          "platform",
          "ports",
          "pull_policy",
          "restart",
          "stdin_open",
          "stop_grace_period",
          "stop_signal",
          "tty");

  private static final Set<String> BUILD_PASSED_OVER =
      Set.of("cache_from", "cache_to", "labels", "no_cache", "pull", "tags");

  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern USER =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?");
  private static final Pattern FOLDER = Pattern.compile("(/(?!\\.\\.?(/|$))[^/\\x00-\\x1f]+)+/?|/");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([bkmgt]?)b?");
  private static final Pattern SHELL = Pattern.compile("(/bin/|/usr/bin/)?(ba|da)?sh( -l?c)?");
  private static final Pattern KEEPS_ALIVE =
      Pattern.compile(
          "(exec )?sleep (infinity|\\d+[smhd]?)|(exec )?tail -[fF] /dev/null"
              + "|while (true|:); do sleep \\d+; done|(/bin/|/usr/bin/)?(ba)?sh");

  private final Path file;
  private final String name;
  private final Interpolation variables;
  private final List<Problem> problems;

  private final Map<String, String> env = new LinkedHashMap<>();
  private Optional<ComposeService.Build> build = Optional.empty();
  private Optional<String> image = Optional.empty();
  private Optional<String> workdir = Optional.empty();
  private Optional<String> user = Optional.empty();
  private OptionalDouble cpus = OptionalDouble.empty();
  private OptionalLong memory = OptionalLong.empty();
  private boolean noNetwork;

  ServiceReader(Path file, String name, Interpolation variables, List<Problem> problems) {
    this.file = file;
    this.name = name;
    this.variables = variables;
    this.problems = problems;
  }

  ComposeService read(Mapping service) {
    for (Map.Entry<String, YamlNode> entry : service.values().entrySet()) {
      String key = entry.getKey();
      if (service.get(key).isPresent() && !PASSED_OVER.contains(key) && !key.startsWith("x-")) {
        value(key, entry.getValue());
      }
    }
    return new ComposeService(build, image, env, workdir, user, cpus, memory, noNetwork);
  }

  private void value(String key, YamlNode value) {
    switch (key) {
      case "build" -> build(value);
      case "image" -> image = text(key, value);
      case "environment" -> environment(value);
      case "working_dir" -> workdir = text(key, value).filter(it -> fits(FOLDER, it, key, value));
      case "user" -> user = text(key, value).filter(it -> fits(USER, it, key, value));
      case "command", "entrypoint" -> keepsAlive(key, value);
      case "volumes" -> logFoldersOnly(value);
      case "network_mode" -> network(value);
      case "cpus" -> cpus = text(key, value).map(it -> cpus(it, value)).orElse(cpus);
      case "mem_limit" -> memory = text(key, value).map(it -> memory(it, value)).orElse(memory);
      case "deploy" -> deploy(value);
      default -> inVain(key, value.line());
    }
  }

  private void build(YamlNode value) {
    String context = ".";
    String dockerfile = "Dockerfile";
    if (value instanceof Mapping parts) {
      for (Map.Entry<String, YamlNode> part : parts.values().entrySet()) {
        String key = part.getKey();
        if (parts.get(key).isEmpty() || BUILD_PASSED_OVER.contains(key)) {
          continue;
        }
        switch (key) {
          case "context" -> context = text("build.context", part.getValue()).orElse(context);
          case "dockerfile" ->
              dockerfile = text("build.dockerfile", part.getValue()).orElse(dockerfile);
          default -> inVain("build." + key, part.getValue().line());
        }
      }
    } else {
      context = text("build", value).orElse(context);
    }
    if (context.contains("://") || climbs(context) || climbs(dockerfile)) {
      error(value.line(), "build", "leads out of the task's folder", "build what lies in it");
      return;
    }
    build = Optional.of(new ComposeService.Build(context, dockerfile));
  }

  private static boolean climbs(String path) {
    Path normal = Path.of(path).normalize();
    return normal.isAbsolute() || normal.startsWith("..");
  }

  private void environment(YamlNode value) {
    if (value instanceof Mapping pairs) {
      pairs
          .values()
          .forEach(
              (key, each) -> {
                if (each instanceof Scalar one) {
                  variable(
                      key,
                      one.type() == Scalar.Type.NOTHING
                          ? Optional.empty()
                          : Optional.of(one.text()),
                      one.line());
                } else {
                  error(each.line(), "environment." + key, "is " + each.kind(), "write text");
                }
              });
    } else if (value instanceof Sequence list) {
      for (YamlNode each : list.items()) {
        if (each instanceof Scalar one) {
          int equals = one.text().indexOf('=');
          variable(
              equals < 0 ? one.text() : one.text().substring(0, equals),
              equals < 0 ? Optional.empty() : Optional.of(one.text().substring(equals + 1)),
              one.line());
        } else {
          error(each.line(), "environment", "has " + each.kind() + " in it", "write NAME=value");
        }
      }
    } else {
      error(value.line(), "environment", "is " + value.kind(), "write a mapping or a list");
    }
  }

  private void variable(String variable, Optional<String> value, int line) {
    String field = "environment." + variable;
    if (!ENV_NAME.matcher(variable).matches()) {
      error(line, field, "is no name for a variable", "use letters, digits and _");
    } else if (value.isEmpty()) {
      inVain(field + " from the host", line);
    } else {
      Optional<String> template = variables.template(value.get());
      template.ifPresentOrElse(it -> env.put(variable, it), () -> inVain(field, line));
    }
  }

  /** The first process of a sandbox is our own; one that only waits is not missed. */
  private void keepsAlive(String key, YamlNode value) {
    String words;
    if (value instanceof Sequence list) {
      List<String> each = new ArrayList<>();
      list.items().forEach(item -> each.add(item instanceof Scalar one ? one.text() : "?"));
      words = String.join(" ", each);
    } else {
      words = value instanceof Scalar one ? one.text() : "?";
    }
    String plain = words.strip().replaceAll("\\s+", " ");
    Matcher shell = SHELL.matcher(plain);
    if (shell.lookingAt() && plain.length() > shell.end()) {
      plain = plain.substring(shell.end()).strip().replaceAll("^([\"'])(.*)\\1$", "$2");
    }
    boolean onlyWaits =
        plain.isEmpty()
            || KEEPS_ALIVE.matcher(plain.replaceAll(";$", "")).matches()
            || key.equals("entrypoint") && SHELL.matcher(plain).matches();
    if (!onlyWaits) {
      inVain(key, value.line());
    }
  }

  private void logFoldersOnly(YamlNode value) {
    boolean logs =
        value instanceof Sequence list
            && list.items().stream()
                .allMatch(
                    item ->
                        item instanceof Scalar one
                            && (one.text().contains("_LOGS_PATH}")
                                || one.text().contains("_ARTIFACTS_PATH}")));
    if (!logs) {
      inVain("volumes", value.line());
    }
  }

  private void network(YamlNode value) {
    String mode = text("network_mode", value).orElse("");
    if (mode.equals("none")) {
      noNetwork = true;
    } else if (!mode.isEmpty() && !mode.equals("bridge") && !mode.equals("default")) {
      inVain("network_mode: " + mode, value.line());
    }
  }

  private void deploy(YamlNode value) {
    Optional<Mapping> resources = inner(value, "resources", "deploy.");
    Optional<Mapping> limits =
        resources.flatMap(it -> inner(it, "limits", "deploy.resources.", "reservations"));
    if (limits.isEmpty()) {
      return;
    }
    for (Map.Entry<String, YamlNode> limit : limits.get().values().entrySet()) {
      String field = "deploy.resources.limits." + limit.getKey();
      YamlNode at = limit.getValue();
      switch (limit.getKey()) {
        case "cpus" -> cpus = text(field, at).map(it -> cpus(it, at)).orElse(cpus);
        case "memory" -> memory = text(field, at).map(it -> memory(it, at)).orElse(memory);
        default -> inVain(field, at.line());
      }
    }
  }

  private Optional<Mapping> inner(YamlNode value, String key, String path, String... others) {
    if (!(value instanceof Mapping mapping)) {
      error(value.line(), path.replaceAll("\\.$", ""), "is " + value.kind(), "write a mapping");
      return Optional.empty();
    }
    mapping
        .values()
        .forEach(
            (name, each) -> {
              if (!name.equals(key) && !List.of(others).contains(name)) {
                inVain(path + name, each.line());
              }
            });
    return mapping
        .get(key)
        .flatMap(it -> it instanceof Mapping m ? Optional.of(m) : Optional.empty());
  }

  private OptionalDouble cpus(String text, YamlNode at) {
    if (text.matches("\\d{1,4}(\\.\\d{1,6})?") && Double.parseDouble(text) >= 0.01) {
      return OptionalDouble.of(Double.parseDouble(text));
    }
    error(at.line(), "cpus", "is \"" + Show.text(text) + "\"", "write a number such as 1.5");
    return OptionalDouble.empty();
  }

  private OptionalLong memory(String text, YamlNode at) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT).strip());
    if (size.matches()) {
      int shift = "bkmgt".indexOf(size.group(2).isEmpty() ? "b" : size.group(2)) * 10;
      double bytes = Double.parseDouble(size.group(1)) * (1L << shift);
      if (bytes >= 4 << 20 && bytes <= (double) (16L << 40)) {
        return OptionalLong.of((long) bytes);
      }
    }
    error(at.line(), "memory", "is \"" + Show.text(text) + "\"", "write a size such as 2G");
    return OptionalLong.empty();
  }

  private Optional<String> text(String field, YamlNode value) {
    if (!(value instanceof Scalar one)) {
      error(value.line(), field, "is " + value.kind(), "write text");
      return Optional.empty();
    }
    Optional<String> filled = variables.fill(one.text());
    if (filled.isEmpty()) {
      inVain(field + ": " + Show.text(one.text()), one.line());
    }
    return filled;
  }

  private boolean fits(Pattern pattern, String text, String field, YamlNode at) {
    boolean fits = pattern.matcher(text).matches();
    if (!fits) {
      error(at.line(), field, "is \"" + Show.text(text) + "\"", "write it as the Dockerfile would");
    }
    return fits;
  }

  private void inVain(String field, int line) {
    problems.add(
        Problem.unsupported(
            Show.path(file) + ":" + line,
            "asks for services." + name + "." + Show.text(field) + ", which sandboxes do not give",
            "put what the task needs into the Dockerfile"));
  }

  private void error(int line, String field, String what, String remedy) {
    problems.add(
        Problem.error(
            Show.path(file) + ":" + line + ": services." + name + "." + Show.text(field),
            what,
            remedy));
  }
}
