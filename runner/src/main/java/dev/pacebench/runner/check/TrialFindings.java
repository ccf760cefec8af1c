package dev.pacebench.runner.check;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.files.Show;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What trials say of a task; pure. */
final class TrialFindings {

  private static final String SILENT = "verifier_silent";
  private static final String AFTER_END = "worked_after_end";
  private static final String SERVICE = "service_failed";

  private final Task task;
  private final Function<TrialRecord, Path> evidence;
  private final List<Finding> found = new ArrayList<>();

  private TrialFindings(Task task, Function<TrialRecord, Path> evidence) {
    this.task = task;
    this.evidence = evidence;
  }

  static List<Finding> of(
      Task task,
      TaskFigures figures,
      List<TrialRecord> reference,
      List<TrialRecord> nothing,
      Function<TrialRecord, Path> evidence) {
    TrialFindings findings = new TrialFindings(task, evidence);
    findings.lost(reference, figures.reference());
    findings.lost(nothing, figures.nothing());
    findings.reference(figures.reference(), reference);
    findings.nothing(figures.nothing(), nothing);
    findings.limits(figures);
    return List.copyOf(findings.found);
  }

  private void lost(List<TrialRecord> trials, Passes passes) {
    if (passes.lost() > 0) {
      TrialRecord first = first(trials, one -> one.outcome() == Outcome.LOST).orElseThrow();
      Finding.Severity severity =
          passes.tried() == 0 ? Finding.Severity.ERROR : Finding.Severity.WARNING;
      add(
          severity,
          folder(),
          passes.lost()
              + " of "
              + trials.size()
              + " trials of `"
              + first.contender()
              + "` were lost: "
              + first.reason(),
          "mend what it says, and check again");
    }
  }

  private void reference(Passes passes, List<TrialRecord> trials) {
    if (passes.tried() == 0 || passes.always()) {
      first(trials, one -> one.flags().contains(AFTER_END))
          .ifPresent(
              one ->
                  add(
                      Finding.Severity.HINT,
                      solution(),
                      "the reference solution leaves something at work after its end",
                      "let it end what it starts, unless the task asks for a service"));
      return;
    }
    TrialRecord failed =
        first(trials, one -> !one.solved() && one.outcome() != Outcome.LOST).orElseThrow();
    String what =
        passes.flaky()
            ? "is flaky: the reference solution passes "
                + passes
                + " times ("
                + percent(passes)
                + ")"
            : "the reference solution never passes (" + passes + ")";
    add(
        Finding.Severity.ERROR,
        solution(),
        what + ": " + failed.outcome() + reason(failed),
        (passes.flaky() ? "remove what depends on time, order or chance" : "mend solution or tests")
            + "; see "
            + evidence.apply(failed));
  }

  private void nothing(Passes passes, List<TrialRecord> trials) {
    first(trials, TrialRecord::solved)
        .ifPresent(
            passed ->
                add(
                    Finding.Severity.ERROR,
                    judge(),
                    (task.change().isPresent() ? "a change of nothing" : "doing nothing")
                        + " passes "
                        + passes
                        + " times",
                    "let the tests look at what the instruction asks for; see "
                        + evidence.apply(passed)));
    services(trials);
    first(trials, one -> one.flags().contains(SILENT))
        .ifPresent(
            one ->
                add(
                    Finding.Severity.WARNING,
                    judge(),
                    "no reward is written when nothing was done" + reason(one),
                    "let the tests write 0 then: a silent verifier is run twice, and hides its own"
                        + " faults"));
  }

  private void services(List<TrialRecord> nothing) {
    first(nothing, one -> one.flags().contains(SERVICE))
        .ifPresent(
            one ->
                add(
                    Finding.Severity.WARNING,
                    folder(),
                    "a service failed though nobody did anything",
                    "mend it, or let it wait for what it needs; see services/ in "
                        + evidence.apply(one)));
  }

  private void limits(TaskFigures figures) {
    Optional<Duration> limit = task.agent().timeout();
    Optional<Double> took = figures.referenceSeconds();
    if (figures.reference().always() && limit.isPresent() && took.isPresent()) {
      if (took.get() > seconds(limit.get()) / 2) {
        add(
            Finding.Severity.WARNING,
            file() + ": agent.timeout_sec",
            String.format(
                Locale.ROOT,
                "the reference solution alone took %.1f s of %.0f s",
                took.get(),
                seconds(limit.get())),
            "give it " + figures.suggestedLimit().orElseThrow().toSeconds() + " s");
      }
    }
    double verifier = seconds(task.verifier().timeout());
    if (figures.slowestVerifySeconds() > verifier / 2) {
      add(
          Finding.Severity.WARNING,
          file() + ": verifier.timeout_sec",
          String.format(
              Locale.ROOT,
              "verification took up to %.1f s of %.0f s",
              figures.slowestVerifySeconds(),
              verifier),
          "give it " + figures.suggestedVerifierLimit().toSeconds() + " s");
    }
  }

  private void add(Finding.Severity severity, String where, String what, String remedy) {
    found.add(new Finding(severity, task.name(), where, what, remedy));
  }

  private static Optional<TrialRecord> first(
      List<TrialRecord> trials, Predicate<TrialRecord> wanted) {
    return trials.stream().filter(wanted).findFirst();
  }

  private static String reason(TrialRecord trial) {
    return trial.reason().isEmpty() ? "" : ", " + trial.reason();
  }

  private static String percent(Passes passes) {
    return Math.round(100.0 * passes.passed() / passes.tried()) + " %";
  }

  private static double seconds(Duration span) {
    return span.toNanos() / 1e9;
  }

  private String folder() {
    return Show.path(task.directory());
  }

  private String file() {
    return folder() + (task.change().isPresent() ? "/swe.toml" : "/task.toml");
  }

  private String solution() {
    if (task.change().isPresent()) {
      return folder() + "/solution/solution.patch";
    }
    return folder() + (task.steps().isEmpty() ? "/solution/solve.sh" : "/steps");
  }

  private String judge() {
    return task.change().isPresent() ? file() + ": tests" : folder() + "/tests";
  }
}
