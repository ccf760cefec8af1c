package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Solution;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.harbor.TextFiles;
import dev.pacebench.tasks.yaml.YamlFile;
import dev.pacebench.tasks.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code solution.sh}, or else {@code solution.yaml}; a task can do without either. */
final class SolutionReader {

  private final Path directory;
  private final List<Problem> problems;

  SolutionReader(Path directory, List<Problem> problems) {
    this.directory = directory;
    this.problems = problems;
  }

  Optional<Solution> read(TaskTree tree) {
    Path script = directory.resolve("solution.sh");
    if (tree.hasFile("solution.sh")) {
      return Optional.of(new Solution(script, script, Map.of()));
    }
    Path keys = directory.resolve("solution.yaml");
    if (!tree.hasFile("solution.yaml")) {
      problems.add(
          Problem.warning(
              Show.path(script), "is absent, so the oracle cannot solve the task", "add it"));
      return Optional.empty();
    }
    return TextFiles.read(keys, problems)
        .flatMap(text -> YamlFile.parse(keys, text, problems))
        .flatMap(root -> fromKeys(keys, root));
  }

  private Optional<Solution> fromKeys(Path file, YamlNode root) {
    KeystrokeScript script = KeystrokeScript.of(root);
    if (!script.malformed().isEmpty()) {
      problems.add(
          Problem.error(
              Show.path(file) + ":" + script.line(),
              script.malformed(),
              "write a list of commands, each with `command: ...`"));
      return Optional.empty();
    }
    if (!script.needsTerminal().isEmpty()) {
      problems.add(
          Problem.warning(
              Show.path(file) + ":" + script.line(),
              script.needsTerminal() + ", so the oracle cannot solve the task",
              "add a solution.sh that does without; agents can work on the task all the same"));
      return Optional.empty();
    }
    return Optional.of(new Solution(file, file, Map.of(), Optional.of(script.text())));
  }
}
