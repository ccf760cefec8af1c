package dev.pacebench.sandbox.local;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Limits;
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
import dev.pacebench.sandbox.dispatch.Environment;
import dev.pacebench.sandbox.dispatch.Inside;
import dev.pacebench.sandbox.dispatch.OutputCollector;
import dev.pacebench.sandbox.local.PortableDockerfile.NotPortable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Opens sandboxes without an engine, for portable tasks only.
 *
 * <p>The host's {@code /usr} stands in for the image; every sandbox has a root folder, processes,
 * network and user of its own, no capabilities, and nothing of the host's homes.
 */
public final class LocalSandboxProvider implements SandboxProvider {

  /** On top of a task's memory where programs are mounted into its sandbox. */
  private static final long RESERVED_BY_PROGRAMS = 4L << 30;

  private static final List<String> NOT_ISOLATED =
      List.of(
          "the host's kernel and its programs in /usr are seen and used",
          "memory and processor time of a sandbox are not limited as a whole,"
              + " only memory per process",
          "the number of processes is not limited when Pacebench runs as root",
          "disk space is shared with the host",
          "all sandboxes run as the user who runs Pacebench, without capabilities",
          "system calls are not filtered");
  private static final Map<String, String> BASE_ENV = Map.of("HOME", "/home/agent");

  private final ProviderSettings settings;
  private final Path scratch;
  private final NamedStarters starters;
  private final Spawner spawner = new Spawner();
  private final Set<LocalSandbox> open = ConcurrentHashMap.newKeySet();
  private final HostTools tools;

  /** Uses bubblewrap when it is installed. */
  public LocalSandboxProvider(ProviderSettings settings) {
    this(settings, true);
  }

