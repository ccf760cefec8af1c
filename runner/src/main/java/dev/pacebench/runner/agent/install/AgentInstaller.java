package dev.pacebench.runner.agent.install;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.agent.manifest.AgentManifest;
import dev.pacebench.runner.agent.manifest.Provide;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.HomeFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sees to it that agents' programs are on this machine.
 *
 * <p>Each is made once per version under another name and put in place by a rename, so that it is
 * there whole or not at all; what is broken is made anew. What is there needs no network.
 */
public final class AgentInstaller {

  static final Duration LIMIT = Duration.ofMinutes(10);

  private static final String MAKING = ".making-";
  private static final String APART = "~";
  private static final String LOCK = ".lock";
  private static final String PROGRAMS = "program";

  private final Path cache;
  private final Map<String, String> hostEnv;
  private final Consumer<String> notes;
  private final Duration limit;

  /** What was looked at in full already; a run asks before each of its tries. */
  private final Map<String, Installed> known = new ConcurrentHashMap<>();

  /**
   * @param hostEnv environment of this process, of which tools see only what they need
   * @param notes told when something is installed, since that takes a while
   */
  public AgentInstaller(Home home, Map<String, String> hostEnv, Consumer<String> notes) {
    this(home, hostEnv, notes, LIMIT);
  }

  AgentInstaller(Home home, Map<String, String> hostEnv, Consumer<String> notes, Duration limit) {
    this.cache = home.cache().resolve("agents");
    this.hostEnv = Map.copyOf(hostEnv);
    this.notes = notes;
    this.limit = limit;
  }

  /**
   * The agent's program, installed if it is not there.
   *
   * @throws InfrastructureError when it cannot be had, with the tool's last words
   * @throws UserError when the manifest asks for what does not exist
   */
  public Installed ensure(AgentManifest manifest) throws InterruptedException {
    Installed before = known.get(manifest.digest());
    if (before != null && stillThere(before)) {
      return before;
    }
    Installed installed =
        switch (manifest.provide().kind()) {
          case NONE -> Installed.nothing();
          case FOLDER -> folder(manifest);
          case NPM, PIP -> cached(manifest);
        };
    known.put(manifest.digest(), installed);
    return installed;
  }

  /** Whether nothing need be fetched for it. */
  public boolean isInstalled(AgentManifest manifest) {
    Provide provide = manifest.provide();
    try {
      return switch (provide.kind()) {
        case NONE -> true;
        case FOLDER -> provide.folder().filter(Files::isDirectory).isPresent();
        case NPM, PIP -> present(place(manifest)).isPresent();
      };
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean stillThere(Installed installed) {
    return installed
        .folder()
        .map(folder -> Files.isRegularFile(folder.resolve(installed.program().orElse(""))))
        .orElse(true);
  }

  private Installed folder(AgentManifest manifest) {
    Path folder = manifest.provide().folder().orElseThrow();
    String who = "agent " + manifest.name();
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          who, "its folder " + folder + " is not there", "make it, or mend `provide.folder`");
    }
    try {
      String program = program(manifest, folder);
      if (!Files.isExecutable(folder.resolve(program))) {
        throw new UserError(
            who, folder.resolve(program) + " cannot be executed", "make it so: chmod +x");
      }
      return new Installed(
          Optional.of(folder),
          Optional.of(program),
          List.of(),
          Optional.empty(),
          FolderListing.byContent(folder).digest());
    } catch (IOException e) {
      throw new InfrastructureError(
          who + ": " + folder + " cannot be read: " + e.getMessage(), "check its permissions", e);
    }
  }

  private Installed cached(AgentManifest manifest) throws InterruptedException {
    Path place = place(manifest);
    try (InstallLock lock = InstallLock.take(lockOf(place))) {
      Optional<Installed> there = present(place);
      return there.isPresent() ? there.get() : make(manifest, place);
    } catch (IOException e) {
      throw HomeFolders.explain(place, e);
    }
  }

