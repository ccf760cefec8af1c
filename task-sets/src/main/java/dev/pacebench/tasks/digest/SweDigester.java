package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Computes the digests of tasks of changing a repository.
 *
 * <p>The layout is that of {@link TaskDigester}, with {@code swe.toml} as the task file. A row's
 * digest is over its identifying fields, name and value, in the order of their names.
 */
public final class SweDigester {

  public static final String TASK_FILE = "swe.toml";

  private SweDigester() {}

  /**
   * Digests a task's folder.
   *
   * @param tree the folder, free of errors
   * @param taskFile the parsed swe.toml
   */
  public static TaskDigests digest(TaskTree tree, ObjectNode taskFile) {
    FileHashes hashes = new FileHashes();
    Sha256 task = Sha256.of("pacebench swe task 1");
    for (TreeEntry entry : tree.entries()) {
      if (entry.path().equals(TASK_FILE)) {
        String text = CanonicalToml.of(TaskDigester.withoutMetadata(taskFile));
        task.add(TASK_FILE).add('t').add('0').add(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
      } else if (identifies(entry)) {
        TaskDigester.add(task, entry, hashes);
      }
    }
    return new TaskDigests(
        task.hex(),
        TaskDigester.part("solution", entry -> entry.isIn("solution"), tree, hashes),
        TaskDigester.part("simulated", entry -> entry.isIn("simulated"), tree, hashes),
        "");
  }

  private static boolean identifies(TreeEntry entry) {
    return entry.path().equals("issue.md")
        || entry.path().equals("tests.patch")
        || entry.path().equals("repo.bundle")
        || entry.isIn("repo")
        || entry.isIn("environment")
        || entry.isIn("tests");
  }

  /**
   * Digests a row.
   *
   * @param format whose rows these are
   * @param fields all that an agent or verifier can notice, by name
   * @param solution the reference change
   */
  public static TaskDigests digest(
      String format, SortedMap<String, String> fields, Optional<String> solution) {
    Sha256 task = Sha256.of("pacebench " + format + " row 1");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      task.add(field.getKey()).add(field.getValue());
    }
    return new TaskDigests(
        task.hex(),
        solution.map(text -> Sha256.of("pacebench " + format + " patch 1").add(text).hex()),
        Optional.empty(),
        "");
  }
}
