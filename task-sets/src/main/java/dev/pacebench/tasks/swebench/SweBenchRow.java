package dev.pacebench.tasks.swebench;

import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Repository;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.digest.SweDigester;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.rows.Row;
import dev.pacebench.tasks.rows.RowTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a task of one row. */
final class SweBenchRow {

  static final String WORKDIR = "/testbed";

  /** What the published harness grants. */
  private static final Duration LIMIT = Duration.ofSeconds(1800);

  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");
  private static final Map<String, String> DIFFICULTY =
      Map.of(
          "<15 min fix", "easy",
          "15 min - 1 hour", "medium",
          "1-4 hours", "hard",
          ">4 hours", "hard");

  private final String set;
  private final Path file;
  private final Row row;
  private final List<Problem> problems;

  SweBenchRow(String set, Path file, Row row, List<Problem> problems) {
    this.set = set;
    this.file = file;
    this.row = row;
    this.problems = problems;
  }

  Optional<Task> read() {
    String id = RowTask.name(row, problems);
    String repo = row.required("repo", problems);
    String base = RowTask.commit(row, problems);
    String issue = row.required("problem_statement", problems);
    String testPatch = row.required("test_patch", problems);
    Optional<String> gold = row.text("patch", problems).filter(text -> !text.isBlank());
    List<String> failToPass = row.list("FAIL_TO_PASS", problems);
    List<String> passToPass = row.list("PASS_TO_PASS", problems);
    if (row.has("FAIL_TO_PASS") && failToPass.isEmpty() && clean()) {
      row.error("FAIL_TO_PASS", "names no test", "leave the row out", problems);
    }
    String image = image(id);
    Optional<Judge.EvalScript> judge = judge(repo, base, testPatch);
    if (!clean() || judge.isEmpty()) {
      return Optional.empty();
    }
    // Some published rows name a test in both lists; what must begin to pass decides.
    List<String> kept =
        passToPass.stream().filter(test -> !failToPass.contains(test)).distinct().toList();
    CodeChange change =
        new CodeChange(
            WORKDIR,
            new Repository.InImage(base, false),
            judge.get(),
            Optional.of(new TestLists(failToPass.stream().distinct().toList(), kept)),
            gold.map(Patch.Text::new));
    return Optional.of(
        RowTask.task(
            set,
            id,
            file,
            row.has("eval_script") ? "5" : "4",
            issue,
            image,
            LIMIT,
            RowTask.network(judge.get().script()),
            metadata(repo),
            digests(change, issue, image, judge.get(), gold),
            List.of(),
            change));
  }

  private boolean clean() {
    return problems.stream().noneMatch(it -> it.severity() == Problem.Severity.ERROR);
  }

  private String image(String id) {
    String image =
        row.text("image", problems)
            .filter(text -> !text.isBlank())
            .orElse(
                "swebench/sweb.eval.x86_64."
                    + id.toLowerCase(Locale.ROOT).replace("__", "_1776_")
                    + ":latest");
    if (!IMAGE.matcher(image).matches()) {
      row.error("image", "is \"" + Show.text(image) + "\"", "it must name an image", problems);
    }
    return image;
  }

  private Optional<Judge.EvalScript> judge(String repo, String base, String testPatch) {
    String type = row.text("eval_type", problems).orElse("pass_and_fail");
    if (!type.equals("pass_and_fail") && !type.equals("fail_only")) {
      row.error(
          "eval_type",
          "is \"" + Show.text(type) + "\"",
          "known are pass_and_fail and fail_only",
          problems);
    }
    Optional<String> script = row.text("eval_script", problems).filter(text -> !text.isBlank());
    Optional<RepositorySpec> spec =
        RepositorySpecs.of(repo, row.text("version", problems).orElse(""));
    Optional<String> named = row.text("log_parser", problems).filter(text -> !text.isBlank());
    if (named.isPresent() && !LogParsers.knows(named.get())) {
      row.error(
          "log_parser",
          "is \"" + Show.text(named.get()) + "\"",
          "known are " + String.join(", ", LogParsers.names()),
          problems);
      return Optional.empty();
    }
    if (script.isEmpty() && spec.isEmpty()) {
      row.error(
          "eval_script",
          "is absent, and nothing is known of how " + Show.text(repo) + " runs its tests",
          "take a version of the set that carries eval_script and log_parser",
          problems);
      return Optional.empty();
    }
    if (named.isEmpty() && spec.isEmpty()) {
      row.error("log_parser", "is absent", "rows with an eval_script need it", problems);
      return Optional.empty();
    }
    return Optional.of(
        new Judge.EvalScript(
            script.orElseGet(() -> EvalScripts.make(spec.orElseThrow(), base, testPatch)),
            named.orElseGet(() -> spec.orElseThrow().parser()),
            type.equals("fail_only")));
  }

  private Metadata metadata(String repo) {
    Optional<String> difficulty = row.text("difficulty", problems);
    return new Metadata(
        difficulty.map(text -> DIFFICULTY.getOrDefault(text, text)),
        Optional.of(repo),
        List.of(),
        List.of(),
        row.text("created_at", problems),
        Optional.empty(),
        List.of());
  }

  private static TaskDigests digests(
      CodeChange change,
      String issue,
      String image,
      Judge.EvalScript judge,
      Optional<String> gold) {
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("problem_statement", issue);
    fields.put("image", image);
    fields.put("base_commit", ((Repository.InImage) change.repository()).baseCommit());
    fields.put("eval_script", judge.script());
    fields.put("log_parser", judge.parser());
    fields.put("fail_only", String.valueOf(judge.failOnly()));
    fields.put("FAIL_TO_PASS", String.join("\n", change.tests().orElseThrow().failToPass()));
    fields.put("PASS_TO_PASS", String.join("\n", change.tests().orElseThrow().passToPass()));
    return SweDigester.digest("swebench", fields, gold);
  }
}
