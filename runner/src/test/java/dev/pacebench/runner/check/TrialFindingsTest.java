package dev.pacebench.runner.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.authoring.Finding.Severity;
import dev.pacebench.tasks.authoring.TaskTemplate;
import dev.pacebench.tasks.authoring.TaskTemplate.Answers;
import dev.pacebench.tasks.authoring.TaskTemplate.Style;
import dev.pacebench.tasks.sets.TaskSets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trials of a reference solution, and of nothing, say of a task. */
class TrialFindingsTest {

  @TempDir private Path temp;
  private Task task;

  @BeforeEach
  void aTask() {
    TaskTemplate.write(
        temp.resolve("set/guests"),
        new Answers(Style.TERMINAL, "guests", "easy", "x", LocalDate.EPOCH));
    task =
        new TaskSets(temp.resolve("a"), temp.resolve("b"), temp.resolve("c"))
            .resolve(temp.resolve("set").toString())
            .tasks()
            .get(0);
  }

  private List<Finding> findings(List<TrialRecord> reference, List<TrialRecord> nothing) {
    return TrialFindings.of(
        task,
        TaskFigures.of(reference, nothing, 0),
        reference,
        nothing,
        record -> Path.of("evidence", record.evidence()));
  }

  private static List<TrialRecord> trials(Outcome... outcomes) {
    return IntStream.range(0, outcomes.length)
        .mapToObj(i -> trial(outcomes[i], i + 1, 2, 1, List.of()))
        .toList();
  }

  private static TrialRecord trial(
      Outcome outcome, int attempt, double agent, double verify, List<String> flags) {
    return new TrialRecord(
        "check",
        "set",
        "guests",
        "t",
        "oracle",
        "c",
        "d",
        attempt,
        outcome,
        outcome == Outcome.LOST ? null : "finished",
        outcome == Outcome.SOLVED,
        outcome == Outcome.LOST ? null : agent,
        10,
        1,
        false,
        300,
        "separate",
        Map.of(),
        flags,
        Map.of("sandbox_start", 0.5, "agent_setup", 0.25, "verify", verify, "agent_other", agent),
        Map.of(),
        Map.of(),
        Map.of(),
        outcome == Outcome.LOST ? "the engine went away" : "",
        Instant.EPOCH,
        "try-" + attempt);
  }

  @Test
  void nothingIsSaidOfATaskThatIsAsItShouldBe() {
    assertThat(
            findings(
                trials(Outcome.SOLVED, Outcome.SOLVED, Outcome.SOLVED),
                trials(Outcome.FAILED, Outcome.FAILED, Outcome.FAILED)))
        .isEmpty();
  }

  @Test
  void flakyReferenceIsNamedWithItsRateAndTheEvidence() {
    assertThat(
            findings(
                trials(Outcome.SOLVED, Outcome.FAILED, Outcome.SOLVED), trials(Outcome.FAILED)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.where()).endsWith("solution/solve.sh");
              assertThat(finding.what()).contains("flaky", "2 of 3 times (67 %)");
              assertThat(finding.remedy()).contains("evidence/try-2");
            });
  }

  @Test
  void referenceThatNeverPassesAndNothingThatDoesAreErrors() {
    assertThat(
            findings(
                trials(Outcome.FAILED, Outcome.AGENT_ERROR),
                trials(Outcome.FAILED, Outcome.SOLVED)))
        .extracting(Finding::what)
        .satisfiesExactly(
            first -> assertThat(first).contains("never passes (0 of 2)"),
            second -> assertThat(second).contains("doing nothing passes 1 of 2"));
  }

  @Test
  void lostTrialsAreNoFailuresButAreNamed() {
    assertThat(findings(trials(Outcome.SOLVED, Outcome.LOST), trials(Outcome.FAILED)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.what()).contains("1 of 2", "the engine went away");
            });
    assertThat(findings(trials(Outcome.LOST), trials(Outcome.FAILED)))
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR);
  }

  @Test
  void tightLimitsAreFoundWithBetterOnes() {
    List<TrialRecord> slow = List.of(trial(Outcome.SOLVED, 1, 170, 40, List.of()));

    assertThat(findings(slow, trials(Outcome.FAILED)))
        .satisfiesExactly(
            agent -> {
              assertThat(agent.where()).endsWith("agent.timeout_sec");
              assertThat(agent.remedy()).contains("1740 s");
            },
            verifier -> {
              assertThat(verifier.where()).endsWith("verifier.timeout_sec");
              assertThat(verifier.remedy()).contains("420 s");
            });
  }

  @Test
  void silentVerifierIsFound() {
    List<TrialRecord> silent = List.of(trial(Outcome.FAILED, 1, 0, 1, List.of("verifier_silent")));

    assertThat(findings(trials(Outcome.SOLVED), silent))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("no reward is written"));
  }

  @Test
  void aServiceThatFailsByItselfIsFound() {
    List<TrialRecord> failed = List.of(trial(Outcome.FAILED, 1, 0, 1, List.of("service_failed")));

    assertThat(findings(trials(Outcome.SOLVED), failed))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.what()).contains("a service failed");
              assertThat(finding.remedy()).contains("evidence/try-1");
            });
  }

  @Test
  void figuresAreMediansOfAllTrials() {
    TaskFigures figures =
        TaskFigures.of(
            List.of(trial(Outcome.SOLVED, 1, 3, 1, List.of())),
            List.of(trial(Outcome.FAILED, 1, 0, 2, List.of())),
            7);

    assertThat(figures.setUpSeconds()).isEqualTo(0.75);
    assertThat(figures.verifySeconds()).isEqualTo(1.5);
    assertThat(figures.slowestVerifySeconds()).isEqualTo(2);
    assertThat(figures.agentFreeSeconds()).isEqualTo(2.25);
    assertThat(figures.referenceSeconds()).contains(3.0);
    assertThat(figures.buildSeconds()).isEqualTo(7);
  }
}
