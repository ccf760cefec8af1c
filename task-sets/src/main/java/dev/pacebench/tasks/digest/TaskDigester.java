package dev.pacebench.tasks.digest;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Computes the digests that identify a task.
 *
 * <p>Each digest is SHA-256 over its purpose and then, per entry in the order of the paths' bytes:
 * the path, a letter for the kind (f, d, l; t for the task file), 1 or 0 for the owner's right to
 * execute, and the content. Content is the SHA-256 of a file's bytes, the text of a link, nothing
 * for a folder, and the SHA-256 of the {@link CanonicalToml} text for the task file. Path and
 * content are each preceded by their length in four bytes.
 */
public final class TaskDigester {

  static final String TASK_FILE = "task.toml";

  private static final List<String> DESCRIPTIVE = List.of("description", "authors", "keywords");
  private static final Pattern STEP_SOLUTION = Pattern.compile("steps/[^/]+/solution(/.*)?");

  private TaskDigester() {}

  /**
   * Digests a task.
   *
   * @param tree the task's folder, free of errors
   * @param taskFile the parsed task file
   */
  public static TaskDigests digest(TaskTree tree, ObjectNode taskFile) {
    FileHashes hashes = new FileHashes();
    Sha256 task = Sha256.of("pacebench task 1");
    boolean written = false;
    for (TreeEntry entry : tree.entries()) {
      if (entry.path().equals(TASK_FILE)) {
        byte[] text = CanonicalToml.of(withoutMetadata(taskFile)).getBytes(StandardCharsets.UTF_8);
        task.add(TASK_FILE).add('t').add('0').add(Sha256.of(text));
        written = true;
      } else if (identifies(entry)) {
        add(task, entry, hashes);
      }
    }
    if (!written) {
      throw new IllegalArgumentException("the tree has no " + TASK_FILE);
    }
    return new TaskDigests(
        task.hex(),
        part("solution", entry -> entry.isIn("solution") || isStepSolution(entry), tree, hashes),
        part("simulated", entry -> entry.isIn("simulated"), tree, hashes),
        new HarborChecksum(tree, hashes).compute());
  }

  /** The digest of a set: over names and task digests in the order of the names' bytes. */
  public static String digest(Collection<Task> tasks) {
    Sha256 set = Sha256.of("pacebench set 1");
    Comparator<Task> byName =
        (a, b) ->
            Arrays.compareUnsigned(
                a.name().getBytes(StandardCharsets.UTF_8),
                b.name().getBytes(StandardCharsets.UTF_8));
    tasks.stream().sorted(byName).forEach(task -> set.add(task.name()).add(task.digest()));
    return set.hex();
  }

  private static boolean identifies(TreeEntry entry) {
    boolean part =
        entry.path().equals("instruction.md")
            || entry.isIn("environment")
            || entry.isIn("tests")
            || entry.isIn("steps")
            || entry.isIn("interruptions");
    return part && !isStepSolution(entry);
  }

  private static boolean isStepSolution(TreeEntry entry) {
    return STEP_SOLUTION.matcher(entry.path()).matches();
  }

  static Optional<String> part(
      String name, Predicate<TreeEntry> inside, TaskTree tree, FileHashes hashes) {
    List<TreeEntry> entries = tree.entries().stream().filter(inside).toList();
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Sha256 digest = Sha256.of("pacebench " + name + " 1");
    entries.forEach(entry -> add(digest, entry, hashes));
    return Optional.of(digest.hex());
  }

  static void add(Sha256 digest, TreeEntry entry, FileHashes hashes) {
    digest.add(entry.path());
    switch (entry.kind()) {
      case FILE -> digest.add('f').add(entry.executable() ? '1' : '0').add(hashes.of(entry));
      case DIRECTORY -> digest.add('d').add('0').add(new byte[0]);
      case LINK -> digest.add('l').add('0').add(entry.linkTarget().orElse(""));
    }
  }

  static ObjectNode withoutMetadata(ObjectNode taskFile) {
    ObjectNode kept = taskFile.deepCopy();
    kept.remove("metadata");
    kept.remove(DESCRIPTIVE);
    if (kept.get("task") instanceof ObjectNode section) {
      section.remove(DESCRIPTIVE);
      if (section.isEmpty()) {
        kept.remove("task");
      }
    }
    return kept;
  }
}