  private static Optional<Installed> present(Path place) throws IOException {
    return InstalledFile.read(place, place.resolve(PROGRAMS));
  }

  private Installed make(AgentManifest manifest, Path place)
      throws InterruptedException, IOException {
    notes.accept(
        "installing agent "
            + manifest.name()
            + " "
            + manifest.version()
            + " by "
            + manifest.provide().kind().word()
            + " (once)");
    removeLeftovers(place);
    Path making = making(place);
    boolean done = false;
    try {
      Path folder = Files.createDirectories(making.resolve(PROGRAMS));
      Path log = place.resolveSibling(place.getFileName() + ".log");
      Files.deleteIfExists(log);
      Files.createFile(log);
      PackageTool.Came came = new PackageTool(manifest, hostEnv, folder, log, limit).install();
      String program = program(manifest, folder);
      makeExecutable(folder.resolve(program));
      Installed installed =
          new Installed(
              Optional.of(folder),
              Optional.of(program),
              came.packages(),
              came.python(),
              PackageReader.digest(came.packages()));
      FolderListing.sync(making);
      InstalledFile.write(making, installed, FolderListing.bySize(folder));
      FolderListing.syncOne(making);
      FileTrees.delete(place);
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
      FolderListing.syncOne(cache);
      done = true;
    } finally {
      if (!done) {
        FileTrees.delete(making);
      }
    }
    return present(place)
        .orElseThrow(
            () ->
                new InfrastructureError(
                    place + " changed while it was made", "see who else works there"));
  }

  private static String program(AgentManifest manifest, Path folder) throws IOException {
    String pattern = manifest.provide().program().orElseThrow();
    List<String> found = ProgramPattern.find(folder, pattern);
    if (found.size() != 1) {
      throw new UserError(
          "agent " + manifest.name(),
          "`provide.program` "
              + pattern
              + (found.isEmpty()
                  ? " fits no file of what was installed"
                  : " fits several files: "
                      + String.join(", ", found.subList(0, Math.min(5, found.size())))),
          "name exactly one file; * stands for part of a name, ** for folders");
    }
    String program = found.get(0);
    if (!folder.resolve(program).toRealPath().startsWith(folder.toRealPath())) {
      throw new UserError(
          "agent " + manifest.name(),
          program + " leads out of the folder, so no sandbox would have it",
          "name a file of the folder itself");
    }
    return program;
  }

  private static void makeExecutable(Path program) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(program);
    permissions.addAll(
        Set.of(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE));
    Files.setPosixFilePermissions(program, permissions);
  }

  /** What dead processes were making; a living one holds the lock of what it makes. */
  private void removeLeftovers(Path mine) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(cache)) {
      all = entries.filter(entry -> entry.getFileName().toString().startsWith(MAKING)).toList();
    }
    for (Path making : all) {
      String name = making.getFileName().toString().substring(MAKING.length());
      name = name.substring(0, Math.max(0, name.lastIndexOf(APART)));
      if (cache.resolve(name).equals(mine)) {
        FileTrees.delete(making);
        continue;
      }
      Optional<InstallLock> lock = InstallLock.tryTake(lockOf(cache.resolve(name)));
      if (lock.isPresent()) {
        try (InstallLock held = lock.get()) {
          FileTrees.delete(making);
        }
      }
    }
  }

  private Path place(AgentManifest manifest) {
    return cache.resolve(
        manifest.name()
            + "-"
            + manifest.version()
            + "-"
            + manifest.provideDigest().substring(0, 8));
  }

  private Path making(Path place) {
    // Never the same twice: what a killed installation started may still write into its own.
    return cache.resolve(MAKING + place.getFileName() + APART + UUID.randomUUID());
  }

  private Path lockOf(Path place) {
    return cache.resolve("." + place.getFileName() + LOCK);
  }
}
