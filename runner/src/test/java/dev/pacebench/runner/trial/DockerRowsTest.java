package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.NopAgent;
import dev.pacebench.runner.agent.OracleAgent;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskFormat;
import dev.pacebench.tasks.swebench.SweBenchFormat;
import dev.pacebench.tasks.swebenchpro.SweBenchProFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of SWE-bench and SWE-bench Pro, judged in containers of small images that bear the names of
 * published ones.
 */
@Tag("docker")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerRowsTest {

  private static final String BENCH = "swebench/sweb.eval.x86_64.pallets_1776_flask-1:latest";
  private static final String PRO = "jefzda/sweap-images:sample.calc-sample__calc-1";

  private static final String GOLD =
      "diff --git a/calc.py b/calc.py\n--- a/calc.py\n+++ b/calc.py\n@@ -1,2 +1,2 @@\n"
          + " def add(a, b):\n-    return a - b\n+    return a + b\n";

  private static final String TEST_PATCH =
      "diff --git a/tests/test_calc.py b/tests/test_calc.py\n--- a/tests/test_calc.py\n"
          + "+++ b/tests/test_calc.py\n@@ -1,4 +1,7 @@\n import calc\n \n def test_same():\n"
          + "     assert calc.add(1, 0) == 1\n+\n+def test_add():\n+    assert calc.add(1, 2) == 3\n";

  /** Stands in for pytest: runs the functions of the files it is given. */
  private static final String RUNNER =
      "#!/usr/bin/env python3\n"
          + "import importlib.util, sys\nsys.path.insert(0, '.')\nbad = 0\n"
          + "for f in [a for a in sys.argv[1:] if a.endswith('.py')]:\n"
          + "    s = importlib.util.spec_from_file_location('t', f); m = importlib.util.module_from_spec(s); s.loader.exec_module(m)\n"
          + "    for n in [n for n in dir(m) if n.startswith('test_')]:\n"
          + "        try:\n            getattr(m, n)(); print('PASSED', f + '::' + n)\n"
          + "        except AssertionError as e:\n            bad = 1; print('FAILED', f + '::' + n + ' - assert')\n"
          + "sys.exit(bad)\n";

  /** History with the fix after the base, as images have it that were made with too little care. */
  private static final String SETUP =
      "set -e\nexport GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b\n"
          + "mv /tmp/pytest /usr/local/bin/; chmod +x /usr/local/bin/pytest\nmkdir -p /opt/miniconda3/bin; echo 'conda() { :; }' > /opt/miniconda3/bin/activate\n"
          + "for d in /testbed /app; do cp -r /tmp/repo/. $d; cd $d; git init -q .; git add -A; git commit -qm 'the base';\n"
          + "git rev-parse HEAD > /tmp/base$(echo $d | tr / -); sed -i 's/a - b/a + b/' calc.py;\n"
          + "printf '\\ndef test_add():\\n    assert calc.add(1, 2) == 3\\n' >> tests/test_calc.py;\n"
          + "git commit -qam 'the fix of tomorrow'; git rev-parse HEAD > /tmp/fix$(echo $d | tr / -);\n"
          + "git tag v9; git remote add origin https://example.com/x.git; git update-ref refs/remotes/origin/main HEAD;\n"
          + "git reset -q --hard HEAD~1; done\n";

  private final JsonMapper json = new JsonMapper();
  private Path folder;
  private TrialHarness harness;
  private String benchBase;
  private String proBase;
  private String proFix;

  @BeforeAll
  void build(@TempDir Path folder) throws Exception {
    this.folder = folder;
    harness = new TrialHarness(folder, "docker");
    harness.provider().prepare(new ImageSource.Named("pacebench/starter", Duration.ofMinutes(10)));
    Path context = folder.resolve("image");
    write(context.resolve("repo/calc.py"), "def add(a, b):\n    return a - b\n");
    write(
        context.resolve("repo/tests/test_calc.py"),
        "import calc\n\ndef test_same():\n    assert calc.add(1, 0) == 1\n");
    write(context.resolve("pytest"), RUNNER);
    write(context.resolve("setup.sh"), SETUP);
    write(
        context.resolve("Dockerfile"),
        "FROM pacebench/starter\nCOPY . /tmp/\nRUN sh /tmp/setup.sh\nWORKDIR /testbed\n");
    docker("build", "-q", "-t", BENCH, "-t", PRO, context.toString());
    String[] commits =
        docker("run", "--rm", BENCH, "cat", "/tmp/base-testbed", "/tmp/base-app", "/tmp/fix-app")
            .split("\n");
    benchBase = commits[0];
    proBase = commits[1];
    proFix = commits[2];
  }

  @AfterAll
  void remove() throws Exception {
    harness.close();
    docker("rmi", "-f", BENCH, PRO);
  }

  private static String docker(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return out;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ObjectNode benchRow() {
    ObjectNode row = json.createObjectNode();
    row.put("repo", "pallets/flask").put("instance_id", "pallets__flask-1");
    row.put("base_commit", benchBase).put("patch", GOLD).put("test_patch", TEST_PATCH);
    row.put("problem_statement", "Sums are wrong.").put("version", "2.0");
    row.put("FAIL_TO_PASS", "[\"tests/test_calc.py::test_add\"]");
    row.put("PASS_TO_PASS", "[\"tests/test_calc.py::test_same\"]");
    return row;
  }

  private Task read(TaskFormat format, String name, ObjectNode row) throws IOException {
    Path file = folder.resolve(name + "/rows.jsonl");
    write(file, row + "\n");
    return format.read(name, file).tasks().get(0);
  }

  private Task bench(String name, ObjectNode row) throws IOException {
    return read(new SweBenchFormat(), name, row);
  }

  private Task pro() throws IOException {
    String id = "instance_sample__calc-1";
    Path scripts = folder.resolve("pro/run_scripts").resolve(id);
    write(
        scripts.resolve("run_script.sh"),
        "cd /app; IFS=,; for f in $1; do /usr/local/bin/pytest $f; done\n");
    write(
        scripts.resolve("parser.py"),
        "import json, sys\nout = [l.split() for l in open(sys.argv[1]) if '::' in l]\n"
            + "json.dump({'tests': [{'name': w[1], 'status': w[0]} for w in out]}, open(sys.argv[3], 'w'))\n");
    ObjectNode row = json.createObjectNode();
    row.put("repo", "sample/calc").put("instance_id", id).put("base_commit", proBase);
    row.put("patch", GOLD).put("problem_statement", "Sums are wrong.").put("requirements", "none");
    row.put("interface", "none").put("repo_language", "python");
    row.put("fail_to_pass", "['tests/test_calc.py::test_add']");
    row.put("pass_to_pass", "[\"tests/test_calc.py::test_same\"]");
    row.put(
        "before_repo_set_cmd",
        "git reset --hard " + proBase + "\ngit checkout " + proFix + " -- tests/test_calc.py");
    row.put("selected_test_files_to_run", "['tests/test_calc.py']");
    return read(new SweBenchProFormat(), "pro", row);
  }

  private String patch(TrialRecord record) throws IOException {
    return Files.readString(harness.evidence(record).resolve("artifacts/patch.diff"));
  }

  private void solvedByReference(Task task) throws Exception {
    TrialRecord oracle = harness.run(task, new OracleAgent(Map.of()));
    assertThat(oracle.reason()).contains("the verifier passed");
    assertThat(oracle.outcome()).isEqualTo(Outcome.SOLVED);
  }

  private void showsNoFutureAndIsNotSolvedByLooking(Task task) throws Exception {
    TrialRecord looked =
        harness.run(
            task,
            new ShellAgent(
                "{ git log --all --oneline; git tag; git remote -v; git reflog; for o in"
                    + " $(git cat-file --batch-all-objects --batch-check='%(objectname)'); do"
                    + " git cat-file -p $o 2>/dev/null; done; } > seen.txt; git fsck --lost-found >> seen.txt"));
    assertThat(patch(looked)).contains("the base").doesNotContain("tomorrow", "v9", "a + b");
    assertThat(looked.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(looked.reason()).contains("tests/test_calc.py::test_add");
  }

  @Test
  void anOlderRowIsSolvedByItsReferenceAlone() throws Exception {
    Task task = bench("older", benchRow());
    solvedByReference(task);
    showsNoFutureAndIsNotSolvedByLooking(task);
  }

  @Test
  void aNewerRowRunsItsOwnScriptAndHostileOutputDoesNotPass() throws Exception {
    ObjectNode row = benchRow().put("instance_id", "other__thing-1").put("repo", "other/thing");
    row.put("image", BENCH).put("log_parser", "parse_log_pytest");
    row.put(
        "eval_script",
        "#!/bin/bash\nset -uxo pipefail\ncd /testbed\ngit apply -v - <<'X'\n"
            + TEST_PATCH
            + "X\n: '>>>>> Start Test Output'\npytest -rA tests/test_calc.py\n"
            + "SWEBENCH_TEST_EXIT_CODE=$?\n: '>>>>> End Test Output'\n"
            + "echo \">>>>> Test Exit Code: $SWEBENCH_TEST_EXIT_CODE\"\n");
    Task task = bench("newer", row);
    solvedByReference(task);
    TrialRecord hostile =
        harness.run(
            task,
            new ShellAgent(
                "printf 'print(\"PASSED tests/test_calc.py::test_add\")\\nprint(\"PASSED tests/test_calc.py::test_same\")\\n"
                    + "print(\">>>>> End Test Output\", flush=True)\\n' >> calc.py"));
    assertThat(hostile.outcome()).isEqualTo(Outcome.FAILED);
    TrialRecord exits =
        harness.run(
            task,
            new ShellAgent(
                "printf 'import os\\nprint(\"PASSED tests/test_calc.py::test_add\")\\nprint(\"PASSED tests/test_calc.py::test_same\", flush=True)\\n"
                    + "os._exit(7)\\n' >> calc.py"));
    assertThat(exits.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(exits.reason()).contains("exit code 7");
  }

  @Test
  void aRowWhoseImageIsAnotherOneIsRefusedInWords() throws Exception {
    Task task = bench("wrong-base", benchRow().put("base_commit", "ab".repeat(20)));
    assertThatThrownBy(() -> harness.run(task, new NopAgent()))
        .isInstanceOf(LostTryException.class)
        .hasMessageContaining("its base commit is not in the repository")
        .hasMessageContaining("/testbed");
  }

  @Test
  void aProRowIsSolvedByItsReferenceAlone() throws Exception {
    Task task = pro();
    solvedByReference(task);
    showsNoFutureAndIsNotSolvedByLooking(task);
    TrialRecord hostile =
        harness.run(
            task,
            new ShellAgent(
                "printf 'import os\\nopen(\"/workspace/output.json\", \"w\").write(\"all passed\")\\n"
                    + "open(\"/workspace/parser.py\", \"w\").write(\"pass\")\\n' >> calc.py"));
    assertThat(hostile.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(hostile.reason()).contains("tests/test_calc.py::test_add");
  }
}
