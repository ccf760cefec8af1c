package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.ServiceSpec;
import dev.pacebench.sandbox.ServiceSpecs;
import dev.pacebench.sandbox.ServiceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of one sandbox, with their volumes and files; all end with it. */
final class DockerServices {

  private static final Logger LOG = LoggerFactory.getLogger(DockerServices.class);

  private final Engine engine;
  private final Containers containers;
  private final ServiceSpecs specs;
  private final Map<String, String> volumes = new HashMap<>();
  private final List<HostFiles> files = new ArrayList<>();
  private final Map<String, ServiceContainer> services = new LinkedHashMap<>();

  private DockerServices(Engine engine, Containers containers, ServiceSpecs specs) {
    this.engine = engine;
    this.containers = containers;
    this.specs = specs;
  }

  /**
   * What services of one sandbox share.
   *
   * @param life after which they end by themselves
   */
  record Common(
      String relay,
      Duration life,
      Path scratch,
      Path inside,
      List<String> dropped,
      Map<String, String> labels) {}

  /** Makes their volumes and containers and starts none; leaves nothing when that fails. */
  static DockerServices create(
      Engine engine, Containers containers, ServiceSpecs specs, Common common) {
    DockerServices made = new DockerServices(engine, containers, specs);
    try {
      made.createVolumes(common.labels());
      for (ServiceSpec spec : specs.all()) {
        made.create(spec, common);
      }
      made.refuseCollisions();
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private void createVolumes(Map<String, String> labels) {
    String prefix = "pacebench-" + UUID.randomUUID() + "-";
    Stream.concat(
            specs.volumes().stream(),
            specs.all().stream().flatMap(each -> each.storage().volumes().stream()))
        .map(ServiceSpec.Volume::name)
        .distinct()
        .forEach(
            name -> {
              String own = prefix + volumes.size();
              engine.run(
                  "make a volume",
                  () -> engine.calls().createVolumeCmd().withName(own).withLabels(labels).exec());
              volumes.put(name, own);
            });
  }

  private void create(ServiceSpec spec, Common common) {
    HostFiles own = HostFiles.make(common.scratch(), true, names());
    files.add(own);
    Map<String, String> labels = new HashMap<>(common.labels());
    labels.put(Labels.SERVICE, spec.name());
    labels.put(Labels.LIMITS, shown(spec.limits()));
    services.put(
        spec.name(),
        ServiceContainer.create(
            engine,
            spec,
            new ServiceContainer.Place(
                common.relay(),
                common.life(),
                own,
                common.inside().toString(),
                volumes,
                common.dropped(),
                labels)));
  }

  /** What an image exposes is known only now that it is here. */
  private void refuseCollisions() {
    Map<String, String> owners = new TreeMap<>();
    specs.ports().forEach(port -> owners.put(port, "the task itself"));
    for (ServiceContainer service : services.values()) {
      for (String port : service.claimed()) {
        String other = owners.putIfAbsent(port, service.spec().name());
        if (other != null) {
          throw new SandboxException(
              Kind.BAD_REQUEST,
              service.spec().where()
                  + ": "
                  + service.spec().name()
                  + " and "
                  + other
                  + " both listen on port "
                  + port
                  + ", and share one network",
              "give one of them another port, and say so under `expose`");
        }
      }
    }
  }

  /** All names by which the sandbox and its services are reached. */
  List<String> names() {
    return Stream.concat(
            specs.hostnames().stream(),
            specs.all().stream().flatMap(each -> each.hostnames().stream()))
        .distinct()
        .toList();
  }

  /** The sandbox's own volumes, as the engine takes them. */
  List<String> binds() {
    return ServiceContainer.volumes(specs.volumes(), volumes);
  }

  /** What was in force, for the record. */
  Map<String, String> details() {
    Map<String, String> details = new TreeMap<>();
    for (ServiceSpec spec : specs.all()) {
      details.put("service." + spec.name(), spec.image().id() + " " + shown(spec.limits()));
    }
    return details;
  }

  private static String shown(Limits limits) {
    return "cpus="
        + (limits.cpus().isPresent() ? limits.cpus().getAsDouble() : "unlimited")
        + " memory_bytes="
        + (limits.memoryBytes().isPresent() ? limits.memoryBytes().getAsLong() : "unlimited");
  }

  void start(Duration limit, String relay) throws InterruptedException {
    if (!services.isEmpty()) {
      Long pid =
          engine.call(
              "look at a relay",
              () -> engine.calls().inspectContainerCmd(relay).exec().getState().getPidLong());
      new ServiceStart(engine, services, specs.ports(), pid == null ? 0 : pid, limit).run();
    }
  }

  List<ServiceState> states() {
    return services.values().stream().map(each -> each.now().state()).toList();
  }

  void network(NetworkMode mode) {
    files.forEach(each -> each.network(mode));
  }

  void output(Path folder, int most) {
    services.forEach(
        (name, service) -> {
          try {
            byte[] log = LogTail.of(engine, service.id(), most);
            Files.write(Files.createDirectories(folder).resolve(name + ".log"), log);
          } catch (SandboxException | IOException e) {
            LOG.debug("What {} printed cannot be kept", name, e);
          }
        });
  }

  void close() {
    services.values().forEach(each -> containers.removeQuietly(each.id()));
    removeVolumes();
    files.forEach(HostFiles::delete);
  }

  /** To be called when no container has them any more. */
  private void removeVolumes() {
    for (String name : Set.copyOf(volumes.values())) {
      removeVolume(engine, name);
    }
  }

  /** Removes a volume; one that is gone is fine, and one that is in use stays for the reaper. */
  static boolean removeVolume(Engine engine, String name) {
    try {
      return engine.call(
          "remove a volume",
          () -> {
            try {
              engine.calls().removeVolumeCmd(name).exec();
              return true;
            } catch (NotFoundException e) {
              return true;
            } catch (ConflictException e) {
              LOG.warn("Volume {} stays for now: {}", name, Failures.engineMessage(e));
              return false;
            }
          });
    } catch (SandboxException e) {
      LOG.warn("Volume {} stays for now: {}", name, e.getMessage());
      return false;
    }
  }
}
