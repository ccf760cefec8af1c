package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.NopAgent;
import dev.pacebench.runner.agent.OracleAgent;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Of a change to a repository only the change counts, and nothing in it can forge its verdict. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChangePromise {

  static final String FIX = "cat > calc/__init__.py <<'E'\n" + ChangeFolder.FIXED + "E\n";

  private final String provider;
  private Path folder;
  private TrialHarness harness;

  ChangePromise(String provider) {
    this.provider = provider;
  }

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    this.folder = folder;
    harness = new TrialHarness(folder, provider);
  }

  @AfterAll
  void close() {
    harness.close();
  }

  final ChangeFolder task(String name) throws IOException {
    return new ChangeFolder(folder.resolve("tasks"), name);
  }

  final TrialRecord shell(Task task, String script) throws Exception {
    return harness.run(task, new ShellAgent(script));
  }

  final String evidence(TrialRecord record, String file) throws IOException {
    return new String(
        Files.readAllBytes(harness.evidence(record).resolve(file)), StandardCharsets.ISO_8859_1);
  }

  @Test
  void theReferenceSolvesAndNothingDoesNot() throws Exception {
    Task task = task("plain").read();
    TrialRecord oracle = harness.run(task, new OracleAgent(Map.of()));
    assertThat(oracle.reason()).contains("the verifier passed");
    assertThat(oracle.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(oracle.verification()).isEqualTo("separate");
    assertThat(evidence(oracle, "artifacts/patch.diff")).contains("+    return a + b");
    assertThat(evidence(oracle, "verifier/report.json")).contains("\"resolved\" : true");

    TrialRecord nop = harness.run(task, new NopAgent());
    assertThat(nop.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(nop.reason()).contains("tests.test_calc.CalcTest.test_add");
    assertThat(evidence(nop, "artifacts/patch.diff")).isEmpty();
  }

  @Test
  void everyKindOfChangeIsCarriedAndWhatGitIgnoresIsNot() throws Exception {
    Task task =
        task("kinds")
            .write("repo/old name.txt", "gone\n")
            .write("repo/run.sh", "#!/bin/sh\n")
            .verifier(
                "command = '''\n"
                    + "t() { if eval \"$2\"; then echo \"PASSED $1\"; else echo \"FAILED $1\"; fi; }\n"
                    + "t binary '[ \"$(od -An -tx1 data.bin | tr -d \" \\n\")\" = 00ff0a00 ]'\n"
                    + "t deleted '[ ! -e \"old name.txt\" ]'\n"
                    + "t mode '[ -x run.sh ]'\n"
                    + "t link '[ \"$(readlink here)\" = calc ]'\n"
                    + "t new 'grep -q new \"a b/c.txt\"'\n"
                    + "t ignored '[ ! -e build ]'\n"
                    + "t committed 'grep -q kept kept.txt'\n"
                    + "'''\nparser = \"lines\"\n")
            .tests(
                List.of("binary", "deleted", "mode", "link", "new", "committed"),
                List.of("ignored"))
            .read();
    TrialRecord record =
        shell(
            task,
            "printf '\\000\\377\\n\\000' > data.bin; rm 'old name.txt'; chmod +x run.sh; ln -s calc here;"
                + " mkdir 'a b' build; echo new > 'a b/c.txt'; echo x > build/x;"
                + " echo kept > kept.txt; git add -A;"
                + " git -c user.name=a -c user.email=a@b commit -qm mine");
    assertThat(record.reason()).contains("the verifier passed");
    assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
  }

  @Test
  void aRepositoryThatTheAgentMeddledWithStillGivesItsChange() throws Exception {
    Task task = task("meddled").read();
    TrialRecord hidden =
        shell(
            task,
            FIX
                + "git update-index --assume-unchanged calc/__init__.py; echo 'calc/' > .git/info/exclude;"
                + " printf '[core]\\n\\tworktree = /nowhere\\n' >> .git/config;"
                + " printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit");
    assertThat(hidden.reason()).contains("the verifier passed");
    assertThat(hidden.outcome()).isEqualTo(Outcome.SOLVED);

    TrialRecord removed = shell(task, FIX + "rm -rf .git");
    assertThat(removed.reason()).contains("the verifier passed");
    assertThat(removed.outcome()).isEqualTo(Outcome.SOLVED);
  }

  @Test
  void whatTheAgentReplacedInItsOwnSandboxDoesNotJudge() throws Exception {
    TrialRecord record =
        shell(
            task("replaced").read(),
            "mkdir -p /usr/local/bin 2>/dev/null; for p in python3 git xargs; do"
                + " printf '#!/bin/sh\\necho \"Ran 2 tests in 0s\"; exit 0\\n'"
                + " > /usr/local/bin/$p && chmod +x /usr/local/bin/$p; done; echo x > note.txt");
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void filesThatSteerTheTestsAreTakenFromTheBase() throws Exception {
    TrialRecord record =
        shell(
            task("steered").read(),
            "cat > unittest.py <<'E'\nprint('test_add (tests.test_calc.CalcTest) ... ok')\n"
                + "print('test_mul (tests.test_calc.CalcTest) ... ok')\nprint('Ran 2 tests in 0.1s')\nE\n"
                + "echo 'import os; os._exit(0)' > sitecustomize.py;"
                + " echo 'raise SystemExit(0)' > tests/__init__.py; echo x > conftest.py");
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.reason()).contains("tests.test_calc.CalcTest.test_add");
    assertThat(evidence(record, "verifier/report.json"))
        .contains(
            "\"unittest.py\"", "\"sitecustomize.py\"", "\"conftest.py\"", "tests/__init__.py");
  }

  @Test
  void theAgentSeesOneCommitOfAFolderAndNoFutureOfABundle() throws Exception {
    String look =
        "{ git log --all --oneline; git reflog; git tag; git remote; git stash list;"
            + " git cat-file --batch-all-objects --batch-check='%(objecttype)' | grep -c commit;"
            + " git fsck --unreachable --no-reflogs 2>&1 | grep -c unreachable;"
            + " ls .git/ORIG_HEAD .git/FETCH_HEAD 2>/dev/null; } > seen.txt; true";
    TrialRecord plain = shell(task("one-commit").read(), look);
    assertThat(evidence(plain, "artifacts/patch.diff"))
        .contains("State of the repository")
        .doesNotContain("later");

    Path work = Files.createDirectories(folder.resolve("work"));
    String base = bundle(work);
    ChangeFolder bundled = task("bundled");
    FileTrees.delete(bundled.folder().resolve("repo"));
    Files.copy(work.resolve("repo.bundle"), bundled.folder().resolve("repo.bundle"));
    Task task = bundled.task("base_commit = \"" + base + "\"").read();
    TrialRecord seen = shell(task, look + "; git log --format=%s > history.txt");
    assertThat(evidence(seen, "artifacts/patch.diff"))
        .contains("+first", "+before the fix", "+v1")
        .doesNotContain("the fix itself", "v2", "side");
    assertThat(evidence(seen, "artifacts/patch.diff")).contains("\n+2\n+0\n");
    assertThat(harness.run(task, new OracleAgent(Map.of())).outcome()).isEqualTo(Outcome.SOLVED);
  }

  /** A repository with two commits, the fix after them, a side branch and two tags. */
  private static String bundle(Path work) throws Exception {
    ChangeFolder content = new ChangeFolder(work, "content");
    String script =
        "cd content/repo && export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b"
            + " GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; git init -q .; git add -A;"
            + " git commit -qm first; git tag v1; echo x > x; git add x; git commit -qm 'before the fix';"
            + " b=$(git rev-parse HEAD); git checkout -q -b side; echo y > y; git add y;"
            + " git commit -qm side; git checkout -q -; echo fix > fix; git add fix;"
            + " git commit -qm 'the fix itself'; git tag v2; git bundle create -q ../../repo.bundle --all;"
            + " echo $b";
    assertThat(content.folder()).exists();
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(work.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }
}
