package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks that a task's folder has the parts it needs, each a real file or folder. */
final class FolderCheck {

  private static final List<String> FILES = List.of("task.toml", "instruction.md");
  private static final List<String> FOLDERS =
      List.of("environment", "tests", "solution", "simulated", "steps", "interruptions");

  private static final List<String> WINDOWS = List.of(".bat", ".cmd", ".ps1");

  private final TaskTree tree;
  private final List<Problem> problems;

  FolderCheck(TaskTree tree, List<Problem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void run() {
    boolean steps = tree.hasFolder("steps");
    for (String name : FILES) {
      if (steps && name.equals("instruction.md") && tree.find(name).isEmpty()) {
        continue; // Each step brings its own.
      }
      if (tree.find(name).isEmpty()) {
        error(name, "is absent", "add it");
      } else if (!is(name, TreeEntry.Kind.FILE)) {
        error(name, "is not a plain file", "put the file itself here");
      }
    }
    for (String name : FOLDERS) {
      if (tree.find(name).isPresent() && !tree.hasFolder(name)) {
        error(name, "is not a plain folder", "put the folder itself here");
      }
    }
    if (tree.find("environment").isEmpty()) {
      error("environment", "is absent", "add the folder, with a Dockerfile in it");
    }
    if (!steps || tree.hasFile("tests/test.sh")) {
      script("tests/test.sh", true);
    }
    if (tree.hasFolder("solution")) {
      script("solution/solve.sh", false);
    }
  }

  static Problem empty(Path file, String remedy) {
    return Problem.error(Show.path(file), "is empty", remedy);
  }

  void script(String name, boolean required) {
    Path file = tree.root().resolve(name);
    if (!tree.hasFile(name)) {
      Optional<String> other =
          WINDOWS.stream().map(name.replace(".sh", "")::concat).filter(tree::hasFile).findFirst();
      if (required && other.isPresent()) {
        problems.add(
            Problem.unsupported(
                Show.path(tree.root().resolve(other.get())),
                "is a script for Windows",
                "only Linux tasks can be run"));
        return;
      }
      problems.add(
          required
              ? Problem.error(Show.path(file), "is absent", "add the script that writes the reward")
              : Problem.warning(
                  Show.path(file), "is absent, so the oracle cannot solve the task", "add it"));
      return;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int previous = -1;
      int next = in.read();
      if (next < 0) {
        problems.add(empty(file, "write the script"));
      }
      while (next >= 0 && next != '\n') {
        previous = next;
        next = in.read();
      }
      if (previous == '\r') {
        problems.add(
            Problem.warning(
                Show.path(file), "has Windows line ends", "save it with Unix line ends"));
      }
    } catch (IOException e) {
      error(name, "cannot be read", "give yourself the right to read it");
    }
  }

  private boolean is(String name, TreeEntry.Kind kind) {
    return tree.find(name).filter(entry -> entry.kind() == kind).isPresent();
  }

  private void error(String name, String what, String remedy) {
    problems.add(Problem.error(Show.path(tree.root().resolve(name)), what, remedy));
  }
}
