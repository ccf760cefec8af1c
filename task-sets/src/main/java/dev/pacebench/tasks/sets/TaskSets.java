package dev.pacebench.tasks.sets;

import dev.pacebench.tasks.NearestName;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.archive.TaskArchive;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.Sha256;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
  private final ImportedSets imported;
  private final Path unpacked;
  private final List<TaskFormat> formats;
  private final DigestMemory memory;

  /**
   * Looks in the given folders, each of which may be absent.
   *
   * @param bundled the folder of the sets that come with Pacebench
   * @param imported the folder of the sets that the user imported
   * @param unpacked where archives are unpacked to, in folders named by the archive's SHA-256
   */
  public TaskSets(Path bundled, Path imported, Path unpacked) {
    this(bundled, imported, unpacked, DigestMemory.NONE);
  }

  /**
   * As above.
   *
   * @param memory of earlier digests
   */
  public TaskSets(Path bundled, Path imported, Path unpacked, DigestMemory memory) {
    this.bundled = bundled;
    this.imported = new ImportedSets(imported);
    this.unpacked = unpacked;
    this.memory = memory;
    this.formats = Formats.all(memory);
  }

  /**
   * Reads the set that a {@code -t} argument names.
   *
   * @throws TaskException with all that is wrong with the argument, the set or its tasks
   */
  public TaskSet resolve(String argument) {
    try {
      return find(argument);
    } finally {
      memory.save();
    }
  }

  /**
   * Reads each task of a set by itself, so that one that cannot be read does not hide the others.
   *
   * @throws TaskException when the argument leads to no set, or the set as a whole is wrong
   */
  public List<ReadTask> each(String argument) {
    try {
      return resolve(argument).tasks().stream().map(ReadTask::of).toList();
    } catch (TaskException e) {
      List<ReadTask> each =
          folder(argument).map(it -> each(setNameOf(argument), it)).orElse(List.of());
      if (each.stream().allMatch(one -> one.task().isPresent())) {
        throw e;
      }
      return each;
    }
  }

  private List<ReadTask> each(String set, Path folder) {
    List<ReadTask> each = new ArrayList<>();
    for (Path child : Folders.children(folder)) {
      String name = String.valueOf(child.getFileName());
      if (name.startsWith(".") || formats.stream().noneMatch(it -> it.recognises(child))) {
        continue;
      }
      try {
        read(set, child).tasks().forEach(task -> each.add(ReadTask.of(task)));
      } catch (TaskException e) {
        each.add(new ReadTask(name, child, Optional.empty(), e.problems()));
      }
    }
    return each;
  }

  private Optional<Path> folder(String argument) {
    Path folder =
        isPath(argument) || !isNamed(argument)
            ? Path.of(argument)
            : bundledNames().contains(argument)
                ? bundled.resolve(argument)
                : importedFiles(argument);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  private String setNameOf(String argument) {
    return isNamed(argument)
        ? argument
        : setName(String.valueOf(Path.of(argument).toAbsolutePath().normalize().getFileName()));
  }

  /** Whether the argument is the name of a bundled or imported set, and no path. */
  public boolean isNamed(String argument) {
    return !isPath(argument)
        && (bundledNames().contains(argument) || imported.names().contains(argument));
  }

  private TaskSet find(String argument) {
    if (argument.isBlank()) {
      throw unknown(argument, "is empty");
    }
    if (isPath(argument)) {
      return readPath(argument);
    }
    boolean isBundled = bundledNames().contains(argument);
    boolean isImported = imported.names().contains(argument);
    if (isBundled && isImported) {
      throw new TaskException(
          Problem.error(
              "-t " + argument,
              "names a bundled set and an imported one",
              "give the path: " + Show.path(importedFiles(argument))));
    }
    if (isBundled) {
      return read(argument, bundled.resolve(argument));
    }
    return isImported ? readImported(argument) : readPath(argument);
  }

  private static boolean isPath(String argument) {
    return argument.contains("/") || argument.startsWith(".");
  }

  /** All bundled and imported sets, broken ones included, in the order of their names. */
  public List<ListedSet> list() {
    List<ListedSet> listed = new ArrayList<>();
    for (String name : bundledNames()) {
      Path files = bundled.resolve(name);
      try {
        TaskSet set = read(name, files);
        listed.add(listed(name, ListedSet.Origin.BUNDLED, files, Optional.of(set), List.of()));
      } catch (TaskException e) {
        listed.add(listed(name, ListedSet.Origin.BUNDLED, files, Optional.empty(), e.problems()));
      }
    }
    for (String name : imported.names()) {
      listed.add(importedOne(name));
    }
    memory.save();
    return listed;
  }

  private ListedSet importedOne(String name) {
    try {
      TaskSet set = readImported(name);
      return listed(
          name, ListedSet.Origin.IMPORTED, importedFiles(name), Optional.of(set), List.of());
    } catch (TaskException e) {
      return listed(
          name, ListedSet.Origin.IMPORTED, imported.files(name), Optional.empty(), e.problems());
    }
  }

  private ListedSet listed(
      String name,
      ListedSet.Origin origin,
      Path directory,
      Optional<TaskSet> set,
      List<Problem> problems) {
    Optional<ImportRecord> record = Optional.empty();
    if (origin == ListedSet.Origin.IMPORTED) {
      try {
        record = imported.record(name);
      } catch (TaskException e) {
        // Among the problems already.
      }
    }
    return new ListedSet(name, origin, directory, set, record, problems);
  }

  /**
   * Gives a set a name in the home.
   *
   * @param source a path or another name; empty for where the name was imported from before
   * @param replace whether the name may have been taken by an earlier import
   * @throws TaskException with what is wrong with the name or the set
   */
  public TaskSet importSet(
      Optional<String> source, String name, ImportRecord.Mode mode, boolean replace) {
    ImportedSets.checkName(name);
    if (bundledNames().contains(name)) {
      throw new TaskException(
          Problem.error("--name " + name, "is the name of a bundled set", "choose another name"));
    }
    if (!replace && imported.names().contains(name)) {
      throw new TaskException(
          Problem.error(
              "--name " + name,
              "names an imported set already",
              "choose another name, put this one in its place with --accept, or remove that one"
                  + " with `pacebench tasks remove "
                  + name
                  + "`"));
    }
    String from = source.orElseGet(() -> earlierSource(name));
    TaskSet set = renamed(resolve(from), name);
    return new SetImport(imported, this::read).run(set, sourceOf(from, set), mode);
  }

  private String earlierSource(String name) {
    return imported
        .record(name)
        .map(ImportRecord::source)
        .orElseThrow(
            () ->
                new TaskException(
                    Problem.error(
                        "--name " + Show.text(name),
                        "was not imported before, so it is not known from where",
                        "give the path: `pacebench tasks import PATH --name NAME`")));
  }

  /** The path that the user gave, which for an archive is not where the set is read from. */
  private Path sourceOf(String argument, TaskSet set) {
    if (isNamed(argument)) {
      return set.directory();
    }
    try {
      return Path.of(argument).toRealPath();
    } catch (IOException e) {
      return Path.of(argument).toAbsolutePath().normalize();
    }
  }

  /**
   * Forgets an imported set; a copy's files go, files elsewhere stay.
   *
   * @throws TaskException when there is no such imported set
   */
  public void remove(String name) {
    if (bundledNames().contains(name)) {
      throw new TaskException(
          Problem.error(name, "is a bundled set", "only imported sets can be removed"));
    }
    Collection<String> names = imported.names();
    if (!names.contains(name)) {
      List<String> near = NearestName.of(name, names);
      throw new TaskException(
          Problem.error(
              Show.text(name),
              "no imported set has this name",
              !near.isEmpty()
                  ? "did you mean " + String.join(" or ", near) + "?"
                  : names.isEmpty()
                      ? "nothing was imported into this home"
                      : "there are " + String.join(", ", names)));
    }
    imported.remove(name);
  }

  private TaskSet readImported(String name) {
    Optional<ImportRecord> record = imported.record(name);
    if (record.isEmpty()) {
      return read(name, imported.files(name));
    }
    ImportRecord known = record.get();
    boolean copy = known.mode() == ImportRecord.Mode.COPY;
    TaskSet set = copy ? read(name, copied(name)) : renamed(readPath(known.source()), name);
    if (!set.digest().equals(known.digest())) {
      throw new TaskException(
          Problem.error(
              "-t " + name,
              "its files in "
                  + Show.path(copy ? imported.files(name) : Path.of(known.source()))
                  + " are not what was imported",
              "take them as they are now with `pacebench tasks import --name "
                  + name
                  + (copy ? " --copy" : " --reference")
                  + " --accept`, or restore them"));
    }
    return set;
  }

  private Path importedFiles(String name) {
    return imported
        .record(name)
        .filter(record -> record.mode() == ImportRecord.Mode.REFERENCE)
        .map(record -> Path.of(record.source()))
        .orElseGet(() -> imported.files(name));
  }

  /** A copy of a single file lies in its folder alone. */
  private Path copied(String name) {
    return SetImport.within(imported.files(name));
  }

  private TaskSet readPath(String argument) {
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw unknown(argument, "is no path");
    }
    if (!Files.exists(path)) {
      throw unknown(
          argument, isPath(argument) ? "does not exist" : "names no task set and no path");
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
    // The last format's own words say best what is missing.
    return format.orElse(formats.get(formats.size() - 1)).read(name, directory);
  }

  /** Read anew, since every task knows its set's name. */
  private TaskSet renamed(TaskSet set, String name) {
    return set.name().equals(name) ? set : read(name, set.directory());
  }

  /** Archives often hold one folder that holds everything else. */
  private Path withoutWrapper(Path folder) {
    if (formats.stream().anyMatch(format -> format.recognises(folder))) {
      return folder;
    }
    List<Path> children = Folders.children(folder);
    return children.size() == 1 && Files.isDirectory(children.get(0)) ? children.get(0) : folder;
  }

  /** A folder's name as the name of a set: safe in file names and on a command line. */
  private static String setName(String folder) {
    String safe = folder.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return safe.isEmpty() ? "tasks" : safe;
  }

  private TaskException unknown(String argument, String what) {
    List<String> all = new ArrayList<>(bundledNames());
    all.addAll(imported.names());
    List<String> near = NearestName.of(argument, all);
    String remedy = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
    remedy +=
        all.isEmpty()
            ? "there are no sets by name here; give the path of a task folder"
            : "there are " + String.join(", ", all) + ", or give the path of a task folder";
    return new TaskException(Problem.error("-t " + Show.text(argument), what, remedy));
  }

  private List<String> bundledNames() {
    return Folders.children(bundled).stream()
        .filter(Files::isDirectory)
        .map(child -> String.valueOf(child.getFileName()))
        .filter(name -> !name.startsWith("."))
        .toList();
  }
}
