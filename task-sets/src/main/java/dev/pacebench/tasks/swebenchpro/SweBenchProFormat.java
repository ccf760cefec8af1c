package dev.pacebench.tasks.swebenchpro;

import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.rows.RowFile;
import dev.pacebench.tasks.rows.RowSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rows of SWE-bench Pro, in a file beside the folder {@code run_scripts}, or in a folder with both.
 *
 * <p>A folder {@code dockerfiles} there gives the variables that the images' builds set.
 */
public final class SweBenchProFormat implements TaskFormat {

  @Override
  public String name() {
    return "swebenchpro";
  }

  @Override
  public boolean recognises(Path path) {
    Optional<Path> file = RowFile.in(path);
    if (file.isEmpty()) {
      return false;
    }
    List<String> fields = RowFile.fields(file.get());
    return fields.contains("selected_test_files_to_run") || fields.contains("before_repo_set_cmd");
  }

  @Override
  public TaskSet read(String name, Path path) {
    return RowSet.read(
        name, path, name(), (row, file, problems) -> new ProRow(name, file, row, problems).read());
  }
}
