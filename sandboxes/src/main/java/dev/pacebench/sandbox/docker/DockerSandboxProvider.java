package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Info;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.ProviderStatus;
import dev.pacebench.sandbox.Refusal;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxConditions;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.sandbox.dispatch.Inside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Sandboxes as containers of a Docker engine, here or elsewhere. */
public final class DockerSandboxProvider implements SandboxProvider {

  private static final List<String> DEFAULT_CAPABILITIES =
      List.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private final ProviderSettings settings;
  private final Engine engine;
  private final boolean onThisHost;
  private final boolean plainExec;
  private final Path scratch;
  private final Containers containers;
  private final ImageStore images;
  private final Relays relays;
  private final OpenSandboxes open = new OpenSandboxes();

  /** Connects to the engine that the environment names. */
  public DockerSandboxProvider(ProviderSettings settings) {
    this(settings, DockerOptions.usual());
  }

  /**
   * Connects to an engine.
   *
   * @throws SandboxException of kind UNAVAILABLE when none answers
   */
  public DockerSandboxProvider(ProviderSettings settings, DockerOptions options) {
    this.settings = settings;
    this.engine = Engine.connect(options);
    this.onThisHost = !options.asRemote() && engine.isUnixSocket() && seesItsFiles();
    this.plainExec =
        options.plainExec() || !Inside.exists(Inside.architecture(engine.architecture()));
    this.scratch =
        settings
            .scratch()
            .toAbsolutePath()
            .resolve("docker-" + settings.owner().pid() + "-" + settings.owner().startTicks());
    this.containers = new Containers(engine);
    Registry registry = new Registry(engine);
    Buildx buildx = new Buildx(options.host());
    this.images =
        new ImageStore(
            engine,
            registry,
            buildx,
            new ImageBuilder(engine, registry, buildx, scratch),
            settings.images());
    this.relays =
        new Relays(
            engine,
            containers,
            images,
            settings.owner(),
            scratch,
            settings.images().resolve("relay"));
  }

