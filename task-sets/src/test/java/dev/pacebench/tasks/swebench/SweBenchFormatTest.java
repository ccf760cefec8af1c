package dev.pacebench.tasks.swebench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads rows of the published shapes, and names those that are broken by line and field. */
class SweBenchFormatTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> REPOSITORIES =
      List.of(
          "astropy/astropy", "django/django", "sympy/sympy", "psf/requests", "sphinx-doc/sphinx");

  @TempDir private Path folder;

  private static ObjectNode row(int number) {
    String repo = REPOSITORIES.get(number % REPOSITORIES.size());
    String id = repo.replace("/", "__") + "-" + (1000 + number);
    String hash = String.format("%040x", number + 1);
    ObjectNode row = JSON.createObjectNode();
    row.put("repo", repo).put("instance_id", id).put("base_commit", hash);
    row.put("patch", "diff --git a/m.py b/m.py\n--- a/m.py\n+++ b/m.py\n@@ -1 +1 @@\n-a\n+b\n");
    row.put(
        "test_patch",
        "diff --git a/t/test_m.py b/t/test_m.py\n--- a/t/test_m.py\n+++ b/t/test_m.py\n@@ -1 +1 @@\n-a\n+b\n");
    row.put("problem_statement", "Something is wrong with m, case " + number + ".");
    row.put("hints_text", "").put("created_at", "2022-03-03T15:14:54Z").put("version", "3.1");
    row.put("FAIL_TO_PASS", "[\"t/test_m.py::test_" + number + "[a b]\"]");
    row.put("PASS_TO_PASS", "[\"t/test_m.py::test_other\", \"t/test_m.py::test_third\"]");
    row.put("environment_setup_commit", hash).put("difficulty", "15 min - 1 hour");
    return row;
  }

  private TaskSet read(String name, List<ObjectNode> rows) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, rows.stream().map(Object::toString).toList());
    return new SweBenchFormat().read("set", file);
  }

  private TaskSet one(UnaryOperator<ObjectNode> change) throws IOException {
    return read("one.jsonl", List.of(change.apply(row(1))));
  }

  @Test
  void fiveHundredOlderRowsAreRead() throws IOException {
    TaskSet set = read("verified.jsonl", IntStream.range(0, 500).mapToObj(i -> row(i)).toList());
    assertThat(set.tasks()).hasSize(500);
    assertThat(set.warnings()).isEmpty();
    Task task =
        set.tasks().stream()
            .filter(it -> it.name().equals("django__django-1001"))
            .findFirst()
            .orElseThrow();
    assertThat(task.environment().image())
        .contains("swebench/sweb.eval.x86_64.django_1776_django-1001:latest");
    CodeChange change = task.change().orElseThrow();
    assertThat(change.tests().orElseThrow().failToPass())
        .containsExactly("t/test_m.py::test_1[a b]");
    assertThat(((Judge.EvalScript) change.judge()).parser()).isEqualTo("django");
    assertThat(task.metadata().difficulty()).contains("medium");
    assertThat(task.metadata().created()).contains("2022-03-03T15:14:54Z");
    assertThat(task.agent().network()).isEqualTo(Network.NONE);
    assertThat(task.verifier().network()).isEqualTo(Network.PUBLIC);
    assertThat(task.solvable()).isTrue();
  }

  @Test
  void newerRowsBringTheirImageScriptAndParser() throws IOException {
    TaskSet set =
        one(
            row ->
                row.put("image", "example/img:1")
                    .put("eval_script", "#!/bin/bash\npytest -rA\n")
                    .put("log_parser", "parse_log_pytest_v2")
                    .put("eval_type", "fail_only")
                    .put("repo", "any/thing"));
    Task task = set.tasks().get(0);
    assertThat(task.environment().image()).contains("example/img:1");
    Judge.EvalScript judge = (Judge.EvalScript) task.change().orElseThrow().judge();
    assertThat(judge.failOnly()).isTrue();
    assertThat(judge.script()).startsWith("#!/bin/bash");
    assertThat(task.verifier().network()).isEqualTo(Network.NONE);
  }

  @Test
  void listsMayBeListsAndAFileMayBeOneDocument() throws IOException {
    ObjectNode row = row(0);
    row.putArray("FAIL_TO_PASS").add("x");
    Path file = folder.resolve("set.json");
    Files.writeString(file, "[" + row + "]");
    assertThat(new SweBenchFormat().read("set", file).tasks()).hasSize(1);
  }

  @Test
  void aDigestCoversTheTaskAndNotTheGoldPatch() throws IOException {
    String digest = one(row -> row).tasks().get(0).digest();
    assertThat(one(row -> row.put("patch", "other").put("hints_text", "h")).tasks().get(0).digest())
        .isEqualTo(digest);
    assertThat(one(row -> row.put("problem_statement", "other")).tasks().get(0).digest())
        .isNotEqualTo(digest);
    assertThat(one(row -> row.put("test_patch", "diff --git a/x b/x\n")).tasks().get(0).digest())
        .isNotEqualTo(digest);
  }

  @Test
  void brokenRowsAreNamedByLineAndFieldAllAtOnce() throws IOException {
    Path file = folder.resolve("broken.jsonl");
    ObjectNode noList = row(2).put("FAIL_TO_PASS", "not a list");
    ObjectNode noCommit = row(3).put("base_commit", "abc");
    ObjectNode unknownRepo = row(4).put("repo", "who/knows");
    ObjectNode parser = row(5).put("log_parser", "parse_log_cobol").put("eval_script", "x");
    ObjectNode number = row(6).put("problem_statement", 7);
    ObjectNode empty = row(7);
    empty.remove("instance_id");
    Files.writeString(
        file,
        row(1)
            + "\n{broken\n"
            + noList
            + "\n"
            + noCommit
            + "\n\n"
            + unknownRepo
            + "\n"
            + parser
            + "\n"
            + number
            + "\n"
            + empty
            + "\n"
            + row(1)
            + "\n[]\n");
    assertThatThrownBy(() -> new SweBenchFormat().read("set", file))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("broken.jsonl:2: is not JSON")
        .hasMessageContaining("broken.jsonl:3: FAIL_TO_PASS: is")
        .hasMessageContaining("broken.jsonl:4: base_commit: is no full commit hash")
        .hasMessageContaining(
            "broken.jsonl:6: eval_script: is absent, and nothing is known of how who/knows")
        .hasMessageContaining("broken.jsonl:7: log_parser: is \"parse_log_cobol\"")
        .hasMessageContaining("broken.jsonl:8: problem_statement: is 7")
        .hasMessageContaining("broken.jsonl:9: instance_id: is absent")
        .hasMessageContaining("broken.jsonl:10: instance_id: is \"django__django-1001\"")
        .hasMessageContaining("broken.jsonl:11: is no object");
  }

  @Test
  void tenThousandRowsAreReadAndDigestedInSeconds() throws IOException {
    Path file = folder.resolve("many.jsonl");
    Files.write(file, IntStream.range(0, 10_000).mapToObj(i -> row(i).toString()).toList());
    long start = System.nanoTime();
    assertThat(new SweBenchFormat().read("set", file).tasks()).hasSize(10_000);
    // The promise is 5 s on a quiet machine.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void predictionsAreReadInAllTheirShapes() throws IOException {
    Path lines = folder.resolve("p.jsonl");
    Files.writeString(
        lines,
        "{\"instance_id\":\"a\",\"model_name_or_path\":\"m\",\"model_patch\":\"diff\"}\n"
            + "{\"instance_id\":\"b\",\"model_name_or_path\":\"m\",\"model_patch\":null}\n");
    Predictions read = Predictions.read(lines);
    assertThat(read.model()).isEqualTo("m");
    assertThat(read.patches()).containsEntry("a", "diff").containsEntry("b", "");
    Path keyed = folder.resolve("preds.json");
    Files.writeString(
        keyed,
        "{\"a\":{\"instance_id\":\"a\",\"model_name_or_path\":\"n\",\"model_patch\":\"x\"}}");
    assertThat(Predictions.read(keyed).patches()).containsEntry("a", "x");
    Path pro = folder.resolve("pro.json");
    Files.writeString(pro, "[{\"instance_id\":\"a\",\"patch\":\"y\",\"prefix\":\"k\"}]");
    assertThat(Predictions.read(pro).patches()).containsEntry("a", "y");
    Path twice = folder.resolve("twice.jsonl");
    Files.writeString(twice, "{\"instance_id\":\"a\"}\n{\"instance_id\":\"a\"}\n{\"x\":1}\n");
    assertThatThrownBy(() -> Predictions.read(twice))
        .hasMessageContaining("twice.jsonl:2: instance_id: is a again")
        .hasMessageContaining("twice.jsonl:3: instance_id: is absent");
  }
}
