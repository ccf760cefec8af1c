package dev.pacebench.runner.check;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.verify.swe.ChangeResult;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.TestStatus;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.files.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the tests that decide on a change to a repository, and compares them with those named. */
final class ChangeCheck {

  private static final int NAMES_SHOWN = 5;
  private static final String FILE = "swe.toml";

  private final Task task;
  private final CodeChange change;
  private final CheckEngine engine;
  private final CheckSettings settings;
  private final List<Finding> found = new ArrayList<>();
  private final List<String> fixed = new ArrayList<>();

  ChangeCheck(Task task, CheckEngine engine, CheckSettings settings) {
    this.task = task;
    this.change = task.change().orElseThrow();
    this.engine = engine;
    this.settings = settings;
  }

  List<Finding> found() {
    return found;
  }

  List<String> fixed() {
    return fixed;
  }

  /** The task with its deciding tests; empty when it has none, and none can be found. */
  Optional<Task> run() throws InterruptedException, IOException {
    Optional<Patch> reference = change.reference();
    if (reference.isEmpty()) {
      if (change.tests().isEmpty()) {
        error("does not say which tests decide, and without a reference nobody can find out");
      }
      return change.tests().map(lists -> task);
    }
    int times = change.tests().isPresent() ? 1 : settings.times();
    List<Map<String, TestStatus>> without = new ArrayList<>();
    List<Map<String, TestStatus>> with = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Optional<Map<String, TestStatus>> before = judge(new byte[0], "without any change");
      Optional<Map<String, TestStatus>> after =
          judge(reference.get().bytes(), "with the reference");
      if (before.isEmpty() || after.isEmpty()) {
        return change.tests().map(lists -> task);
      }
      without.add(before.get());
      with.add(after.get());
    }
    DecidingTests tests = DecidingTests.of(without, with);
    tests
        .unsteady()
        .forEach(
            (name, rates) ->
                warning(
                    "the test " + Show.text(name) + " is flaky: it passed " + rates,
                    "steady it, or leave it out of both lists"));
    if (change.tests().isPresent()) {
      compare(change.tests().get(), tests);
      return Optional.of(task);
    }
    return computed(tests);
  }

  /** What all tests came to; empty when they could not be run, which was said then. */
  private Optional<Map<String, TestStatus>> judge(byte[] patch, String when)
      throws InterruptedException, IOException {
    ChangeResult result = engine.judge(task, patch);
    if (!result.applied() || result.tests().isEmpty()) {
      String why = result.problem().isEmpty() ? "no test is told of" : Show.text(result.problem());
      if (patch.length == 0) {
        // A repository that does not even build before the fix has nothing that passes.
        return Optional.of(Map.of());
      }
      found.add(
          Finding.error(
              task.name(),
              folder()
                  + (result.applied() ? "/" + FILE + ": verifier" : "/solution/solution.patch"),
              when + ": " + why,
              result.applied()
                  ? "see that the command runs the tests, and that the parser fits what they print"
                  : "make it with `git diff` from the repository as it is in the task"));
      return Optional.empty();
    }
    return Optional.of(result.tests());
  }

  private Optional<Task> computed(DecidingTests tests) {
    Optional<TestLists> lists = tests.lists();
    if (lists.isEmpty()) {
      error("no test begins to pass with the reference, so nothing tells a solution");
      return Optional.empty();
    }
    String what =
        lists.get().failToPass().size()
            + " tests begin to pass with the reference, "
            + lists.get().passToPass().size()
            + " pass before and after";
    if (settings.fix() && write(lists.get())) {
      fixed.add(folder() + "/" + FILE + ": " + what);
    } else {
      found.add(
          Finding.error(
              task.name(),
              where(),
              "does not say which tests decide: " + what,
              "write them down with `pacebench tasks check --fix`"));
    }
    return Optional.of(withTests(lists.get()));
  }

  private boolean write(TestLists lists) {
    Path file = task.directory().resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      TestListFile.write(file, lists);
      return true;
    } catch (IOException e) {
      throw new UserError(
          Show.path(file),
          "cannot be written: " + e.getMessage(),
          "check free space and your rights, or check a copy of the task");
    }
  }

  private void compare(TestLists named, DecidingTests tests) {
    TreeSet<String> early = new TreeSet<>(named.failToPass());
    early.retainAll(tests.passToPass());
    if (!early.isEmpty()) {
      found.add(
          Finding.error(
              task.name(),
              where() + ".fail_to_pass",
              "already pass without any change: " + names(early),
              "move them to pass_to_pass, or let --fix find both lists: remove [tests] first"));
    }
    TreeSet<String> late = new TreeSet<>(named.passToPass());
    late.retainAll(tests.failToPass());
    if (!late.isEmpty()) {
      warning(
          "pass_to_pass names tests that do not pass before the fix: " + names(late),
          "move them to fail_to_pass");
    }
    TreeSet<String> unnamed = new TreeSet<>(tests.failToPass());
    unnamed.removeAll(named.failToPass());
    unnamed.removeAll(named.passToPass());
    if (!unnamed.isEmpty() && named.failToPass().stream().anyMatch(tests.failToPass()::contains)) {
      found.add(
          Finding.hint(
              task.name(),
              where() + ".fail_to_pass",
              "does not name tests that the reference lets pass: " + names(unnamed),
              "name them, too"));
    }
  }

  private Task withTests(TestLists lists) {
    CodeChange decided =
        new CodeChange(
            change.workdir(),
            change.repository(),
            change.judge(),
            Optional.of(lists),
            change.reference());
    return new Task(
        task.set(),
        task.name(),
        task.directory(),
        task.schemaVersion(),
        task.instruction(),
        task.environment(),
        task.agent(),
        task.verifier(),
        task.solution(),
        task.artifacts(),
        task.metadata(),
        task.digests(),
        task.warnings(),
        task.steering(),
        Optional.of(decided));
  }

  private void error(String what) {
    found.add(
        Finding.error(
            task.name(),
            where(),
            what,
            "see that the hidden tests fail before and pass after solution/solution.patch"));
  }

  private void warning(String what, String remedy) {
    found.add(Finding.warning(task.name(), where(), what, remedy));
  }

  private static String names(TreeSet<String> names) {
    String shown = String.join(", ", names.stream().limit(NAMES_SHOWN).map(Show::text).toList());
    return names.size() > NAMES_SHOWN
        ? shown + " and " + (names.size() - NAMES_SHOWN) + " more"
        : shown;
  }

  private String folder() {
    return Show.path(task.directory());
  }

  private String where() {
    return folder() + "/" + FILE + ": tests";
  }
}
