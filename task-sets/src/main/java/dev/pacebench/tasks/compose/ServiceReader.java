package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one service of a compose file: that which a task is worked in, or another beside it.
 *
 * <p>The former's first process is our own, so that of its command, entrypoint and health nothing
 * can be kept.
 */
final class ServiceReader {

  /** What concerns the host that compose runs on, and nothing inside. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "annotations",
          "attach",
          "container_name",
          "expose",
          "hostname",
          "init",
          "labels",
          "logging",
          "platform",
          "ports",
          "profiles",
          "pull_policy",
          "stdin_open",
          "stop_grace_period",
          "stop_signal",
          "tty");

  private static final Set<String> BUILD_PASSED_OVER =
      Set.of("cache_from", "cache_to", "labels", "no_cache", "pull", "tags");

  /** What would let a service out of its container; the engine would do it, so it is told apart. */
  private static final Set<String> POWERS =
      Set.of(
          "cap_add",
          "cgroup",
          "cgroup_parent",
          "device_cgroup_rules",
          "devices",
          "gpus",
          "ipc",
          "pid",
          "privileged",
          "runtime",
          "security_opt",
          "userns_mode",
          "uts");

  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern USER =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?");
  static final Pattern FOLDER = Pattern.compile("(/(?!\\.\\.?(/|$))[^/:,\\x00-\\x1f]+)+/?|/");
  private static final Pattern RESTART =
      Pattern.compile("(always|unless-stopped|on-failure)(:\\d{1,6})?");
  private static final Pattern SHELL = Pattern.compile("(/bin/|/usr/bin/)?(ba|da)?sh( -l?c)?");
  private static final Pattern KEEPS_ALIVE =
      Pattern.compile(
          "(exec )?sleep (infinity|\\d+[smhd]?)|(exec )?tail -[fF] /dev/null"
              + "|while (true|:); do sleep \\d+; done|(/bin/|/usr/bin/)?(ba)?sh");

  /** A service that always fails must not be started for ever. */
  private static final int RESTARTS = 10;

  private final Report report;
  private final boolean main;

  private final Map<String, String> env = new LinkedHashMap<>();
  private Optional<ComposeService.Build> build = Optional.empty();
  private Optional<String> image = Optional.empty();
  private Optional<String> workdir = Optional.empty();
  private Optional<String> user = Optional.empty();
  private OptionalDouble cpus = OptionalDouble.empty();
  private OptionalLong memory = OptionalLong.empty();
  private boolean noNetwork;
  private Optional<List<String>> entrypoint = Optional.empty();
  private Optional<List<String>> command = Optional.empty();
  private Optional<Service.Health> health = Optional.empty();
  private int restarts;
  private final StorageReader storage;
  private final PlaceReader place;

  /**
   * @param name the service's
   * @param main whether it is the one that the task is worked in
   */
  ServiceReader(Report report, String name, boolean main) {
    this.report = report;
    this.main = main;
    this.storage = new StorageReader(report, name, main);
    this.place = new PlaceReader(report, name);
  }

  ComposeService read(Mapping service) {
    for (Map.Entry<String, YamlNode> entry : service.values().entrySet()) {
      String key = entry.getKey();
      if (service.get(key).isPresent() && !key.startsWith("x-")) {
        value(key, entry.getValue());
      }
    }
    return new ComposeService(
        service.line(),
        build,
        image,
        env,
        workdir,
        user,
        cpus,
        memory,
        noNetwork,
        new ComposeService.Rest(
            place.hostnames(),
            entrypoint,
            command,
            storage.storage(),
            place.ports(service),
            health,
            place.after(),
            place.links(),
            place.networks(),
            restarts));
  }

  private void value(String key, YamlNode value) {
    if (place.takes(key, value) || storage.takes(key, value)) {
      return;
    }
    switch (key) {
      case "build" -> build(value);
      case "image" -> image = report.text(key, value);
      case "environment" -> environment(value);
      case "working_dir" ->
          workdir = report.text(key, value).filter(it -> report.fits(FOLDER, it, key, value));
      case "user" -> user = report.text(key, value).filter(it -> report.fits(USER, it, key, value));
      case "command" -> command = program(key, value);
      case "entrypoint" -> entrypoint = program(key, value);
      case "healthcheck" -> health(value);
      case "restart" -> restart(value);
      case "network_mode" -> network(value);
      case "cpus" -> cpus = report.text(key, value).map(it -> cpus(it, value)).orElse(cpus);
      case "mem_limit" ->
          memory = report.text(key, value).map(it -> memory(it, value)).orElse(memory);
      case "deploy" -> deploy(value);
      default -> other(key, value);
    }
  }

