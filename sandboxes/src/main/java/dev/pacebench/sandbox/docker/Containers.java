package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, starts and removes containers, with the fewest calls that do. */
final class Containers {

  private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

  static final String ROOT = "0:0";

  private static final int REMOVALS = 4;
  private static final long REMOVAL_PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final Engine engine;

  Containers(Engine engine) {
    this.engine = engine;
  }

  /**
   * How a container is made.
   *
   * @param user of its first process, {@code UID:GID}
   * @param network {@code bridge} or {@code container:ID}
   * @param hostname empty where the network mode brings its own
   * @param binds {@code HOST:INSIDE[:ro]}
   * @param mounts folders of the host to read from
   */
  record Spec(
      String image,
      List<String> command,
      String user,
      String network,
      String hostname,
      List<String> binds,
      List<dev.pacebench.sandbox.Mount> mounts,
      Limits limits,
      List<String> dropped,
      boolean noNewPrivileges,
      Map<String, String> labels) {}

  /** Makes a container without starting it, and returns its id. */
  String create(String what, Spec spec) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(spec.network())
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
            .withBinds(spec.binds().stream().map(Bind::parse).toList())
            .withCapDrop(
                spec.dropped().stream().map(Capability::valueOf).toArray(Capability[]::new));
    if (!spec.mounts().isEmpty()) {
      host.withMounts(spec.mounts().stream().map(Containers::readOnly).toList());
    }
    if (spec.noNewPrivileges()) {
      host.withSecurityOpts(List.of("no-new-privileges"));
    }
    spec.limits().cpus().ifPresent(cpus -> host.withNanoCPUs(Math.round(cpus * 1e9)));
    spec.limits().pids().ifPresent(pids -> host.withPidsLimit((long) pids));
    spec.limits().memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
    return engine.call(
        "make " + what,
        () -> {
          CreateContainerCmd command =
              engine
                  .calls()
                  .createContainerCmd(spec.image())
                  .withEntrypoint(spec.command().subList(0, 1))
                  .withCmd(new ArrayList<>(spec.command().subList(1, spec.command().size())))
                  .withUser(spec.user())
                  .withWorkingDir("/")
                  // An image's own would run commands beside those of the trial.
                  .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                  .withLabels(spec.labels())
                  .withHostConfig(host);
          if (!spec.hostname().isEmpty()) {
            command.withHostName(spec.hostname());
          }
          return command.exec().getId();
        });
  }

  /** Not as a bind, which would make a folder on the host where there is none. */
  private static Mount readOnly(dev.pacebench.sandbox.Mount mount) {
    return new Mount()
        .withType(MountType.BIND)
        .withSource(mount.source().toString())
        .withTarget(mount.target())
        .withReadOnly(true);
  }

  void start(String what, String id) {
    engine.run("start " + what, () -> engine.calls().startContainerCmd(id).exec());
  }

  /** Removes a container and its anonymous volumes; one that is gone is fine. */
  void remove(String id) {
    for (int attempt = 1; ; attempt++) {
      try {
        removeOnce(id);
        return;
      } catch (SandboxException e) {
        // The kernel may not have let go of a mount yet.
        if (e.kind() != Kind.FAILED || attempt == REMOVALS) {
          throw e;
        }
        LOG.debug("{} stays for now", id, e);
        LockSupport.parkNanos(REMOVAL_PAUSE_NANOS);
      }
    }
  }

  private void removeOnce(String id) {
    engine.run(
        "remove container " + id,
        () -> {
          try {
            engine.calls().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
          } catch (NotFoundException | ConflictException e) {
            LOG.debug("{} is gone or being removed", id);
          }
        });
  }

  /** As {@link #remove}, with failures only logged: the reaper will find it. */
  void removeQuietly(String id) {
    try {
      remove(id);
    } catch (RuntimeException e) {
      LOG.warn("Container {} stays for now: {}", id, e.getMessage());
    }
  }

  void kill(String id) {
    engine.run(
        "kill container " + id,
        () -> {
          try {
            engine.calls().killContainerCmd(id).exec();
            engine.calls().waitContainerCmd(id).start().awaitStatusCode();
          } catch (NotModifiedException | ConflictException e) {
            LOG.debug("{} does not run", id);
          } catch (NotFoundException e) {
            throw new SandboxException(
                Kind.FAILED, "container " + id + " is gone", "see what else removes containers", e);
          }
        });
  }
}
