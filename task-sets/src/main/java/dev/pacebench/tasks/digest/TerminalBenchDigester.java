package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Computes the digests of Terminal-Bench 1 tasks.
 *
 * <p>The layout is that of {@link TaskDigester}. Of task.yaml only the fields that an agent or
 * verifier can notice count, each as its name and value in the order of the names; of the other
 * files all but the solution and {@code simulated/}, since any of them may reach the image.
 */
public final class TerminalBenchDigester {

  public static final String TASK_FILE = "task.yaml";

  private static final Set<String> SOLUTION = Set.of("solution.sh", "solution.yaml");

  private TerminalBenchDigester() {}

  /**
   * Digests a task.
   *
   * @param tree the task's folder, free of errors
   * @param fields what task.yaml says, by name
   */
  public static TaskDigests digest(TaskTree tree, SortedMap<String, String> fields) {
    FileHashes hashes = new FileHashes();
    Sha256 task = Sha256.of("pacebench terminal-bench-1 task 1");
    Sha256 said = Sha256.of("pacebench task.yaml 1");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      said.add(field.getKey()).add(field.getValue());
    }
    task.add(TASK_FILE).add('t').add('0').add(said.hex().getBytes(StandardCharsets.UTF_8));
    for (TreeEntry entry : tree.entries()) {
      if (identifies(entry)) {
        TaskDigester.add(task, entry, hashes);
      }
    }
    return new TaskDigests(
        task.hex(),
        TaskDigester.part("solution", TerminalBenchDigester::solves, tree, hashes),
        TaskDigester.part("simulated", entry -> entry.isIn("simulated"), tree, hashes),
        "");
  }

  private static boolean identifies(TreeEntry entry) {
    return !entry.path().equals(TASK_FILE) && !solves(entry) && !entry.isIn("simulated");
  }

  private static boolean solves(TreeEntry entry) {
    return SOLUTION.contains(entry.path()) || entry.isIn("solution");
  }
}
