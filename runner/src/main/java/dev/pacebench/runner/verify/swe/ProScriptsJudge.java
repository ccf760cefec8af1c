package dev.pacebench.runner.verify.swe;

import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.swebenchpro.ProReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges by the scripts of a SWE-bench Pro row.
 *
 * <p>The row's parser runs in a sandbox of its own, where no code of the agent ever ran.
 */
final class ProScriptsJudge {

  private static final String OUT = "stdout.log";
  private static final String ERR = "stderr.log";

  private final JudgedSandbox place;
  private final Judge.ProScripts judge;
  private final Supplier<Sandbox> fresh;

  ProScriptsJudge(JudgedSandbox place, Judge.ProScripts judge, Supplier<Sandbox> fresh) {
    this.place = place;
    this.judge = judge;
    this.fresh = fresh;
  }

  ChangeResult judge(byte[] patch) throws InterruptedException, IOException {
    if (patch.length > 0) {
      CommandResult applied = place.script("apply-leniently", Map.of("PB_PATCH", place.put(patch)));
      if (!applied.succeeded()) {
        return ChangeResult.untested(
            false, "the change does not apply to the base: " + Scripts.said(applied), List.of());
      }
    }
    if (!judge.before().isEmpty()) {
      CommandResult before =
          place.sandbox().run(place.command(exports() + judge.before(), JudgedSandbox.STEP_LIMIT));
      if (!before.succeeded()) {
        throw new SandboxException(
            Kind.BAD_REQUEST,
            "before_repo_set_cmd ended with exit code "
                + before.exitCode()
                + ": "
                + Scripts.said(before),
            "see whether the image is the one that the row means");
      }
    }
    place.sandbox().put(judge.runScript(), "/workspace/run_script.sh", true);
    String files = String.join(",", judge.testFiles()).replace("'", "'\\''");
    TestRun run =
        place.tests(
            exports()
                + "bash /workspace/run_script.sh '"
                + files
                + "' > /workspace/stdout.log 2> /workspace/stderr.log",
            "run.txt");
    if (run.result().end() != CommandResult.End.EXITED) {
      return ChangeResult.ended(run, "the tests");
    }
    for (String log : List.of(OUT, ERR)) {
      if (!fetch(place.sandbox(), "/workspace/" + log, place.folder())) {
        return ChangeResult.untested(true, log + " of the tests is gone or too large", List.of());
      }
    }
    ProReport report = parse();
    TestLists lists = place.change().tests().orElseThrow();
    return new ChangeResult(
        true,
        report.tests(),
        Optional.of(report.grade(lists)),
        report.rejected(),
        false,
        run.result().exitCode(),
        List.of(),
        run.seconds());
  }

  private String exports() {
    return judge.env().isBlank() ? "" : judge.env() + "\n";
  }

  private ProReport parse() throws InterruptedException, IOException {
    try (Sandbox clean = fresh.get()) {
      for (String log : List.of(OUT, ERR)) {
        clean.put(place.folder().resolve(log), "/workspace/" + log, false);
      }
      clean.put(judge.parserScript(), "/workspace/parser.py", false);
      CommandResult parsed =
          clean.run(
              Command.of(
                      exports()
                          + "p=python; command -v python >/dev/null 2>&1 || p=python3; cd /workspace &&"
                          + " exec $p parser.py stdout.log stderr.log output.json",
                      JudgedSandbox.STEP_LIMIT)
                  .withWorkdir("/"));
      if (!fetch(clean, "/workspace/output.json", place.folder())) {
        return new ProReport(
            Map.of(), "the row's parser wrote no output.json: " + Scripts.said(parsed));
      }
    }
    return ProReport.read(
        Files.readString(place.folder().resolve("output.json"), StandardCharsets.UTF_8));
  }

  private boolean fetch(Sandbox sandbox, String file, Path target) throws IOException {
    Path copy = Files.createTempDirectory(place.scratch(), "log-");
    try {
      if (!sandbox.get(file, copy, TestRun.MAX_BYTES)) {
        return false;
      }
      String name = file.substring(file.lastIndexOf('/') + 1);
      Path fetched = copy.resolve(name);
      if (!Files.isRegularFile(fetched, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Path kept = target.resolve(name);
      FileTrees.delete(kept);
      Files.copy(fetched, kept);
      return true;
    } catch (SandboxException e) {
      if (e.kind() != Kind.BAD_REQUEST) {
        throw e;
      }
      return false;
    } finally {
      FileTrees.delete(copy);
    }
  }
}
