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

  /**
   * Begins one without anything that need not be there: no ceilings, no network, no relay, no
   * further environment, no mounts, no services; setuid programs have lost their power.
   *
   * @param outerLimit after which the sandbox ends by itself
   */
  public static Builder builder(
      String name, String runId, PreparedImage image, Duration outerLimit) {
    return new Builder(name, runId, image, outerLimit);
  }

  /** Begins another one like this. */
  public Builder toBuilder() {
    return builder(name, runId, image, outerLimit)
        .limits(limits)
        .network(network)
        .relay(relay)
        .env(env)
        .workdir(workdir)
        .user(user)
        .noNewPrivileges(noNewPrivileges)
        .mounts(mounts)
        .services(services);
  }

  /** What a sandbox has beyond its image. */
  public static final class Builder {

    private final String name;
    private final String runId;
    private final PreparedImage image;
    private final Duration outerLimit;
    private Limits limits = Limits.none();
    private NetworkMode network = NetworkMode.RELAY_ONLY;
    private Optional<RelaySpec> relay = Optional.empty();
    private Map<String, String> env = Map.of();
    private Optional<String> workdir = Optional.empty();
    private Optional<String> user = Optional.empty();
    private boolean noNewPrivileges = true;
    private List<Mount> mounts = List.of();
    private ServiceSpecs services = ServiceSpecs.NONE;

    private Builder(String name, String runId, PreparedImage image, Duration outerLimit) {
      this.name = name;
      this.runId = runId;
      this.image = image;
      this.outerLimit = outerLimit;
    }

    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    public Builder network(NetworkMode network) {
      this.network = network;
      return this;
    }

    public Builder relay(Optional<RelaySpec> relay) {
      this.relay = relay;
      return this;
    }

    public Builder env(Map<String, String> env) {
      this.env = env;
      return this;
    }

    public Builder workdir(Optional<String> workdir) {
      this.workdir = workdir;
      return this;
    }

    public Builder user(Optional<String> user) {
      this.user = user;
      return this;
    }

    public Builder noNewPrivileges(boolean noNewPrivileges) {
      this.noNewPrivileges = noNewPrivileges;
      return this;
    }

    public Builder mounts(List<Mount> mounts) {
      this.mounts = mounts;
      return this;
    }

    public Builder services(ServiceSpecs services) {
      this.services = services;
      return this;
    }

    public SandboxSpec build() {
      return new SandboxSpec(
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
          services);
    }
  }
}
