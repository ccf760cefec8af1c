package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.rows.RowFile;
import dev.pacebench.tasks.rows.RowSet;
import java.nio.file.Path;

/**
 * Rows of the SWE-bench family, in a file or in a folder that holds one.
 *
 * <p>Rows since version 5 name their image, script and log parser. Older ones name neither: the
 * image follows from the instance's id, the script from what is known of the repositories of
 * SWE-bench Verified.
 */
public final class SweBenchFormat implements TaskFormat {

  @Override
  public String name() {
    return "swebench";
  }

  @Override
  public boolean recognises(Path path) {
    return RowFile.in(path).isPresent();
  }

  @Override
  public TaskSet read(String name, Path path) {
    return RowSet.read(
        name,
        path,
        name(),
        (row, file, problems) -> new SweBenchRow(name, file, row, problems).read());
  }
}
