package dev.pacebench.tasks.authoring;

import static java.util.Objects.requireNonNull;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small complete task to begin from; passes every check as it is, and never overwrites a file.
 */
public final class TaskTemplate {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?");
  private static final Pattern CATEGORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}");
  private static final String LIST = "files.txt";
  private static final String EXECUTABLE = " x";

  private TaskTemplate() {}

  /** What a task looks like. */
  public enum Style {
    /** A place, an instruction, and tests that look at the place. */
    TERMINAL,
    /** A repository, an issue, and hidden tests of the repository. */
    SWE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an author says of a new task.
   *
   * @param difficulty easy, medium or hard
   * @param created when it was written
   */
  public record Answers(
      Style style, String name, String difficulty, String category, LocalDate created) {

    public static final List<String> DIFFICULTIES = List.of("easy", "medium", "hard");

    public Answers {
      requireNonNull(style, "style is null");
      requireNonNull(created, "created is null");
      require(
          NAME.matcher(name).matches() && name.length() <= 80,
          "--name " + Show.text(name),
          "is no name for a task",
          "use letters, digits, `.`, `-` and `_`, beginning with a letter or digit");
      require(
          DIFFICULTIES.contains(difficulty),
          "--difficulty " + Show.text(difficulty),
          "there is no such difficulty",
          "use one of: " + String.join(", ", DIFFICULTIES));
      require(
          CATEGORY.matcher(category).matches(),
          "--category " + Show.text(category),
          "is no name for a category",
          "use a word or two, such as text-processing");
    }
  }

  private static void require(boolean holds, String where, String what, String remedy) {
    if (!holds) {
      throw new TaskException(Problem.error(where, what, remedy));
    }
  }

  /**
   * Refuses a place where a task cannot be made.
   *
   * @throws TaskException when something is there
   */
  public static void checkFree(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    require(
        Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isEmpty(folder),
        Show.path(folder),
        "is there already, and nothing is ever overwritten",
        "name a new folder");
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes a task.
   *
   * @param folder a new or empty folder
   * @return the files, relative to the folder
   * @throws TaskException when something is there, or it cannot be written
   */
  public static List<String> write(Path folder, Answers answers) {
    checkFree(folder);
    List<String> written = new ArrayList<>();
    try {
      for (String line : text(answers.style(), LIST).lines().toList()) {
        boolean executable = line.endsWith(EXECUTABLE);
        String name = executable ? line.substring(0, line.length() - EXECUTABLE.length()) : line;
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
            file, filled(text(answers.style(), name), answers), StandardOpenOption.CREATE_NEW);
        // A task's digest knows the owner's right to execute, which must not depend on the umask.
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        written.add(name);
      }
    } catch (IOException e) {
      throw new TaskException(
          Problem.error(
              Show.path(folder),
              "cannot be written: " + Show.text(String.valueOf(e.getMessage())),
              "check free space and your rights there"));
    }
    return written;
  }

  private static String filled(String text, Answers answers) {
    return text.replace("@NAME@", answers.name())
        .replace("@DIFFICULTY@", answers.difficulty())
        .replace("@CATEGORY@", answers.category())
        .replace("@CREATED@", answers.created().toString());
  }

  private static String text(Style style, String name) throws IOException {
    String resource = style.word() + "/" + name;
    try (InputStream in = TaskTemplate.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the template has no " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