  /**
   * Whether the engine's own data lies on this host's disk, as that of a local engine does.
   *
   * <p>A forwarded socket looks local; the engine's own host name then says otherwise.
   */
  private boolean seesItsFiles() {
    Info info = engine.call("ask the engine", () -> engine.calls().infoCmd().exec());
    String root = info.getDockerRootDir();
    return root != null
        && Files.isDirectory(Path.of(root))
        && settings.owner().host().equals(info.getName())
        && !String.valueOf(info.getOperatingSystem()).contains("Docker Desktop");
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public ProviderStatus status() {
    engine.run("reach the engine", () -> engine.calls().pingCmd().exec());
    List<String> notes = new ArrayList<>();
    if (!onThisHost) {
      notes.add("the engine does not see this host's files: trials with a model cannot run there");
    }
    if (plainExec) {
      notes.add("each command is an exec of its own, which costs tens of milliseconds");
    }
    return new ProviderStatus(
        name(), engine.toString(), onThisHost, true, capabilities(), notIsolated(), notes);
  }

  private static List<String> notIsolated() {
    return List.of("the host's kernel is shared with every sandbox");
  }

  private List<String> capabilities() {
    TreeSet<String> left = new TreeSet<>(DEFAULT_CAPABILITIES);
    settings.droppedCapabilities().forEach(left::remove);
    return List.copyOf(left);
  }

  @Override
  public Optional<Refusal> check(ImageSource source) {
    return images.check(source);
  }

  @Override
  public PreparedImage prepare(ImageSource source) {
    return images.prepare(source);
  }

  @Override
  public void prepareNext() {
    relays.prepareNext();
  }

  @Override
  public Sandbox open(SandboxSpec spec) {
    if (spec.relay().isPresent() && !onThisHost) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "the engine at " + engine.address() + " cannot see the gateway's socket on this host",
          "use an engine on this host, or contenders without a model");
    }
    if (!spec.mounts().isEmpty() && !onThisHost) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "the engine at " + engine.address() + " cannot mount folders of this host",
          "use an engine on this host, or agents that bring nothing along");
    }
    if (!spec.services().isEmpty() && !onThisHost) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "the engine at " + engine.address() + " cannot mount the files of services",
          "use an engine on this host, or tasks without services");
    }
    for (Mount mount : spec.mounts()) {
      if (!Files.isDirectory(mount.source())) {
        throw new SandboxException(
            Kind.BAD_REQUEST,
            "there is no folder " + mount.source() + " to mount",
            "make it first");
      }
    }
    return open.add(
        () -> {
          Duration life = spec.outerLimit();
          if (spec.relay().isPresent()) {
            return open(spec, relays.take(life, spec.relay().get()));
          }
          String relay = relays.take(life);
          try {
            return open(spec, relay);
          } catch (SandboxException e) {
            // One made ahead may be gone by now, as after a restart of the engine.
            if (String.valueOf(e.getMessage()).contains(relay)) {
              return open(spec, relays.fresh(life));
            }
            throw e;
          }
        });
  }

  /** Opens it in a relay's network; when that fails, nothing is left of either. */
  private DockerSandbox open(SandboxSpec spec, String relay) {
    String what = "the sandbox " + spec.name();
    HostFiles files = null;
    DockerServices services = null;
    String id = null;
    try {
      services = services(spec, relay);
      files = HostFiles.make(scratch, onThisHost, services.names());
      id = containers.create(what, container(spec, relay, files, services));
      if (!onThisHost) {
        bringInside(id, files);
      }
      containers.start(what, id);
      DockerSandbox sandbox = sandbox(spec, relay, files, services, id);
      if (spec.network() == NetworkMode.PUBLIC) {
        sandbox.network(NetworkMode.PUBLIC);
      }
      return sandbox;
    } catch (RuntimeException | Error e) {
      if (id != null) {
        containers.removeQuietly(id);
      }
      if (services != null) {
        services.close();
      }
      relays.removeLater(relay);
      if (files != null) {
        files.delete();
      }
      throw e;
    }
  }

  private DockerServices services(SandboxSpec spec, String relay) {
    return DockerServices.create(
        engine,
        containers,
        spec.services(),
        new DockerServices.Common(
            relay,
            spec.outerLimit(),
            scratch,
            spec.services().isEmpty() ? scratch : Inside.onHost(scratch, engine.architecture()),
            settings.droppedCapabilities(),
            Labels.of(settings.owner(), Labels.KIND_SERVICE, spec.runId(), spec.name())));
  }

  private Containers.Spec container(
      SandboxSpec spec, String relay, HostFiles files, DockerServices services) {
    List<String> binds = new ArrayList<>(files.binds());
    binds.addAll(services.binds());
    if (onThisHost) {
      binds.add(Inside.onHost(scratch, engine.architecture()) + ":" + DockerSandbox.INSIDE + ":ro");
    }
    return new Containers.Spec(
        spec.image().id(),
        List.of(DockerSandbox.INSIDE, "init", String.valueOf(spec.outerLimit().toSeconds())),
        Containers.ROOT,
        "container:" + relay,
        "",
        binds,
        spec.mounts(),
        spec.limits(),
        settings.droppedCapabilities(),
        spec.noNewPrivileges(),
        Labels.of(settings.owner(), Labels.KIND_SANDBOX, spec.runId(), spec.name()));
  }

  private void bringInside(String id, HostFiles files) {
    Path binary = Inside.onHost(scratch, engine.architecture());
    new ArchiveCopies(engine, id, files.folder()).put(binary, DockerSandbox.INSIDE, true);
  }

  private DockerSandbox sandbox(
      SandboxSpec spec, String relay, HostFiles files, DockerServices services, String id) {
    Map<String, String> env = new HashMap<>(spec.image().env());
    env.putAll(spec.env());
    return new DockerSandbox(
        new DockerSandbox.Parts(engine, containers, relays, onThisHost, plainExec, open::remove),
        new DockerSandbox.Own(
            id,
            relay,
            files,
            services,
            Map.copyOf(env),
            spec.workdir().or(spec.image()::workdir).orElse("/"),
            spec.user().or(spec.image()::user).orElse("root"),
            spec.mounts().isEmpty() && spec.services().volumes().isEmpty()
                ? Set.of()
                : LayerDiff.paths(engine, id, onThisHost),
            new SandboxConditions(
                name(),
                engine.toString(),
                spec.image().id(),
                spec.limits(),
                capabilities(),
                spec.noNewPrivileges(),
                plainExec ? "exec" : "dispatcher",
                notIsolated(),
                services.details())));
  }

  @Override
  public List<String> reap() {
    List<String> removed = new ArrayList<>();
    List<Container> all =
        engine.call(
            "list leftovers",
            () ->
                engine
                    .calls()
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(List.of(Labels.OWNER))
                    .exec());
    for (Container each : all) {
      Map<String, String> labels = each.getLabels() == null ? Map.of() : each.getLabels();
      if (Labels.owner(labels).filter(owner -> owner.isDead()).isPresent()) {
        containers.removeQuietly(each.getId());
        removed.add(
            labels.get(Labels.KIND)
                + " "
                + each.getId().substring(0, 12)
                + " of "
                + labels.get(Labels.OWNER));
      }
    }
    Reaped.volumes(engine, removed);
    Reaped.files(settings.scratch().toAbsolutePath(), settings.owner(), removed);
    return removed;
  }

  @Override
  public void close() {
    open.close();
    relays.close();
    HostFiles.deleteTree(scratch);
    engine.close();
  }
}
