package dev.pacebench.runner.verify;

import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.tasks.Verifier;
import java.io.IOException;
import java.util.List;

/**
 * Verifies one try, in the agent's sandbox or in a fresh one.
 *
 * <p>A verifier that stays silent is run once more before that is believed. In shared mode the
 * sandbox is searched for tampering before the tests enter.
 */
public final class Verification {

  private static final int ROUNDS = 2;
  private static final int KEPT_OF_SERVICES = 1 << 20;

  private Verification() {}

  public static Verdict verify(VerificationJob job) throws InterruptedException, IOException {
    if (job.change().isPresent()) {
      return ChangeVerification.verify(job, job.change().get());
    }
    return job.task().verifier().mode() == Verifier.Mode.SEPARATE ? separate(job) : shared(job);
  }

  private static Verdict shared(VerificationJob job) throws InterruptedException, IOException {
    List<String> tampered = List.of();
    if (job.agentUsed()) {
      tampered = new TamperCheck(job.scratch(), job.fresh()).suspicious(job.agentSandbox());
      tampered = job.baseline().changed(job.agentSandbox(), tampered);
      // The agent may have meddled with what ran its commands.
      job.agentSandbox().renewDispatcher();
    }
    RewardFiles.Reading reading = TestRound.run(job, job.agentSandbox());
    int rounds = 1;
    while (reading.rewards().isEmpty() && rounds < ROUNDS) {
      job.agentSandbox().renewDispatcher();
      reading = TestRound.run(job, job.agentSandbox());
      rounds++;
    }
    return verdict(job, reading, tampered, rounds);
  }

  private static Verdict separate(VerificationJob job) throws InterruptedException, IOException {
    List<CollectedArtifact> artifacts = ArtifactCollector.collect(job);
    RewardFiles.Reading reading = separateRound(job, artifacts);
    int rounds = 1;
    while (reading.rewards().isEmpty() && rounds < ROUNDS) {
      reading = separateRound(job, artifacts);
      rounds++;
    }
    return verdict(job, reading, List.of(), rounds);
  }

  private static RewardFiles.Reading separateRound(
      VerificationJob job, List<CollectedArtifact> artifacts)
      throws InterruptedException, IOException {
    try (Sandbox fresh = job.freshForVerifier().get()) {
      try {
        ArtifactCollector.deliver(artifacts, fresh);
        return TestRound.run(job, fresh);
      } finally {
        fresh.serviceOutput(job.folder().resolve("verifier-services"), KEPT_OF_SERVICES);
      }
    }
  }

  private static Verdict verdict(
      VerificationJob job, RewardFiles.Reading reading, List<String> tampered, int rounds) {
    return new Verdict(
        reading.rewards(),
        reading.problem(),
        tampered,
        RewardFiles.ctrfFigures(job.verifierFolder()),
        rounds);
  }
}
