package dev.pacebench.runner.cli;

import dev.pacebench.runner.check.CheckReport;
import dev.pacebench.runner.check.CheckedTask;
import dev.pacebench.runner.check.Passes;
import dev.pacebench.runner.check.TaskFigures;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.authoring.Finding.Severity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows what came of a check, to people and to programs. */
final class CheckPrinter {

  private CheckPrinter() {}

  /**
   * For people: a line for each task and its findings below it.
   *
   * @param brief without hints
   */
  static String text(CheckReport report, boolean colour, boolean brief) {
    StringBuilder out = new StringBuilder();
    for (CheckedTask task : report.tasks()) {
      boolean good = task.count(Severity.ERROR) == 0;
      out.append(mark(good ? "ok" : "FAIL", good ? 32 : 31, colour))
          .append("  ")
          .append(
              String.format(
                      Locale.ROOT,
                      "%-28s %s",
                      Cli.safe(task.name(), 60),
                      task.figures().map(CheckPrinter::figures).orElse("not run"))
                  .stripTrailing())
          .append('\n');
      for (Finding finding : task.findings()) {
        if (!brief || finding.severity() != Severity.HINT) {
          finding(out, finding, colour);
        }
      }
    }
    report.fixed().forEach(line -> out.append("fixed: ").append(Cli.safe(line, 400)).append('\n'));
    return out.append(summary(report)).append('\n').toString();
  }

  private static void finding(StringBuilder out, Finding finding, boolean colour) {
    int shade =
        finding.severity() == Severity.ERROR
            ? 31
            : finding.severity() == Severity.WARNING ? 33 : 36;
    List<String> lines = Cli.safeLines(finding.where() + ": " + finding.what(), 600);
    out.append("      ").append(mark(word(finding), shade, colour)).append(": ");
    out.append(String.join("\n          ", lines)).append('\n');
    out.append("          remedy: ").append(Cli.safe(finding.remedy(), 600)).append('\n');
  }

  private static String mark(String word, int shade, boolean colour) {
    String padded = word.equals("ok") ? "ok  " : word;
    return colour ? "\u001b[" + shade + "m" + padded + "\u001b[0m" : padded;
  }

  private static String word(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }

  private static String figures(TaskFigures figures) {
    return String.format(
        Locale.ROOT,
        "reference %s, nothing %s; build %.1f s, set-up %.1f s, verify %.1f s%s",
        passes(figures.reference()),
        passes(figures.nothing()),
        figures.buildSeconds(),
        figures.setUpSeconds(),
        figures.verifySeconds(),
        figures
            .referenceSeconds()
            .map(it -> String.format(Locale.ROOT, ", solving %.1f s", it))
            .orElse(""));
  }

  private static String passes(Passes passes) {
    return passes.tried() == 0 ? "-" : passes.passed() + "/" + passes.tried();
  }

  private static String summary(CheckReport report) {
    return String.format(
        Locale.ROOT,
        "%s: %s, %s, %s, %s in %.0f s; set-up and verification of one trial of each take %.1f s",
        Cli.safe(report.set(), 80),
        plural(report.tasks().size(), "task"),
        plural(report.count(Severity.ERROR), "error"),
        plural(report.count(Severity.WARNING), "warning"),
        plural(report.count(Severity.HINT), "hint"),
        report.seconds(),
        report.agentFreeSeconds());
  }

  private static String plural(long count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }

  /** For programs: one document. */
  static Map<String, Object> document(CheckReport report) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task_set", report.set());
    object.put("clean", report.clean());
    object.put("errors", report.count(Severity.ERROR));
    object.put("warnings", report.count(Severity.WARNING));
    object.put("hints", report.count(Severity.HINT));
    object.put("seconds", report.seconds());
    object.put("agent_free_seconds", report.agentFreeSeconds());
    object.put("fixed", report.fixed());
    object.put("tasks", report.tasks().stream().map(CheckPrinter::document).toList());
    return object;
  }

  private static Map<String, Object> document(CheckedTask task) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", task.name());
    object.put("findings", task.findings().stream().map(CheckPrinter::document).toList());
    TaskFigures figures = task.figures().orElse(null);
    object.put("reference", figures == null ? null : document(figures.reference()));
    object.put("nothing", figures == null ? null : document(figures.nothing()));
    object.put("build_seconds", figures == null ? null : figures.buildSeconds());
    object.put("set_up_seconds", figures == null ? null : figures.setUpSeconds());
    object.put("verify_seconds", figures == null ? null : figures.verifySeconds());
    object.put("agent_free_seconds", figures == null ? null : figures.agentFreeSeconds());
    object.put(
        "reference_seconds", figures == null ? null : figures.referenceSeconds().orElse(null));
    object.put(
        "suggested_agent_limit_seconds",
        figures == null ? null : seconds(figures.suggestedLimit().orElse(null)));
    object.put(
        "suggested_verifier_limit_seconds",
        figures == null ? null : seconds(figures.suggestedVerifierLimit()));
    return object;
  }

  private static @Nullable Long seconds(@Nullable Duration span) {
    return span == null ? null : span.toSeconds();
  }

  private static Map<String, Object> document(Passes passes) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("passed", passes.passed());
    object.put("tried", passes.tried());
    object.put("lost", passes.lost());
    return object;
  }

  private static Map<String, Object> document(Finding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("severity", word(finding));
    object.put("where", finding.where());
    object.put("what", finding.what());
    object.put("remedy", finding.remedy());
    return object;
  }
}
