package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private static final Pattern USER =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?");
  static final Pattern FOLDER = Pattern.compile("(/(?!\\.\\.?(/|$))[^/:,\\x00-\\x1f]+)+/?|/");
  private static final Pattern RESTART =
      Pattern.compile("(always|unless-stopped|on-failure)(:\\d{1,6})?");

  /** A service that always fails must not be started for ever. */
  private static final int RESTARTS = 10;

  private final Report report;
  private final boolean main;

  private Map<String, String> env = Map.of();
  private Optional<ComposeService.Build> build = Optional.empty();
  private Optional<String> image = Optional.empty();
  private Optional<String> workdir = Optional.empty();
  private Optional<String> user = Optional.empty();
  private boolean noNetwork;
  private Optional<List<String>> entrypoint = Optional.empty();
  private Optional<List<String>> command = Optional.empty();
  private Optional<Service.Health> health = Optional.empty();
  private int restarts;
  private final LimitReader limits;
  private final StorageReader storage;
  private final PlaceReader place;

  /**
   * @param name the service's
   * @param main whether it is the one that the task is worked in
   */
  ServiceReader(Report report, String name, boolean main) {
    this.report = report;
    this.main = main;
    this.limits = new LimitReader(report);
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
        limits.cpus(),
        limits.memory(),
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
    if (place.takes(key, value) || storage.takes(key, value) || limits.takes(key, value)) {
      return;
    }
    switch (key) {
      case "build" -> build(value);
      case "image" -> image = report.text(key, value);
      case "environment" -> env = new VariableReader(report).read(value);
      case "working_dir" ->
          workdir = report.text(key, value).filter(it -> report.fits(FOLDER, it, key, value));
      case "user" -> user = report.text(key, value).filter(it -> report.fits(USER, it, key, value));
      case "command" -> command = new ProgramReader(report, main).read(key, value);
      case "entrypoint" -> entrypoint = new ProgramReader(report, main).read(key, value);
      case "healthcheck" -> health(value);
      case "restart" -> restart(value);
      case "network_mode" -> network(value);
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
}
