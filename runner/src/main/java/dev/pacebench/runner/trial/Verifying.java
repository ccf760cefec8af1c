package dev.pacebench.runner.trial;

import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.verify.ChangeWork;
import dev.pacebench.runner.verify.TamperBaseline;
import dev.pacebench.runner.verify.TamperCheck;
import dev.pacebench.runner.verify.Verdict;
import dev.pacebench.runner.verify.Verification;
import dev.pacebench.runner.verify.VerificationJob;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.tasks.EnvTemplates;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Verification within one try.
 *
 * @param prepare makes an image ready
 * @param change what is known of the change, for a task of changing a repository
 */
record Verifying(
    SandboxOpener opener,
    Sandbox sandbox,
    PreparedImage image,
    Function<ImageSource, PreparedImage> prepare,
    Map<String, String> hostEnv,
    Path scratch,
    TamperBaseline baseline,
    Optional<ChangeWork> change) {

  /**
   * Verifies.
   *
   * @param task or one of its steps
   * @param used whether an agent ever ran a command in the sandbox
   * @param folder of the evidence, for what the verifier says and gets
   */
  Verdict verify(Task task, Duration limit, boolean used, Path folder)
      throws InterruptedException, IOException {
    if (task.verifier().mode() == Verifier.Mode.SHARED) {
      sandbox.network(opener.verifyNetwork());
    }
    return Verification.verify(
        new VerificationJob(
            task,
            sandbox,
            used,
            () -> opener.openFresh(image),
            () -> opener.openVerifier(verifierImage(task)),
            opener.workdir(image),
            EnvTemplates.resolve(task.name() + ": verifier.env", task.verifier().env(), hostEnv),
            limit,
            folder,
            scratch,
            baseline,
            change));
  }

  /** The same, with the change that an agent handed over. */
  Verifying given(Optional<Patch> patch) {
    Optional<ChangeWork> work = change.map(it -> new ChangeWork(it.base(), patch));
    return new Verifying(opener, sandbox, image, prepare, hostEnv, scratch, baseline, work);
  }

  /**
   * What a verification in the agent's sandbox changed there is not taken for the agent's doing.
   */
  void forgive() throws IOException {
    baseline.remember(sandbox, new TamperCheck(scratch, () -> opener.openFresh(image)));
  }

  private PreparedImage verifierImage(Task task) {
    return task.verifier().environment().isEmpty()
        ? image
        : prepare.apply(TaskImages.verifier(task));
  }
}
