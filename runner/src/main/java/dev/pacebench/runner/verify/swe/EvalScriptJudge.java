package dev.pacebench.runner.verify.swe;

import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.swebench.EvalLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges by the one script of a SWE-bench row. */
final class EvalScriptJudge {

  private static final String LOG = "test-stdout.txt";

  private final JudgedSandbox place;
  private final Judge.EvalScript judge;

  EvalScriptJudge(JudgedSandbox place, Judge.EvalScript judge) {
    this.place = place;
    this.judge = judge;
  }

  ChangeResult judge(byte[] patch) throws InterruptedException, IOException {
    if (patch.length > 0) {
      CommandResult applied = place.script("apply-leniently", Map.of("PB_PATCH", place.put(patch)));
      if (!applied.succeeded()) {
        return ChangeResult.untested(
            false, "the change does not apply to the base: " + Scripts.said(applied), List.of());
      }
    }
    Files.writeString(place.folder().resolve("eval.sh"), judge.script());
    String script = place.put(judge.script().getBytes(StandardCharsets.UTF_8));
    TestRun run = place.tests("exec /bin/bash " + script, LOG);
    if (run.result().end() != CommandResult.End.EXITED) {
      return ChangeResult.ended(run, "the tests");
    }
    if (run.tooLong()) {
      return ChangeResult.untested(
          true, "the tests printed more than " + (TestRun.MAX_BYTES >> 20) + " MB", List.of());
    }
    EvalLog log = EvalLog.read(judge, run.output());
    TestLists lists = place.change().tests().orElseThrow();
    return new ChangeResult(
        true,
        log.tests(),
        Optional.of(log.grade(judge, lists)),
        log.rejected(),
        false,
        run.result().exitCode(),
        List.of(),
        run.seconds());
  }
}
