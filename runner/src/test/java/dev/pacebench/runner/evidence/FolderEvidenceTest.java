package dev.pacebench.runner.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.store.SamplePlans;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FolderEvidenceTest {

  private final FolderEvidence evidence = new FolderEvidence();
  private final PlannedTrial trial =
      SamplePlans.plan("r", 1, List.of("a"), 1, 1, 3).trials().get(0);
  @TempDir private Path folder;
  private Home home;
  private Path place;

  @BeforeEach
  void home() {
    home = new Home(folder);
    place = home.trial("r", trial.id());
  }

  private void commit(int number, Outcome outcome, Map<String, Object> extra) throws IOException {
    try (EvidenceStore.Draft draft = evidence.begin(home, trial, number)) {
      draft.commit(SamplePlans.record(trial, number, outcome), extra);
    }
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private java.util.Optional<TrialRecord> result() throws IOException {
    return evidence.finalResult(home, "r", trial.id());
  }

  @Test
  void nothingIsThereByItsNameBeforeTheCommit() throws IOException {
    try (EvidenceStore.Draft draft = evidence.begin(home, trial, 1)) {
      assertThat(draft.folder().resolve("agent")).isDirectory();
      assertThat(draft.folder().resolve("verifier")).isDirectory();
      assertThat(draft.folder().resolve("artifacts")).isDirectory();
      assertThat(draft.finalName()).isEqualTo("runs/r/trials/t0.a.1/try-1");
      assertThat(evidence.tries(home, "r", trial.id())).isZero();
      Files.writeString(draft.folder().resolve("agent/log.txt"), "kept");
      draft.commit(SamplePlans.record(trial, 1, Outcome.SOLVED), Map.of());
    }
    assertThat(entries()).containsExactly("try-1");
    assertThat(place.resolve("try-1/agent/log.txt")).hasContent("kept");
  }

  @Test
  void aRecordReadsBackEqual() throws IOException {
    commit(1, Outcome.SOLVED, Map.of("calls", List.of(1, 2)));
    assertThat(result()).contains(SamplePlans.record(trial, 1, Outcome.SOLVED));
  }

  @Test
  void aDraftThatIsClosedLeavesNothing() throws IOException {
    evidence.begin(home, trial, 1).close();
    assertThat(entries()).isEmpty();
  }

  @Test
  void evidenceIsNeverWrittenOver() throws IOException {
    EvidenceStore.Draft slower = evidence.begin(home, trial, 1);
    commit(1, Outcome.SOLVED, Map.of());
    assertThatThrownBy(() -> evidence.begin(home, trial, 1))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> slower.commit(SamplePlans.record(trial, 1, Outcome.FAILED), Map.of()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(entries()).containsExactly("try-1");
    assertThat(result()).map(TrialRecord::outcome).contains(Outcome.SOLVED);
  }

  @Test
  void aLostTryCountsOnlyWhenItIsSaidToBeTheLast() throws IOException {
    commit(1, Outcome.LOST, Map.of());
    commit(2, Outcome.LOST, Map.of());
    assertThat(result()).isEmpty();
    assertThat(evidence.tries(home, "r", trial.id())).isEqualTo(2);
    evidence.confirmLost(home, "r", trial.id(), 2);
    assertThat(result()).map(TrialRecord::tries).contains(2);
    commit(3, Outcome.FAILED, Map.of());
    assertThat(result()).map(TrialRecord::tries).contains(3);
  }

  @Test
  void theLowestFinalTryCountsAndExtraMaySayWhatIsFinal() throws IOException {
    commit(1, Outcome.SOLVED, Map.of("final", false));
    commit(2, Outcome.FAILED, Map.of());
    commit(3, Outcome.SOLVED, Map.of());
    assertThat(result()).map(TrialRecord::tries).contains(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"pacebench\": 7}",
        "{\"pacebench\": {\"final\": true}}",
        "{\"pacebench\": {\"final\": true, \"record\": null}}",
        "{\"pacebench\": {\"final\": true, \"record\": []}}",
        "{\"pacebench\": {\"final\": true, \"record\": {\"run\": \"r\"}}}",
        "\u0000\u0001\u0002"
      })
  void garbageCountsAsNoResultAndStays(String text) throws IOException {
    Files.createDirectories(place.resolve("try-1"));
    Files.writeString(place.resolve("try-1/result.json"), text);
    assertThat(result()).isEmpty();
    assertThat(evidence.tries(home, "r", trial.id())).isEqualTo(1);
    commit(2, Outcome.SOLVED, Map.of());
    assertThat(result()).map(TrialRecord::tries).contains(2);
    assertThat(place.resolve("try-1/result.json")).hasContent(text);
  }

  @Test
  void aHalfWrittenFileCountsAsNoResult() throws IOException {
    commit(1, Outcome.SOLVED, Map.of());
    Path file = place.resolve("try-1/result.json");
    String whole = Files.readString(file);
    for (int length = 1; length < whole.length() - 2; length += 97) {
      Files.writeString(file, whole.substring(0, length));
      assertThat(result()).isEmpty();
    }
  }

  @Test
  void evidenceOfAnotherRunDoesNotCount() throws IOException {
    commit(1, Outcome.SOLVED, Map.of());
    Path other = Files.createDirectories(home.trial("s", trial.id()).resolve("try-1"));
    Files.copy(place.resolve("try-1/result.json"), other.resolve("result.json"));
    assertThat(evidence.finalResult(home, "s", trial.id())).isEmpty();
  }

  @Test
  void draftsAreRemovedWhateverTheirPermissionsAndCommittedFoldersAreNot() throws IOException {
    commit(1, Outcome.SOLVED, Map.of());
    EvidenceStore.Draft draft = evidence.begin(home, trial, 2);
    Path locked = Files.createDirectories(draft.folder().resolve("artifacts/locked"));
    Files.writeString(locked.resolve("file"), "x");
    Files.createSymbolicLink(locked.resolve("out"), folder);
    locked.toFile().setExecutable(false);
    evidence.removeDrafts(home, "r");
    assertThat(entries()).containsExactly("try-1");
    assertThat(folder).isDirectory();
    evidence.removeDrafts(home, "never-started");
  }

  @Test
  void aCommitIsFinishedThoughTheThreadIsInterrupted() throws IOException {
    try (EvidenceStore.Draft draft = evidence.begin(home, trial, 1)) {
      Thread.currentThread().interrupt();
      draft.commit(SamplePlans.record(trial, 1, Outcome.SOLVED), Map.of());
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(result()).isPresent();
  }

  @Test
  void harborFindsItsOwnFields() throws IOException {
    commit(1, Outcome.SOLVED, Map.of());
    JsonNode json =
        JsonMapper.shared().readTree(Files.readString(place.resolve("try-1/result.json")));
    assertThat(json.path("task_name").asString()).isEqualTo("t0");
    assertThat(json.path("trial_name").asString()).isEqualTo("t0.a.1");
    assertThat(json.path("task_checksum").asString()).isEqualTo("harbor-t0");
    assertThat(json.path("agent_info").path("name").asString()).isEqualTo("nop");
    assertThat(json.path("verifier_result").path("rewards").path("reward").asDouble())
        .isEqualTo(1.0);
    assertThat(json.path("exception_info").isNull()).isTrue();
    assertThat(json.path("agent_execution").path("started_at").asString())
        .isEqualTo("2026-01-01T00:00:01Z");
    assertThat(json.path("agent_execution").path("finished_at").asString())
        .isEqualTo("2026-01-01T00:00:03.500Z");
    assertThat(json.path("verifier").path("finished_at").asString())
        .isEqualTo("2026-01-01T00:00:04.250Z")
        .isEqualTo(json.path("finished_at").asString());
  }
}
