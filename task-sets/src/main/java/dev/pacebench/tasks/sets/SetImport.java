package dev.pacebench.tasks.sets;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Puts a set into a home, as a copy or by reference; what cannot be read back is not put there. */
final class SetImport {

  private final ImportedSets imported;
  private final BiFunction<String, Path, TaskSet> reader;

  SetImport(ImportedSets imported, BiFunction<String, Path, TaskSet> reader) {
    this.imported = imported;
    this.reader = reader;
  }

  TaskSet run(TaskSet set, Path source, ImportRecord.Mode mode) {
    ImportRecord record =
        new ImportRecord(ImportRecord.VERSION, mode, source.toString(), set.digest(), set.format());
    if (mode == ImportRecord.Mode.REFERENCE) {
      imported.put(set.name(), Optional.empty(), record);
      return set;
    }
    Path draft = imported.draft();
    try {
      copy(set, draft);
      TaskSet copied = reader.apply(set.name(), within(draft));
      if (!copied.digest().equals(set.digest())) {
        throw new TaskException(
            Problem.error(
                Show.path(set.directory()),
                "changed while it was copied, or needs files beside it",
                "import it again when nothing changes, or with --reference"));
      }
      imported.put(set.name(), Optional.of(draft), record);
      return reader.apply(set.name(), within(imported.files(set.name())));
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(
              Show.path(set.directory()),
              "cannot be copied: " + Show.text(String.valueOf(e.getMessage())),
              "check free space and your rights, or import it with --reference"));
    } finally {
      discard(draft);
    }
  }

  private static void copy(TaskSet set, Path to) throws IOException {
    Path from = set.directory();
    if (!Files.isDirectory(from)) {
      Files.copy(from, to.resolve(String.valueOf(from.getFileName())));
      return;
    }
    // A single task may have its name from its folder.
    boolean single = set.tasks().stream().anyMatch(task -> task.directory().equals(from));
    Folders.copy(from, single ? to.resolve(String.valueOf(from.getFileName())) : to);
  }

  /** The file, when a folder holds nothing but one; else the folder. */
  static Path within(Path folder) {
    List<Path> children = Folders.children(folder);
    return children.size() == 1 && Files.isRegularFile(children.get(0)) ? children.get(0) : folder;
  }

  private static void discard(Path draft) {
    try {
      if (Files.exists(draft)) {
        Folders.delete(draft);
      }
    } catch (IOException e) {
      // It has no name, so it is in nobody's way.
    }
  }
}
