package dev.pacebench.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to open one sandbox.
 *
 * @param name for people, part of container names; letters, digits, dot, dash, underscore
 * @param runId the run it belongs to, a label
 * @param image what to open
 * @param limits its ceilings
 * @param network what it may reach at first
 * @param relay the hole to the gateway, absent when no model is involved
 * @param env environment on top of the image's
 * @param workdir in place of the image's
 * @param user default user of commands, in place of the image's
 * @param noNewPrivileges whether setuid programs lose their power
 * @param outerLimit after which the sandbox ends by itself whatever happens to this process
 * @param mounts folders of this host to read from
 * @param services what runs beside it
 */
public record SandboxSpec(
    String name,
    String runId,
    PreparedImage image,
    Limits limits,
    NetworkMode network,
    Optional<RelaySpec> relay,
    Map<String, String> env,
    Optional<String> workdir,
    Optional<String> user,
    boolean noNewPrivileges,
    Duration outerLimit,
    List<Mount> mounts,
    ServiceSpecs services) {

  public SandboxSpec {
    requireNonNull(name, "name is null");
    requireNonNull(image, "image is null");
    env = Map.copyOf(env);
    mounts = List.copyOf(mounts);
    requireNonNull(services, "services is null");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "sandbox name has characters outside [A-Za-z0-9_.-]: " + name);
    }
  }

  /** Without services. */
  public SandboxSpec(
      String name,
      String runId,
      PreparedImage image,
      Limits limits,
      NetworkMode network,
      Optional<RelaySpec> relay,
      Map<String, String> env,
      Optional<String> workdir,
      Optional<String> user,
      boolean noNewPrivileges,
      Duration outerLimit,
      List<Mount> mounts) {
    this(
        name,
        runId,
        image,
        limits,
        network,
        relay,
        env,
        workdir,
        user,
        noNewPrivileges,
        outerLimit,
        mounts,
        ServiceSpecs.NONE);
  }

  /** Without folders of this host. */
  public SandboxSpec(
      String name,
      String runId,
      PreparedImage image,
      Limits limits,
      NetworkMode network,
      Optional<RelaySpec> relay,
      Map<String, String> env,
      Optional<String> workdir,
      Optional<String> user,
      boolean noNewPrivileges,
      Duration outerLimit) {
    this(
        name,
        runId,
        image,
        limits,
        network,
        relay,
        env,
        workdir,
        user,
        noNewPrivileges,
        outerLimit,
        List.of());
  }
}
