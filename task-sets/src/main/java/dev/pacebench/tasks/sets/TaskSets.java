package dev.pacebench.tasks.sets;

import dev.pacebench.tasks.NearestName;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.archive.TaskArchive;
import dev.pacebench.tasks.digest.Sha256;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds the task set that a name or path stands for.
 *
 * <p>An argument that contains a slash or begins with a dot is a path. Any other is a bundled name,
 * else an imported one, else a path that exists. A path may lead to a folder of tasks, to one task,
 * or to an archive of either, which is unpacked once per content.
 */
public final class TaskSets {

  private final Path bundled;
  private final Path imported;
  private final Path unpacked;
  private final List<TaskFormat> formats;

  /**
   * Looks in the given folders, each of which may be absent.
   *
   * @param bundled the folder of the sets that come with Pacebench
   * @param imported the folder of the sets that the user imported
   * @param unpacked where archives are unpacked to, in folders named by the archive's SHA-256
   */
  public TaskSets(Path bundled, Path imported, Path unpacked) {
    this(bundled, imported, unpacked, List.of(new HarborFormat()));
  }

  public TaskSets(Path bundled, Path imported, Path unpacked, List<TaskFormat> formats) {
    this.bundled = bundled;
    this.imported = imported;
    this.unpacked = unpacked;
    this.formats = List.copyOf(formats);
  }

  /**
   * Reads the set that a {@code -t} argument names.
   *
   * @throws TaskException with all that is wrong with the argument, the set or its tasks
   */
  public TaskSet resolve(String argument) {
    if (argument.isBlank()) {
      throw unknown(argument, "is empty");
    }
    if (argument.contains("/") || argument.startsWith(".")) {
      return readPath(argument);
    }
    boolean isBundled = names(bundled).contains(argument);
    boolean isImported = names(imported).contains(argument);
    if (isBundled && isImported) {
      throw new TaskException(
          Problem.error(
              "-t " + argument,
              "names a bundled set and an imported one",
              "give the path: " + Show.path(imported.resolve(argument))));
    }
    if (isBundled || isImported) {
      return read(argument, (isBundled ? bundled : imported).resolve(argument));
    }
    return readPath(argument);
  }

  /** All bundled and imported sets, broken ones included, in the order of their names. */
  public List<ListedSet> list() {
    List<ListedSet> listed = new ArrayList<>();
    for (String name : names(bundled)) {
      listed.add(listed(name, bundled.resolve(name), ListedSet.Origin.BUNDLED));
    }
    for (String name : names(imported)) {
      listed.add(listed(name, imported.resolve(name), ListedSet.Origin.IMPORTED));
    }
    return listed;
  }

  private ListedSet listed(String name, Path directory, ListedSet.Origin origin) {
    try {
      TaskSet set = read(name, directory);
      return new ListedSet(name, origin, directory, set.tasks().size(), set.digest(), List.of());
    } catch (TaskException e) {
      return new ListedSet(name, origin, directory, 0, "", e.problems());
    }
  }

  private TaskSet readPath(String argument) {
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw unknown(argument, "is no path");
    }
    if (!Files.exists(path)) {
      boolean pathLike = argument.contains("/") || argument.startsWith(".");
      throw unknown(argument, pathLike ? "does not exist" : "names no task set and no path");
    }
    try {
      Path real = path.toRealPath();
      if (TaskArchive.isArchive(real)) {
        Path folder = unpacked.resolve(Sha256.hexOf(real));
        TaskArchive.unpack(real, folder);
        return read(setName(TaskArchive.baseName(real)), withoutWrapper(folder));
      }
      return read(setName(String.valueOf(real.getFileName())), real);
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(Show.path(path), "cannot be read", "give yourself the right to read it"));
    }
  }

  private TaskSet read(String name, Path directory) {
    Optional<TaskFormat> format =
        formats.stream().filter(it -> it.recognises(directory)).findFirst();
    // The first format's own words say best what is missing.
    return format.orElse(formats.get(0)).read(name, directory);
  }

  /** Archives often hold one folder that holds everything else. */
  private Path withoutWrapper(Path folder) throws IOException {
    if (formats.stream().anyMatch(format -> format.recognises(folder))) {
      return folder;
    }
    List<Path> children = children(folder);
    return children.size() == 1 && Files.isDirectory(children.get(0)) ? children.get(0) : folder;
  }

  /** A folder's name as the name of a set: safe in file names and on a command line. */
  private static String setName(String folder) {
    String safe = folder.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return safe.isEmpty() ? "tasks" : safe;
  }

  private TaskException unknown(String argument, String what) {
    List<String> all = new ArrayList<>(names(bundled));
    all.addAll(names(imported));
    List<String> near = NearestName.of(argument, all);
    String remedy = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
    remedy +=
        all.isEmpty()
            ? "there are no sets by name here; give the path of a task folder"
            : "there are " + String.join(", ", all) + ", or give the path of a task folder";
    return new TaskException(Problem.error("-t " + Show.text(argument), what, remedy));
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try {
      return children(folder).stream()
          .filter(Files::isDirectory)
          .map(child -> String.valueOf(child.getFileName()))
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(Show.path(folder), "cannot be read", "give yourself the right to read it"));
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(children);
    return children;
  }
}
