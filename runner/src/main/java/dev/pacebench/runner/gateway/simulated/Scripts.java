package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.ProblemList;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The scripted work that a task carries in {@code simulated/}, for simulated tiers.
 *
 * <p>There is at least one good and one wrong path, so that a skill between never and always means
 * something. Scripts are in the order of their names.
 *
 * @param taskDigest identifies the task
 * @param weight how much the task asks of a skill, see {@link ScriptChoice}
 * @param digest of all that lies in {@code simulated/}; belongs to a trial's conditions
 * @param good those meant to solve the task
 * @param wrong those meant not to
 */
public record Scripts(
    String taskDigest, double weight, String digest, List<Script> good, List<Script> wrong) {

  /** The folder within a task. */
  public static final String FOLDER = "simulated";

  static final String ENDING = ".yaml";
  static final int MAX_FILES = 16;

  public Scripts {
    requireNonNull(taskDigest, "taskDigest is null");
    requireNonNull(digest, "digest is null");
    good = List.copyOf(good);
    wrong = List.copyOf(wrong);
    if (good.isEmpty() || wrong.isEmpty()) {
      throw new IllegalArgumentException("a good and a wrong path are needed");
    }
    if (good.stream().anyMatch(script -> !script.good()) || wrong.stream().anyMatch(Script::good)) {
      throw new IllegalArgumentException("a script is on the wrong side");
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("weight must be positive, is " + weight);
    }
  }

  /**
   * Reads a task's scripts.
   *
   * @throws UserError with all that is wrong with them, or when there are none
   */
  public static Scripts read(Task task) {
    Path folder = task.directory().resolve(FOLDER);
    String digest =
        task.digests()
            .simulated()
            .filter(found -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
            .orElseThrow(() -> none(task, folder));
    ProblemList problems = new ProblemList();
    List<Script> scripts = new ArrayList<>();
    for (Path file : files(folder, problems)) {
      ScriptsFile.read(file, problems).ifPresent(scripts::add);
    }
    problems.throwIfAny();
    List<Script> good = scripts.stream().filter(Script::good).toList();
    List<Script> wrong = scripts.stream().filter(script -> !script.good()).toList();
    require(folder, "good", good);
    require(folder, "wrong", wrong);
    return new Scripts(
        task.digest(), ScriptChoice.weight(task.metadata().difficulty()), digest, good, wrong);
  }

  private static UserError none(Task task, Path folder) {
    return new UserError(
        folder.toString(),
        "task `" + task.name() + "` has no scripts for simulated models",
        "add one file with `path: good` and one with `path: wrong` there, leave the task out with"
            + " --only, or choose contenders that are not simulated");
  }

  private static void require(Path folder, String path, List<Script> scripts) {
    if (scripts.isEmpty()) {
      throw new UserError(
          folder.toString(),
          "no script has `path: " + path + "`",
          "add a file with `path: " + path + "`; a simulated model needs a good and a wrong one");
    }
  }

  private static List<Path> files(Path folder, ProblemList problems) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path file : stream) {
        if (files.size() == MAX_FILES) {
          problems.add(
              folder.toString(),
              "holds more than " + MAX_FILES + " files",
              "keep the scripts that differ most");
          return List.of();
        }
        files.add(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(
          folder.toString(), "cannot be read: " + e.getMessage(), "check the folder's permissions");
    }
    files.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
    return files;
  }
}
