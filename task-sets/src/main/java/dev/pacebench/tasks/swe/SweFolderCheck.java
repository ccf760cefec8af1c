package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.files.TreeEntry;
import java.util.List;

/** Checks that a task's folder has the parts it needs, each a real file or folder. */
final class SweFolderCheck {

  static final String REFERENCE = "solution/solution.patch";

  private static final List<String> FOLDERS =
      List.of("repo", "environment", "tests", "solution", "simulated");

  private final TaskTree tree;
  private final List<Problem> problems;

  SweFolderCheck(TaskTree tree, List<Problem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void run() {
    for (String name : List.of("swe.toml", "issue.md")) {
      if (tree.find(name).isEmpty()) {
        error(name, "is absent", "add it");
      }
    }
    for (String name : FOLDERS) {
      if (tree.find(name).isPresent() && !tree.hasFolder(name)) {
        error(name, "is not a plain folder", "put the folder itself here");
      }
    }
    oneOf("repo", "repo.bundle", "the repository before the fix");
    oneOf("tests", "tests.patch", "the hidden tests");
    if (tree.find("environment").isPresent() && !tree.hasFile("environment/Dockerfile")) {
      error(
          "environment",
          "has no Dockerfile",
          "add one, or remove the folder to start from " + SweTaskReader.STARTER);
    }
    for (TreeEntry entry : tree.entries()) {
      boolean placed = entry.isIn("repo") || entry.isIn("tests");
      if (placed && isGit(entry)) {
        error(
            entry.path(),
            "is git's own",
            "remove it; for a repository with history use repo.bundle and base_commit");
      }
    }
    if (tree.hasFolder("repo") && files("repo") == 0) {
      error("repo", "holds no file", "put the repository's files here");
    }
    if (tree.hasFolder("tests") && files("tests") == 0) {
      error(
          "tests", "holds no file", "put the hidden tests here, at their paths in the repository");
    }
    if (!tree.hasFile(REFERENCE)) {
      problems.add(
          Problem.warning(
              Show.path(tree.root().resolve(REFERENCE)),
              "is absent, so the oracle cannot solve the task",
              "add the fix as `git diff` prints it"));
    }
  }

  private static boolean isGit(TreeEntry entry) {
    String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
    return name.equalsIgnoreCase(".git");
  }

  private long files(String folder) {
    return tree.entries().stream()
        .filter(entry -> entry.isIn(folder) && entry.kind() != TreeEntry.Kind.DIRECTORY)
        .count();
  }

  private void oneOf(String one, String other, String what) {
    boolean first = tree.find(one).isPresent();
    boolean second = tree.find(other).isPresent();
    if (first && second) {
      error(other, "stands beside " + one + "/", "keep one of them: " + what);
    } else if (!first && !second) {
      error(one, "is absent", "add " + what + " as " + one + "/ or " + other);
    }
  }

  private void error(String name, String what, String remedy) {
    problems.add(Problem.error(Show.path(tree.root().resolve(name)), what, remedy));
  }
}
