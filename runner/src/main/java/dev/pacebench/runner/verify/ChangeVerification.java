package dev.pacebench.runner.verify;

import dev.pacebench.runner.verify.swe.ChangeResult;
import dev.pacebench.runner.verify.swe.ChangeTaker;
import dev.pacebench.runner.verify.swe.ChangeVerifier;
import dev.pacebench.runner.verify.swe.TakenChange;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.swe.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Verifies a try of changing a repository: the change goes to the evidence, then to fresh
 * sandboxes.
 *
 * <p>Tests that never come to an end are run once more before that is believed.
 */
final class ChangeVerification {

  /** Where the change lies in the evidence. */
  static final String PATCH = "artifacts/patch.diff";

  private static final int ROUNDS = 2;
  private static final String SOURCE = "tests";

  private ChangeVerification() {}

  static Verdict verify(VerificationJob job, ChangeWork work)
      throws InterruptedException, IOException {
    CodeChange change = job.task().change().orElseThrow();
    Optional<Patch> given = work.given();
    TakenChange taken =
        given.isPresent()
            ? new TakenChange(given.get().bytes(), "")
            : new ChangeTaker(change, work.base(), job.scratch())
                .take(job.agentSandbox(), job.fresh());
    Path file = job.folder().resolve(PATCH);
    Files.createDirectories(file.getParent());
    Files.write(file, taken.patch());
    if (!taken.problem().isEmpty()) {
      return verdict(Optional.empty(), taken.problem(), taken.patch(), 0);
    }
    if (given.isPresent() && taken.patch().length == 0) {
      return verdict(Optional.empty(), "the prediction is empty", taken.patch(), 0);
    }
    ChangeVerifier verifier =
        new ChangeVerifier(change, job.freshForVerifier(), job.env(), job.timeout(), job.scratch());
    ChangeResult result = verifier.verify(taken.patch(), job.verifierFolder());
    int rounds = 1;
    while (result.silent() && rounds < ROUNDS) {
      result = verifier.verify(taken.patch(), job.verifierFolder());
      rounds++;
    }
    ChangeReport.write(job, result, taken.patch().length);
    return verdict(Optional.of(result), result.problem(), taken.patch(), rounds);
  }

  private static Verdict verdict(
      Optional<ChangeResult> result, String problem, byte[] patch, int rounds) {
    if (result.isPresent() && result.get().silent()) {
      return new Verdict(Optional.empty(), problem, List.of(), Map.of(), rounds);
    }
    boolean resolved = result.map(ChangeResult::resolved).orElse(false);
    Map<String, Double> figures = new TreeMap<>();
    figures.put("patch_bytes", (double) patch.length);
    result.ifPresent(
        it -> {
          figures.put("test_seconds", it.seconds());
          figures.put("tests", (double) it.tests().size());
          figures.put(
              "tests_passed",
              (double) it.tests().values().stream().filter(status -> status.passes()).count());
          figures.put("files_restored", (double) it.restored().size());
          it.grade().ifPresent(grade -> counts(grade, figures));
        });
    return new Verdict(
        Optional.of(new Rewards(Map.of(Rewards.DECISIVE, resolved ? 1.0 : 0.0), SOURCE)),
        resolved ? "" : why(result, problem),
        List.of(),
        figures,
        rounds);
  }

  private static void counts(Grade grade, Map<String, Double> figures) {
    figures.put("fail_to_pass", (double) grade.failToPass().size());
    figures.put("fail_to_pass_missed", (double) grade.failToPassMissed().size());
    figures.put("pass_to_pass", (double) grade.passToPass().size());
    figures.put("pass_to_pass_missed", (double) grade.passToPassMissed().size());
  }

  private static String why(Optional<ChangeResult> result, String problem) {
    if (!problem.isEmpty()) {
      return problem;
    }
    Optional<Grade> grade = result.flatMap(ChangeResult::grade);
    if (grade.isEmpty()) {
      return "the task does not say which tests decide";
    }
    int missed = grade.get().failToPassMissed().size();
    int broken = grade.get().passToPassMissed().size();
    String first =
        missed > 0 ? grade.get().failToPassMissed().get(0) : grade.get().passToPassMissed().get(0);
    return missed
        + " of the tests that must begin to pass do not, "
        + broken
        + " that passed no longer do, the first is "
        + first;
  }
}
