package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Healthcheck;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.compose.ComposeService;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads {@code [environment]} and {@code [verifier.environment]}, which have the same shape. */
final class EnvironmentReader {

  private static final long BUILD_SECONDS = 600;
  private static final Pattern IMAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,254}(@sha256:[0-9a-f]{64})?");

  private final TaskTree tree;
  private final Schema schema;

  EnvironmentReader(TaskTree tree, Schema schema) {
    this.tree = tree;
    this.schema = schema;
  }

  /**
   * Reads an environment.
   *
   * @param folders where a Dockerfile may lie, the preferred one first
   * @return empty when nothing says what to start, which is then reported
   */
  Optional<Environment> read(TomlTable table, List<String> folders) {
    table.expectOnly(KnownKeys.ENVIRONMENT);
    refuseWhatCannotRun(table);
    String folder =
        folders.stream()
            .filter(name -> tree.hasFile(name + "/Dockerfile"))
            .findFirst()
            .orElse(folders.get(0));
    Optional<Path> compose =
        List.of("docker-compose.yaml", "docker-compose.yml").stream()
            .map(name -> folder + "/" + name)
            .filter(tree::hasFile)
            .findFirst()
            .map(tree.root()::resolve);
    ComposeOverlay overlay = ComposeOverlay.read(compose, table);
    ComposeService service = overlay.main();
    String file = service.build().map(ComposeService.Build::dockerfile).orElse("Dockerfile");
    boolean dockerfile = tree.hasFile(folder + "/" + file);
    Optional<String> image = image(table).or(() -> ComposeOverlay.image(service));
    NetworkRule network = NetworkRule.read(table, NetworkRule.ABSENT);
    if (service.noNetwork()) {
      network = new NetworkRule(Network.NONE, true, List.of());
    }
    Resources resources = limited(new ResourcesReader(schema).read(table), service);
    var buildTimeout = Limits.seconds(table, "build_timeout_sec", BUILD_SECONDS);
    var workdir = workdir(table).or(service::workdir);
    Map<String, String> env = new LinkedHashMap<>(service.env());
    env.putAll(Values.env(table));
    var healthcheck = table.table("healthcheck").flatMap(EnvironmentReader::healthcheck);
    if (!dockerfile && image.isEmpty()) {
      if (tree.hasFolder(folder) && !table.has("docker_image")) {
        table.error(
            "docker_image",
            "is absent, and " + folder + "/ has no " + file,
            "add " + folder + "/" + file + ", or name a docker_image");
      }
      return Optional.empty();
    }
    Optional<Path> path =
        dockerfile ? Optional.of(tree.root().resolve(folder).resolve(file)) : Optional.empty();
    return Optional.of(
        new Environment(
            tree.root().resolve(folder),
            path,
            image,
            buildTimeout,
            resources,
            network.network(),
            network.stated(),
            network.allowedHosts(),
            workdir,
            env,
            healthcheck,
            compose,
            List.of(),
            overlay.services(tree, image.isPresent() ? Optional.empty() : path)));
  }

  /** Limits of the compose file come after those of task.toml. */
  private static Resources limited(Resources resources, ComposeService service) {
    return new Resources(
        service.cpus().isPresent() ? service.cpus() : resources.cpus(),
        service.memoryBytes().isPresent() ? service.memoryBytes() : resources.memoryBytes(),
        resources.storageBytes(),
        resources.gpus());
  }

  static NetworkRule network(Environment environment) {
    return new NetworkRule(
        environment.network(), environment.networkStated(), environment.allowedHosts());
  }

  private static void refuseWhatCannotRun(TomlTable table) {
    table
        .choice("os", List.of("linux", "windows"))
        .filter(os -> os.equals("windows"))
        .ifPresent(os -> table.unsupported("os", "is windows", "only Linux tasks can be run"));
    OptionalLong gpus = table.whole("gpus", 0, 1024);
    if (gpus.isPresent() && gpus.getAsLong() > 0) {
      table.unsupported(
          "gpus", "is " + gpus.getAsLong(), "tasks with graphics processors cannot be run");
    }
    table.strings("gpu_types");
    if (table.table("tpu").isPresent()) {
      table.unsupported("tpu", "asks for a TPU", "tasks with TPUs cannot be run");
    }
    if (!table.tables("mcp_servers").isEmpty()) {
      table.unsupported(
          "mcp_servers", "asks for MCP servers", "agents cannot be given any yet; remove them");
    }
    if (table.text("skills_dir").isPresent()) {
      table.unsupported(
          "skills_dir", "asks for agent skills", "agents cannot be given any yet; remove it");
    }
  }

  private static Optional<String> image(TomlTable table) {
    Optional<String> image = table.text("docker_image");
    if (image.isPresent() && !IMAGE.matcher(image.get()).matches()) {
      table.error(
          "docker_image",
          "is \"" + Show.text(image.get()) + "\", which is no image name",
          "write it as name:tag or name@sha256:digest");
      return Optional.empty();
    }
    return image;
  }

  private static Optional<String> workdir(TomlTable table) {
    Optional<String> workdir = table.text("workdir");
    if (workdir.isEmpty()) {
      return workdir;
    }
    String path = workdir.get();
    if (!path.startsWith("/") || Values.climbs(path) || Values.hasControls(path)) {
      table.error(
          "workdir",
          "is \"" + Show.text(path) + "\"",
          "it must be an absolute path without \"..\", such as /app");
      return Optional.empty();
    }
    return workdir;
  }

  static Optional<Healthcheck> healthcheck(TomlTable table) {
    table.expectOnly(KnownKeys.HEALTHCHECK);
    Optional<String> command = table.text("command");
    if (!table.has("command")) {
      table.error("command", "is absent", "say which command tells that the sandbox is ready");
    }
    var interval = Limits.seconds(table, "interval_sec", 5);
    var timeout = Limits.seconds(table, "timeout_sec", 30);
    var startPeriod = Limits.pause(table, "start_period_sec", 0);
    var startInterval = Limits.seconds(table, "start_interval_sec", 5);
    int retries = (int) table.whole("retries", 1, 10_000).orElse(3);
    return command.map(
        it -> new Healthcheck(it, interval, timeout, startPeriod, startInterval, retries));
  }
}
