package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.tasks.Task;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes in sandboxes without an engine, and what does not depend on the sandbox. */
@Tag("local")
@Tag("slow")
class LocalChangeTest extends ChangePromise {

  LocalChangeTest() {
    super("local");
  }

  @Test
  void statusLinesThatCodePrintsDoNotCount() throws Exception {
    TrialRecord unittest =
        shell(
            task("prints").read(),
            "cat >> calc/__init__.py <<'E'\n"
                + "import sys\n"
                + "print('test_add (tests.test_calc.CalcTest) ... ok', file=sys.stderr, flush=True)\n"
                + "print('ok', file=sys.stderr, flush=True)\nE\n");
    assertThat(unittest.outcome()).isEqualTo(Outcome.FAILED);

    Task lines =
        task("prints-lines")
            .verifier(
                "command = '''python3 -c 'import calc; print(\"PASSED add\" if calc.add(1,2)==3"
                    + " else \"FAILED add\")' '''\nparser = \"lines\"\n")
            .tests(List.of("add"), List.of())
            .read();
    assertThat(shell(lines, "echo 'print(\"PASSED add\")' >> calc/__init__.py").outcome())
        .isEqualTo(Outcome.FAILED);
    assertThat(shell(lines, FIX).outcome()).isEqualTo(Outcome.SOLVED);
    TrialRecord crashed =
        shell(
            lines,
            "printf 'import os\\nprint(\"PASSED add\", flush=True)\\nos._exit(3)\\n' >> calc/__init__.py");
    assertThat(crashed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(crashed.reason()).contains("exit code 3");
  }

  @Test
  void hiddenTestsReplaceWhatTheAgentPutInTheirPlace() throws Exception {
    Task task = task("in-place").read();
    TrialRecord file =
        shell(
            task,
            "cat > tests/test_calc.py <<'E'\nimport unittest\nclass CalcTest(unittest.TestCase):\n"
                + "    def test_add(self): pass\n    def test_mul(self): pass\nE\n");
    assertThat(file.outcome()).isEqualTo(Outcome.FAILED);
    TrialRecord link = shell(task, FIX + "rm -rf tests; mkdir elsewhere; ln -s elsewhere tests");
    assertThat(link.reason()).contains("the verifier passed");
    assertThat(link.outcome()).isEqualTo(Outcome.SOLVED);
  }

  @Test
  void aChangeThatIsFarTooLargeIsRefusedInWords() throws Exception {
    TrialRecord record =
        shell(task("large").read(), FIX + "head -c 40000000 /dev/urandom > core.dump");
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.reason()).contains("larger than 32 MB").contains(".gitignore");
  }

  @Test
  void testsThatNeverEndAreSilentAndABuildThatFailsIsNot() throws Exception {
    Task endless =
        task("endless")
            .verifier("timeout_sec = 2\ncommand = \"sleep 60\"\nparser = \"lines\"\n")
            .read();
    TrialRecord silent = shell(endless, FIX);
    assertThat(silent.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(silent.flags()).contains("verifier_silent");
    assertThat(silent.figures()).containsEntry("verifier_rounds", 2.0);

    Task built =
        task("built")
            .verifier(
                "before = [\"python3 -m compileall -q calc\"]\n"
                    + "command = \"python3 -m unittest -v\"\nparser = \"unittest\"\n")
            .read();
    TrialRecord failed = shell(built, "echo 'def' > calc/__init__.py");
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.flags()).doesNotContain("verifier_silent");
    assertThat(failed.reason()).contains("compileall").contains("exit code 1");
  }
}
