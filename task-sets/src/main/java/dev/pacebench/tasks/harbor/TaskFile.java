package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** A parsed task.toml that knows where its fields are. */
public final class TaskFile {

  private static final TomlMapper TOML = new TomlMapper();

  /** Deeper nesting is no task, and would only exhaust the parser's stack. */
  private static final int DEEPEST = 64;

  private final String shown;
  private final String text;
  private final ObjectNode root;
  private final List<Problem> problems;

  /** Found when the first problem asks; most files have none. */
  private @Nullable TomlLines lines;

  private TaskFile(String shown, String text, ObjectNode root, List<Problem> problems) {
    this.shown = shown;
    this.text = text;
    this.root = root;
    this.problems = problems;
  }

  public static Optional<TaskFile> parse(Path file, String text, List<Problem> problems) {
    String shown = Show.path(file);
    Problem deep =
        Problem.error(shown, "nests values deeper than " + DEEPEST, "flatten the values");
    if (nestsDeeperThan(text, DEEPEST)) {
      problems.add(deep);
      return Optional.empty();
    }
    try {
      ObjectNode root = (ObjectNode) TOML.readTree(text);
      if (nestsDeeperThan(root, DEEPEST)) {
        problems.add(deep);
        return Optional.empty();
      }
      return Optional.of(new TaskFile(shown, text, root, problems));
    } catch (JacksonException e) {
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      problems.add(
          Problem.error(
              shown + at(e), "is not valid TOML: " + Show.text(reason), "correct the syntax"));
    } catch (ArithmeticException | IllegalArgumentException e) {
      problems.add(
          Problem.error(shown, "has a value that cannot be read", "correct the file: " + e));
    }
    return Optional.empty();
  }

  private static String at(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    if (location == null || location.getLineNr() < 1) {
      return "";
    }
    // The parser notices some mistakes only after the line's end.
    return location.getColumnNr() == 1 && location.getLineNr() > 1
        ? ":" + (location.getLineNr() - 1)
        : ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  public ObjectNode root() {
    return root;
  }

  /** The table of all top-level keys. */
  public TomlTable table() {
    return new TomlTable(this, "", root);
  }

  public void error(String path, String what, String remedy) {
    problems.add(Problem.error(where(path), what, remedy));
  }

  void warning(String path, String what, String remedy) {
    problems.add(Problem.warning(where(path), what, remedy));
  }

  void unsupported(String path, String what, String remedy) {
    problems.add(Problem.unsupported(where(path), what, remedy));
  }

  void report(Problem problem) {
    problems.add(problem);
  }

  private String where(String path) {
    TomlLines known = lines;
    if (known == null) {
      known = new TomlLines(text);
      lines = known;
    }
    OptionalInt line = known.find(path);
    String file = line.isPresent() ? shown + ":" + line.getAsInt() : shown;
    return path.isEmpty() ? file : file + ": " + path;
  }

  /** Dotted keys nest without brackets, so the parsed values are measured too, level by level. */
  private static boolean nestsDeeperThan(JsonNode root, int limit) {
    List<JsonNode> level = List.of(root);
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > limit) {
        return true;
      }
      level = level.stream().flatMap(node -> node.values().stream()).toList();
    }
    return false;
  }

  private static boolean nestsDeeperThan(String text, int limit) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '{') {
        depth++;
      } else if ((c == ']' || c == '}') && depth > 0) {
        depth--;
      }
      if (depth > limit) {
        return true;
      }
    }
    return false;
  }
}
