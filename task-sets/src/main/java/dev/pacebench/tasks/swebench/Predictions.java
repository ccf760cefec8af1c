package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.rows.Row;
import dev.pacebench.tasks.rows.RowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of predictions: JSON lines, a JSON list, or a JSON object keyed by instance.
 *
 * @param model whose predictions they are; that of the first row, as published tools take it
 * @param patches by instance; empty where the model has none
 */
public record Predictions(String model, Map<String, String> patches) {

  public Predictions {
    patches = Collections.unmodifiableMap(new LinkedHashMap<>(patches));
  }

  /**
   * Reads a file.
   *
   * @throws TaskException with every error of every row
   */
  public static Predictions read(Path file) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> patches = new LinkedHashMap<>();
    String model = "";
    for (Row row : RowFile.read(file, problems)) {
      String id = row.required("instance_id", problems);
      Optional<String> patch = row.text("model_patch", problems);
      if (patch.isEmpty()) {
        // The other family of the same shape.
        patch = row.text("patch", problems);
      }
      if (model.isEmpty()) {
        model =
            row.text("model_name_or_path", problems)
                .or(() -> row.text("prefix", problems))
                .orElse("");
      }
      if (patches.putIfAbsent(id, patch.orElse("")) != null) {
        row.error("instance_id", "is " + Show.text(id) + " again", "keep one", problems);
      }
    }
    if (patches.isEmpty() && problems.isEmpty()) {
      problems.add(Problem.error(Show.path(file), "holds no prediction", "check the file"));
    }
    if (!problems.isEmpty()) {
      throw new TaskException(problems);
    }
    return new Predictions(model.isBlank() ? "predictions" : model, patches);
  }
}