  private void other(String key, YamlNode value) {
    boolean off = value instanceof Scalar one && one.text().equals("false");
    if (POWERS.contains(key) && !off) {
      report.unsupported(
          key,
          value.line(),
          ", which would let it out of its container",
          "write the task so that it works without; an image may bring users and programs");
    } else if (!PASSED_OVER.contains(key) && !off) {
      report.inVain(key, value.line());
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
          case "context" -> context = report.text("build.context", part.getValue()).orElse(context);
          case "dockerfile" ->
              dockerfile = report.text("build.dockerfile", part.getValue()).orElse(dockerfile);
          default -> report.inVain("build." + key, part.getValue().line());
        }
      }
    } else {
      context = report.text("build", value).orElse(context);
    }
    if (context.contains("://") || climbs(context) || climbs(dockerfile)) {
      report.error(
          value.line(), "build", "leads out of the task's folder", "build what lies in it");
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
                  report.error(
                      each.line(), "environment." + key, "is " + each.kind(), "write text");
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
          report.error(
              each.line(), "environment", "has " + each.kind() + " in it", "write NAME=value");
        }
      }
    } else {
      report.error(value.line(), "environment", "is " + value.kind(), "write a mapping or a list");
    }
  }

  private void variable(String variable, Optional<String> value, int line) {
    String field = "environment." + variable;
    if (!ENV_NAME.matcher(variable).matches()) {
      report.error(line, field, "is no name for a variable", "use letters, digits and _");
    } else if (value.isEmpty()) {
      report.inVain(field + " from the host", line);
    } else {
      Optional<String> template = report.template(value.get());
      template.ifPresentOrElse(it -> env.put(variable, it), () -> report.inVain(field, line));
    }
  }

  private Optional<List<String>> program(String key, YamlNode value) {
    if (main) {
      keepsAlive(key, value);
      return Optional.empty();
    }
    if (value instanceof Sequence list) {
      List<String> words = report.texts(key, list);
      return words.size() == list.items().size() ? Optional.of(words) : Optional.empty();
    }
    Optional<String> line = report.text(key, value);
    Optional<List<String>> words = line.flatMap(ShellWords::split);
    if (line.isPresent() && words.isEmpty()) {
      report.error(value.line(), key, "has a quote that does not end", "close it, or write a list");
    }
    return words;
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
      report.inVain(key, value.line());
    }
  }

  private void health(YamlNode value) {
    if (main) {
      report.inVain("healthcheck", value.line());
    } else {
      report
          .mapping("healthcheck", value)
          .ifPresent(it -> health = new HealthReader(report).read(it));
    }
  }

  private void restart(YamlNode value) {
    String policy = report.text("restart", value).orElse("no");
    if (RESTART.matcher(policy).matches()) {
      restarts = RESTARTS;
    } else if (!policy.equals("no") && !policy.equals("false")) {
      report.error(
          value.line(), "restart", "is \"" + Show.text(policy) + "\"", "write no or on-failure");
    }
  }

  private void network(YamlNode value) {
    String mode = report.text("network_mode", value).orElse("");
    if (mode.equals("none") && main) {
      noNetwork = true;
    } else if (mode.startsWith("service:")) {
      // What all services here have anyway.
      place.joinsAnother();
    } else if (mode.equals("host") || mode.startsWith("container:")) {
      report.unsupported(
          "network_mode: " + mode,
          value.line(),
          ", which is not the task's own network",
          "leave it out: services reach each other by name");
    } else if (!mode.isEmpty() && !mode.equals("bridge") && !mode.equals("default")) {
      report.inVain("network_mode: " + mode, value.line());
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
        case "cpus" -> cpus = report.text(field, at).map(it -> cpus(it, at)).orElse(cpus);
        case "memory" -> memory = report.text(field, at).map(it -> memory(it, at)).orElse(memory);
        default -> report.inVain(field, at.line());
      }
    }
  }

  private Optional<Mapping> inner(YamlNode value, String key, String path, String... others) {
    if (!(value instanceof Mapping mapping)) {
      report.error(
          value.line(), path.replaceAll("\\.$", ""), "is " + value.kind(), "write a mapping");
      return Optional.empty();
    }
    mapping
        .values()
        .forEach(
            (name, each) -> {
              if (!name.equals(key) && !List.of(others).contains(name)) {
                report.inVain(path + name, each.line());
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
    report.error(at.line(), "cpus", "is \"" + Show.text(text) + "\"", "write a number such as 1.5");
    return OptionalDouble.empty();
  }

  private OptionalLong memory(String text, YamlNode at) {
    OptionalLong bytes = Sizes.bytes(text);
    if (bytes.isEmpty() || bytes.getAsLong() < 4 << 20) {
      report.error(
          at.line(), "memory", "is \"" + Show.text(text) + "\"", "write a size such as 2G");
      return OptionalLong.empty();
    }
    return bytes;
  }
}
