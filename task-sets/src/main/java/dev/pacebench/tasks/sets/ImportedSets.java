package dev.pacebench.tasks.sets;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a home that holds imported sets: {@code NAME/} for a copy's files and {@code
 * NAME.json} for how the name came about.
 *
 * <p>A folder without such a record was put there by hand, and is read as it is. The record is
 * written last and removed first, so a name with a record is complete.
 */
final class ImportedSets {

  private static final String RECORD = ".json";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path folder;

  ImportedSets(Path folder) {
    this.folder = folder;
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches() || name.endsWith(".") || name.endsWith(RECORD)) {
      throw new TaskException(
          Problem.error(
              "--name " + Show.text(name),
              "is no name for a set",
              "use letters, digits, `.`, `-` and `_`, beginning with a letter or digit"));
    }
  }

  /** All names, sorted. */
  TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Path child : Folders.children(folder)) {
      String name = String.valueOf(child.getFileName());
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(child)) {
        names.add(name);
      } else if (name.endsWith(RECORD) && Files.isRegularFile(child)) {
        names.add(name.substring(0, name.length() - RECORD.length()));
      }
    }
    return names;
  }

  /** Where a copy's files are. */
  Path files(String name) {
    return folder.resolve(name);
  }

  private Path recordFile(String name) {
    return folder.resolve(name + RECORD);
  }

  /**
   * How a name came about; absent for a folder that was put there by hand.
   *
   * @throws TaskException when the record is damaged
   */
  Optional<ImportRecord> record(String name) {
    Path file = recordFile(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String again = "import the set again with --accept";
    try {
      ImportRecord read = JSON.readValue(Files.readAllBytes(file), ImportRecord.class);
      if (read.version() > ImportRecord.VERSION) {
        throw new TaskException(
            Problem.error(Show.path(file), "was written by a newer Pacebench", "use that one"));
      }
      return Optional.of(read);
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(Show.path(file), "cannot be read", "give yourself the right to read it"));
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new TaskException(Problem.error(Show.path(file), "is damaged", again));
    }
  }

  /** A new folder in which a copy is put together before it gets its name. */
  Path draft() {
    try {
      Files.createDirectories(folder);
      return Files.createTempDirectory(folder, ".import-");
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Gives a name to a draft, or to files elsewhere, in place of what had the name. */
  void put(String name, Optional<Path> draft, ImportRecord record) {
    remove(name);
    Path file = recordFile(name);
    Path temporary = folder.resolve("." + name + RECORD + ".tmp");
    try {
      Files.createDirectories(folder);
      if (draft.isPresent()) {
        Files.move(draft.get(), files(name), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.write(temporary, JSON.writeValueAsBytes(record));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Forgets a name, with the home's own files; never with those that it only knew of. */
  void remove(String name) {
    try {
      Files.deleteIfExists(recordFile(name));
      Path files = files(name);
      if (Files.exists(files, LinkOption.NOFOLLOW_LINKS)) {
        // Out of sight at once, so that nobody reads half of it.
        Path doomed = folder.resolve(".removed-" + name + "-" + System.nanoTime());
        Files.move(files, doomed, StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(doomed);
      }
    } catch (IOException e) {
      throw unwritable(files(name), e);
    }
  }

  private static TaskException unwritable(Path path, IOException e) {
    return new TaskException(
        Problem.error(
            Show.path(path),
            "cannot be written: " + Show.text(String.valueOf(e.getMessage())),
            "check free space and your rights, or choose another home with --home"));
  }
}
