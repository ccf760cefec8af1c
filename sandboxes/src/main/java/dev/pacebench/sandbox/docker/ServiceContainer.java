package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.ServiceSpec;
import dev.pacebench.sandbox.ServiceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One service's container, in the network of its sandbox's relay.
 *
 * <p>Its PID 1 is our own, which ends it at the outer limit; what it prints is kept by the engine
 * up to a limit.
 */
final class ServiceContainer {

  private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "2m", "max-file", "2");

  private final Engine engine;
  private final ServiceSpec spec;
  private final ContainerConfig image;
  private final String id;

  /**
   * What surrounds it.
   *
   * @param relay whose network it joins
   * @param life after which it ends by itself
   * @param volumes the engine's names by those of the spec
   */
  record Place(
      String relay,
      Duration life,
      HostFiles files,
      String inside,
      Map<String, String> volumes,
      List<String> dropped,
      Map<String, String> labels) {}

  private ServiceContainer(Engine engine, ServiceSpec spec, ContainerConfig image, String id) {
    this.engine = engine;
    this.spec = spec;
    this.image = image;
    this.id = id;
  }

  /** Makes it without starting it. */
  static ServiceContainer create(Engine engine, ServiceSpec spec, Place place) {
    ContainerConfig image =
        engine.call(
            "look at the image of the service " + spec.name(),
            () -> engine.calls().inspectImageCmd(spec.image().id()).exec().getConfig());
    if (image == null) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "the image of the service " + spec.name() + " says nothing of itself",
          "build it anew");
    }
    HostConfig host = host(spec, place);
    String id =
        engine.call(
            "make the service " + spec.name(),
            () -> {
              CreateContainerCmd command =
                  engine
                      .calls()
                      .createContainerCmd(spec.image().id())
                      .withEntrypoint(
                          DockerSandbox.INSIDE,
                          "service",
                          String.valueOf(Math.max(1, place.life().toSeconds())))
                      .withCmd(program(spec, image))
                      .withEnv(
                          spec.program().env().entrySet().stream()
                              .map(each -> each.getKey() + "=" + each.getValue())
                              .toList())
                      .withLabels(place.labels())
                      .withHostConfig(host);
              spec.program().user().ifPresent(command::withUser);
              spec.program().workdir().ifPresent(command::withWorkingDir);
              spec.health().map(ServiceContainer::health).ifPresent(command::withHealthcheck);
              return command.exec().getId();
            });
    return new ServiceContainer(engine, spec, image, id);
  }

  private static HostConfig host(ServiceSpec spec, Place place) {
    List<String> binds = new ArrayList<>(place.files().binds());
    binds.add(place.inside() + ":" + DockerSandbox.INSIDE + ":ro");
    binds.addAll(volumes(spec.storage().volumes(), place.volumes()));
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode("container:" + place.relay())
            .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS))
            .withBinds(binds.stream().map(Bind::parse).toList())
            .withTmpFs(spec.storage().tmpfs())
            .withRestartPolicy(
                spec.restarts() == 0
                    ? RestartPolicy.noRestart()
                    : RestartPolicy.onFailureRestart(spec.restarts()))
            .withCapDrop(
                place.dropped().stream().map(Capability::valueOf).toArray(Capability[]::new));
    spec.storage().shmBytes().ifPresent(host::withShmSize);
    if (spec.noNewPrivileges()) {
      host.withSecurityOpts(List.of("no-new-privileges"));
    }
    spec.limits().cpus().ifPresent(cpus -> host.withNanoCPUs(Math.round(cpus * 1e9)));
    spec.limits().pids().ifPresent(pids -> host.withPidsLimit((long) pids));
    spec.limits().memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
    return host;
  }

  /** Volumes as the engine takes them, {@code NAME:TARGET[:ro]}. */
  static List<String> volumes(List<ServiceSpec.Volume> volumes, Map<String, String> names) {
    return volumes.stream()
        .map(
            volume ->
                names.get(volume.name()) + ":" + volume.target() + (volume.readOnly() ? ":ro" : ""))
        .toList();
  }

  /** What the engine would run, by its own rules, were it not for our PID 1. */
  private static List<String> program(ServiceSpec spec, ContainerConfig image) {
    ServiceSpec.Program said = spec.program();
    List<String> words =
        new ArrayList<>(said.entrypoint().orElseGet(() -> words(image.getEntrypoint())));
    boolean ownEntrypoint = said.entrypoint().filter(it -> !it.isEmpty()).isPresent();
    words.addAll(said.command().orElseGet(() -> ownEntrypoint ? List.of() : words(image.getCmd())));
    if (words.isEmpty()) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "the service "
              + spec.name()
              + " has no program: neither its image nor "
              + spec.where()
              + " names one",
          "write a command");
    }
    return words;
  }

  private static List<String> words(String @Nullable [] words) {
    return words == null ? List.of() : Arrays.asList(words);
  }

  private static HealthCheck health(ServiceSpec.Health health) {
    HealthCheck check = new HealthCheck().withTest(health.test());
    health.interval().ifPresent(it -> check.withInterval(it.toNanos()));
    health.timeout().ifPresent(it -> check.withTimeout(it.toNanos()));
    health.startPeriod().ifPresent(it -> check.withStartPeriod(it.toNanos()));
    health.startInterval().ifPresent(it -> check.withStartInterval(it.toNanos()));
    health.retries().ifPresent(check::withRetries);
    return check;
  }

  ServiceSpec spec() {
    return spec;
  }

  String id() {
    return id;
  }

  /** On which it surely listens: by what it says, or by its image when it runs what that runs. */
  Set<String> claimed() {
    boolean ownProgram =
        spec.program().command().isEmpty() && spec.program().entrypoint().isEmpty();
    return ownProgram ? ports() : spec.ports();
  }

  /** On which it may listen: by what it says, or by its image. */
  Set<String> ports() {
    if (!spec.ports().isEmpty()) {
      return spec.ports();
    }
    Set<String> ports = new TreeSet<>();
    for (ExposedPort each :
        Optional.ofNullable(image.getExposedPorts()).orElse(new ExposedPort[0])) {
      ports.add(each.getPort() + "/" + String.valueOf(each.getProtocol()));
    }
    return ports;
  }

  void start() {
    engine.run(
        "start the service " + spec.name() + " (" + spec.where() + ")",
        () -> engine.calls().startContainerCmd(id).exec());
  }

  /**
   * How it is now.
   *
   * @param startedAt of its current or last life
   * @param health {@code healthy}, {@code unhealthy}, {@code starting}; empty without a check
   * @param lastCheck what that check said last
   */
  record Now(ServiceState state, String startedAt, String health, String lastCheck) {}

  Now now() {
    InspectContainerResponse all =
        engine.call(
            "look at the service " + spec.name(),
            () -> engine.calls().inspectContainerCmd(id).exec());
    ContainerState state = all.getState();
    boolean restarting = Boolean.TRUE.equals(state.getRestarting());
    Integer restarts = all.getRestartCount();
    Long exit = state.getExitCodeLong();
    var health = state.getHealth();
    String status = health == null || health.getStatus() == null ? "" : health.getStatus();
    String said =
        health == null || health.getLog() == null || health.getLog().isEmpty()
            ? ""
            : String.valueOf(health.getLog().get(health.getLog().size() - 1).getOutput());
    return new Now(
        new ServiceState(
            spec.name(),
            Boolean.TRUE.equals(state.getRunning()) || restarting,
            exit == null ? 0 : exit.intValue(),
            Boolean.TRUE.equals(state.getOOMKilled()),
            restarts == null ? 0 : restarts),
        restarting ? "" : String.valueOf(state.getStartedAt()),
        status.equals("none") ? "" : status,
        said);
  }
}