  /** Can do without bubblewrap where there is one. */
  public LocalSandboxProvider(ProviderSettings settings, boolean useBubblewrap) {
    this.settings = settings;
    tools = new HostTools(useBubblewrap);
    scratch = settings.scratch().toAbsolutePath().resolve("local");
    starters = new NamedStarters(scratch.resolve("starters"));
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public ProviderStatus status() {
    String engine = tools.version();
    checkOpens();
    return new ProviderStatus(
        name(), engine, true, false, List.of(), NOT_ISOLATED, List.of("takes portable tasks only"));
  }

  /** Opens the smallest sandbox there is, as only trying tells whether the kernel allows it. */
  private void checkOpens() {
    try {
      LocalHome home = LocalHome.make(scratch.resolve("sandboxes"), "status", settings.owner());
      try {
        PortableDockerfile nothing =
            new PortableDockerfile(PortableDockerfile.BASE, Optional.empty(), Map.of(), List.of());
        List<Path> binds = Root.layDown(home.root(), nothing);
        Path inside = Inside.onHost(scratch.resolve("bin"));
        Cage cage =
            new Cage(
                tools.bubblewrap(),
                inside,
                home.root(),
                binds,
                List.of(),
                Limits.none(),
                Optional.empty(),
                Duration.ofMinutes(1));
        Spawner.Spawned spawned = spawner.spawn(cage.command(), Map.of());
        Cell.open(home.name(), spawned, new OutputCollector(0)).kill();
      } finally {
        home.remove();
      }
    } catch (IOException e) {
      throw noFolder(e);
    }
  }

  @Override
  public Optional<Refusal> check(ImageSource asked) {
    ImageSource source = starters.standIn(asked);
    if (source instanceof ImageSource.Named named) {
      return Optional.of(
          new Refusal(
              named.reference(),
              "an image needs an engine",
              "use --sandbox docker",
              Kind.BAD_REQUEST));
    }
    ImageSource.Dockerfile dockerfile = (ImageSource.Dockerfile) source;
    PortableDockerfile image;
    try {
      image = DockerfileReader.read(dockerfile);
    } catch (NotPortable e) {
      return Optional.of(refusal(dockerfile, e));
    } catch (IOException e) {
      return Optional.of(
          new Refusal(
              dockerfile.dockerfile().toString(),
              "it cannot be read: " + e,
              "make it readable UTF-8 text",
              Kind.BAD_REQUEST));
    }
    List<String> missing =
        Stream.concat(
                PortableDockerfile.BASES.getOrDefault(image.base(), List.of()).stream(),
                dockerfile.tools().stream())
            .distinct()
            .filter(t -> !tools.has(t))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                dockerfile.dockerfile().toString(),
                "this machine lacks " + String.join(", ", missing),
                "install it, or use --sandbox docker",
                Kind.UNAVAILABLE));
  }

  @Override
  public PreparedImage prepare(ImageSource asked) {
    ImageSource source = starters.standIn(asked);
    check(source).ifPresent(LocalSandboxProvider::refuse);
    ImageSource.Dockerfile dockerfile = (ImageSource.Dockerfile) source;
    PortableDockerfile image = read(dockerfile);
    return new PreparedImage(
        "local:sha256:" + ContextDigest.of(dockerfile),
        dockerfile.dockerfile().toString(),
        image.workdir(),
        image.env(),
        Optional.empty(),
        source,
        false);
  }

  @Override
  public Sandbox open(SandboxSpec spec) {
    LocalSandbox.checkNetwork(spec.network());
    LocalSandbox.checkUser(spec.user());
    if (!spec.services().isEmpty()) {
      throw new SandboxException(
          Kind.BAD_REQUEST, "services need containers", "use --sandbox docker");
    }
    if (!(spec.image().source() instanceof ImageSource.Dockerfile dockerfile)) {
      throw new SandboxException(
          Kind.BAD_REQUEST, "an image needs an engine", "use --sandbox docker");
    }
    Optional<Path> bubblewrap = tools.bubblewrap();
    if (bubblewrap.isEmpty() && !spec.mounts().isEmpty()) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "without bubblewrap the local sandbox cannot show folders of this host",
          "install bubblewrap, or use --sandbox docker");
    }
    Path inside = Inside.onHost(scratch.resolve("bin"));
    PortableDockerfile image = read(dockerfile);
    Map<String, String> env = Environment.merge(BASE_ENV, spec.image().env(), spec.env());
    String workdir = spec.workdir().or(spec.image()::workdir).orElse("/");
    long end = System.nanoTime() + spec.outerLimit().toNanos();
    try {
      LocalHome home = LocalHome.make(scratch.resolve("sandboxes"), spec.name(), settings.owner());
      try {
        List<Path> binds = Root.layDown(home.root(), image);
        MountPoints points = MountPoints.make(home, spec.mounts());
        LocalSandbox sandbox =
            new LocalSandbox(
                home,
                env,
                workdir,
                points.targets(),
                conditions(spec),
                late -> {
                  Duration life = Duration.ofNanos(end - System.nanoTime());
                  Cage cage =
                      new Cage(
                          bubblewrap,
                          inside,
                          home.root(),
                          binds,
                          points.intact(),
                          inForce(spec),
                          spec.relay(),
                          life);
                  return Cell.open(home.name(), spawner.spawn(cage.command(), Map.of()), late);
                },
                open::remove);
        open.add(sandbox);
        return sandbox;
      } catch (IOException | RuntimeException e) {
        home.remove();
        throw e;
      }
    } catch (IOException e) {
      throw noFolder(e);
    }
  }

  private SandboxException noFolder(IOException e) {
    return new SandboxException(
        Kind.FAILED,
        "a sandbox's folder cannot be made in " + scratch + ": " + e,
        "see whether the disk is full and the folder is writable",
        e);
  }

  @Override
  public List<String> reap() {
    Path homes = scratch.resolve("sandboxes");
    List<String> removed = new ArrayList<>();
    if (!Files.isDirectory(homes)) {
      return removed;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(homes)) {
      for (Path folder : folders) {
        LocalHome home = new LocalHome(folder);
        if (home.isAbandoned()) {
          home.remove();
          removed.add("local sandbox " + home.name());
        }
      }
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED, homes + " cannot be read: " + e, "make it readable", e);
    }
    return removed;
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(Sandbox::close);
    spawner.close();
    removeScratch();
  }

  /** Another provider may have sandboxes in the same scratch; then the last one leaves nothing. */
  private void removeScratch() {
    Path homes = scratch.resolve("sandboxes");
    try {
      if (Files.isDirectory(homes)) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(homes)) {
          if (left.iterator().hasNext()) {
            return;
          }
        }
      }
      Trees.remove(scratch);
    } catch (IOException e) {
      // What stays is one small file, and the next runner of this home removes it.
    }
  }

  /**
   * The limit on memory counts what a process reserves, whether it uses it or not, and programs
   * that translate code as they run reserve much at once.
   */
  private static Limits inForce(SandboxSpec spec) {
    OptionalLong memory = spec.limits().memoryBytes();
    if (memory.isPresent() && !spec.mounts().isEmpty()) {
      memory = OptionalLong.of(memory.getAsLong() + RESERVED_BY_PROGRAMS);
    }
    return new Limits(Limits.none().cpus(), memory, spec.limits().pids());
  }

  private SandboxConditions conditions(SandboxSpec spec) {
    return new SandboxConditions(
        name(),
        tools.version(),
        spec.image().id(),
        inForce(spec),
        List.of(),
        true,
        "dispatcher",
        NOT_ISOLATED,
        Map.of(
            "memory_limit", "per process", "network", spec.relay().isPresent() ? "relay" : "none"));
  }

  private static PortableDockerfile read(ImageSource.Dockerfile dockerfile) {
    try {
      return DockerfileReader.read(dockerfile);
    } catch (NotPortable e) {
      refuse(refusal(dockerfile, e));
    } catch (IOException e) {
      refuse(
          new Refusal(
              dockerfile.dockerfile().toString(), "" + e, "make it readable", Kind.BAD_REQUEST));
    }
    throw new AssertionError("refused");
  }

  private static Refusal refusal(ImageSource.Dockerfile dockerfile, NotPortable e) {
    return new Refusal(
        dockerfile.dockerfile() + ":" + e.line(),
        String.valueOf(e.getMessage()),
        e.remedy(),
        Kind.BAD_REQUEST);
  }

  private static void refuse(Refusal refusal) {
    throw new SandboxException(
        refusal.kind(), refusal.where() + ": " + refusal.what(), refusal.remedy());
  }
}
