package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
@Tag("slow")
class DockerStepTest extends StepPromise {

  @Override
  String providerName() {
    return "docker";
  }

  @Test
  void whatAStepsVerifierInstallsIsNotHeldAgainstTheAgentButWhatTheAgentChangesIs()
      throws Exception {
    String installs =
        "mkdir -p /usr/local/bin; printf '#!/bin/sh\\nexit 0\\n' > /usr/local/bin/pytest\n"
            + "chmod 755 /usr/local/bin/pytest; sh /tests/judge.sh one\n";

    TrialRecord fair =
        harness.run(
            task("installs", "", "", "").write("steps/first/tests/test.sh", installs).read(),
            agent(FIRST, SECOND));
    TrialRecord unfair =
        harness.run(
            task("tampers", "", "", "").write("steps/first/tests/test.sh", installs).read(),
            agent(FIRST, SECOND + "; echo '#' >> /usr/local/bin/pytest"));

    assertThat(fair.flags()).doesNotContain("tampered");
    assertThat(fair.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(unfair.flags()).contains("tampered");
    assertThat(unfair.outcome()).isEqualTo(Outcome.FAILED);
  }
}
