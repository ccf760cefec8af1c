package dev.pacebench.tasks.rows;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a file of rows, by its ending: .jsonl, .json (a list, or an object of rows), .csv,
 * .parquet.
 */
public final class RowFile {

  /** What can be read. */
  public static final List<String> ENDINGS = List.of(".jsonl", ".json", ".csv", ".parquet");

  private static final Set<String> SCRIPTS = Set.of("run_scripts", "dockerfiles");

  private static final long MOST_BYTES = 1L << 30;
  private static final int LONGEST_TEXT = 256 << 20;

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
              .build());

  private RowFile() {}

  /** Whether the path is a file with one of the endings. */
  public static boolean is(Path file) {
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(ending(file)::equals);
  }

  /**
   * The file itself, or the only one in a folder that holds no folders but those of its scripts.
   */
  public static Optional<Path> in(Path path) {
    if (is(path)) {
      return Optional.of(path);
    }
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    try (var listed = Files.list(path)) {
      List<Path> children =
          listed.filter(child -> !String.valueOf(child.getFileName()).startsWith(".")).toList();
      List<Path> files = children.stream().filter(RowFile::is).toList();
      boolean tasks =
          children.stream()
              .filter(Files::isDirectory)
              .anyMatch(child -> !SCRIPTS.contains(String.valueOf(child.getFileName())));
      return files.size() == 1 && !tasks ? Optional.of(files.get(0)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Names of the fields of the first row; empty when there is none that can be read. */
  public static List<String> fields(Path file) {
    try {
      if (ending(file).equals(".jsonl")) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
          String line = in.readLine();
          return line == null ? List.of() : names(JSON.readTree(line));
        }
      }
      if (ending(file).equals(".csv")) {
        return Csv.heading(Files.readString(file));
      }
      List<Row> rows = read(file, new ArrayList<>());
      return rows.isEmpty() ? List.of() : names(rows.get(0).fields());
    } catch (IOException | JacksonException e) {
      return List.of();
    }
  }

  private static List<String> names(JsonNode row) {
    return row.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** All rows; those that cannot be read are reported by line. */
  public static List<Row> read(Path file, List<Problem> problems) {
    String shown = Show.path(file);
    try {
      if (Files.size(file) > MOST_BYTES) {
        problems.add(Problem.error(shown, "is larger than 1 GB", "split it"));
        return List.of();
      }
      return switch (ending(file)) {
        case ".jsonl" -> lines(file, shown, problems);
        case ".json" -> document(file, shown, problems);
        case ".csv" -> Csv.read(Files.readString(file), shown, JSON, problems);
        default -> ParquetFile.read(file, shown, JSON, problems);
      };
    } catch (CharacterCodingException e) {
      problems.add(Problem.error(shown, "is not UTF-8 text", "save it as UTF-8"));
    } catch (IOException e) {
      problems.add(Problem.error(shown, "cannot be read", "give yourself the right to read it"));
    }
    return List.of();
  }

  private static List<Row> lines(Path file, String shown, List<Problem> problems)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        String where = shown + ":" + number;
        try {
          row(where, JSON.readTree(line), rows, problems);
        } catch (JacksonException e) {
          problems.add(Problem.error(where, "is not JSON: " + reason(e), "correct the line"));
        }
      }
    }
    return rows;
  }

  private static List<Row> document(Path file, String shown, List<Problem> problems)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      if (root.isArray()) {
        for (int i = 0; i < root.size(); i++) {
          row(shown + "[" + i + "]", root.get(i), rows, problems);
        }
      } else if (root.isObject()) {
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
          row(shown + ": " + Show.text(entry.getKey()), entry.getValue(), rows, problems);
        }
      } else {
        problems.add(Problem.error(shown, "holds no rows", "write a list of objects"));
      }
    } catch (JacksonException e) {
      problems.add(Problem.error(shown, "is not JSON: " + reason(e), "correct the file"));
    }
    return rows;
  }

  private static void row(String where, JsonNode node, List<Row> rows, List<Problem> problems) {
    if (node instanceof ObjectNode fields) {
      rows.add(new Row(where, fields));
    } else {
      problems.add(Problem.error(where, "is no object", "write one object with named fields"));
    }
  }

  private static String reason(JacksonException e) {
    return Show.text(String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }
}
