package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ChangeLog;
import dev.pacebench.sandbox.Change;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What differs between a container and its image.
 *
 * <p>Read from the container's own overlay layer where this host sees it, which takes a millisecond
 * instead of the engine's third of a second; else asked of the engine.
 */
final class LayerDiff {

  private static final int FILE_TYPE = 0170000;
  private static final int CHARACTER_DEVICE = 0020000;

  private final Engine engine;
  private final String container;
  private final boolean onThisHost;

  LayerDiff(Engine engine, String container, boolean onThisHost) {
    this.engine = engine;
    this.container = container;
    this.onThisHost = onThisHost;
  }

  /** What differs already, as folders that were made to mount something over them. */
  static Set<String> paths(Engine engine, String container, boolean onThisHost) {
    return new LayerDiff(engine, container, onThisHost)
        .changes().stream().map(Change::path).collect(Collectors.toUnmodifiableSet());
  }

  List<Change> changes() {
    List<Change> changes = layers().flatMap(LayerDiff::walk).orElseGet(this::fromEngine);
    return changes.stream()
        .filter(change -> !isOurs(change.path()))
        .sorted(Comparator.comparing(Change::path))
        .toList();
  }

  /** Mount points, which the engine makes in the layer. */
  private static boolean isOurs(String path) {
    return path.equals(DockerSandbox.INSIDE_FOLDER)
        || path.startsWith(DockerSandbox.INSIDE_FOLDER + "/")
        || path.matches(
            "/(proc|sys|dev)(/.*)?|/\\.dockerenv|/etc/(hosts|hostname|resolv\\.conf|mtab)");
  }

  private record Layers(Path upper, List<Path> lower, Path merged) {}

  private Optional<Layers> layers() {
    if (!onThisHost) {
      return Optional.empty();
    }
    InspectContainerResponse inspected =
        engine.call(
            "inspect a sandbox", () -> engine.calls().inspectContainerCmd(container).exec());
    Object driver = inspected.getRawValues().get("GraphDriver");
    if (!(driver instanceof Map<?, ?> graph) || !(graph.get("Data") instanceof Map<?, ?> data)) {
      return Optional.empty();
    }
    if (!"overlay2".equals(graph.get("Name"))
        || !(data.get("UpperDir") instanceof String upper)
        || !(data.get("LowerDir") instanceof String lower)
        || !(data.get("MergedDir") instanceof String merged)
        || !Files.isReadable(Path.of(upper))) {
      return Optional.empty();
    }
    List<Path> lowers = new ArrayList<>();
    for (String each : lower.split(":")) {
      // The layer that holds the engine's own mount points is part of the container.
      lowers.add(Path.of(each));
    }
    return Optional.of(new Layers(Path.of(upper), lowers, Path.of(merged)));
  }

  private static Optional<List<Change>> walk(Layers layers) {
    List<Change> changes = new ArrayList<>();
    try {
      Files.walkFileTree(
          layers.upper(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                throws IOException {
              String path = inside(dir);
              if (!path.equals("/") && !wasThere(path)) {
                changes.add(new Change(Change.Kind.ADDED, path));
              } else if (hidesWithoutSaying(layers, path.substring(1))) {
                throw new IOException(path + " was made anew");
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String path = inside(file);
              boolean there = wasThere(path);
              if (isWhiteout(file, attributes)) {
                if (there) {
                  changes.add(new Change(Change.Kind.DELETED, path));
                }
              } else {
                changes.add(new Change(there ? Change.Kind.MODIFIED : Change.Kind.ADDED, path));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              // It went away while we looked.
              return FileVisitResult.CONTINUE;
            }

            private String inside(Path path) {
              return "/" + layers.upper().relativize(path);
            }

            private boolean wasThere(String path) {
              return existsIn(layers.lower(), path.substring(1));
            }
          });
      return Optional.of(changes);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether files of the image are gone from a folder without a mark for each: a folder that was
   * removed and made again has one mark for all, in an attribute that Java cannot read. The engine
   * can, so it is asked then.
   */
  private static boolean hidesWithoutSaying(Layers layers, String folder) throws IOException {
    for (Path layer : layers.lower()) {
      Path lower = layer.resolve(folder);
      if (!Files.isDirectory(lower, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try (var entries = Files.newDirectoryStream(lower)) {
        for (Path entry : entries) {
          String name =
              folder.isEmpty() ? "" + entry.getFileName() : folder + "/" + entry.getFileName();
          if (!Files.exists(layers.merged().resolve(name), LinkOption.NOFOLLOW_LINKS)
              && !Files.exists(layers.upper().resolve(name), LinkOption.NOFOLLOW_LINKS)
              && existsIn(layers.lower(), name)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The topmost layer that says anything of a path decides. */
  private static boolean existsIn(List<Path> layers, String path) {
    for (Path layer : layers) {
      Path file = layer.resolve(path);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        try {
          return !isWhiteout(
              file,
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isWhiteout(Path file, BasicFileAttributes attributes) throws IOException {
    if (!attributes.isOther()) {
      return false;
    }
    Map<String, Object> unix =
        Files.readAttributes(file, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
    return unix.get("mode") instanceof Integer mode
        && (mode & FILE_TYPE) == CHARACTER_DEVICE
        && unix.get("rdev") instanceof Long device
        && device == 0;
  }

  private List<Change> fromEngine() {
    List<ChangeLog> log =
        engine.call(
            "compare a sandbox with its image",
            () -> engine.calls().containerDiffCmd(container).exec());
    List<Change> changes = new ArrayList<>();
    for (ChangeLog each : log) {
      Change.Kind kind =
          switch (each.getKind()) {
            case 1 -> Change.Kind.ADDED;
            case 2 -> Change.Kind.DELETED;
            default -> Change.Kind.MODIFIED;
          };
      changes.add(new Change(kind, each.getPath()));
    }
    // The engine names the folders above a change as modified, which says nothing.
    List<String> paths = changes.stream().map(Change::path).toList();
    changes.removeIf(
        change ->
            change.kind() == Change.Kind.MODIFIED
                && paths.stream().anyMatch(path -> path.startsWith(change.path() + "/")));
    return changes;
  }
}
