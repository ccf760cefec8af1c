package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.gateway.record.Recording;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunFile.TrialFacts;
import dev.pacebench.runner.plan.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the calls that an earlier run recorded for the same attempt at the same task.
 *
 * <p>Of several contenders of that run the one of the same name is played back, or the only one
 * that made calls.
 */
final class RecordedCalls {

  private RecordedCalls() {}

  /**
   * The recording for a trial.
   *
   * @param run id of a run of this home, or the path of a run's folder
   * @throws UserError when there is none, or no single one
   */
  static Recording find(Home home, String run, PlannedTrial trial) throws IOException {
    Path folder = folder(home, run);
    Home theirs = new Home(folder.resolve("..").resolve(".."));
    String runId = folder.getFileName().toString();
    List<TrialFacts> same =
        RunFiles.readFile(theirs, runId).trials().stream()
            .filter(facts -> facts.taskDigest().equals(trial.task().digest()))
            .filter(facts -> facts.attempt() == trial.attempt())
            .toList();
    List<TrialFacts> named =
        same.stream().filter(facts -> facts.contender().equals(trial.contender().name())).toList();
    List<Path> recorded = recordings(theirs, runId, named.isEmpty() ? same : named);
    if (recorded.size() != 1) {
      String what = recorded.isEmpty() ? "no calls" : "calls of several contenders";
      throw new UserError(
          "recording " + run,
          "it holds " + what + " for attempt " + trial.attempt() + " at " + trial.task().name(),
          recorded.isEmpty()
              ? "name a run with that task and attempt, and a contender with a model"
              : "give this contender the name of the one to play back");
    }
    return Recording.read(recorded.get(0));
  }

  private static Path folder(Home home, String run) {
    Path own = home.run(run);
    Path folder = (Files.isDirectory(own) ? own : Path.of(run)).toAbsolutePath().normalize();
    if (!Files.isRegularFile(folder.resolve("run.json"))) {
      throw new UserError(
          "recording " + run,
          "there is no run of that id in this home, and no run's folder of that name",
          "`pacebench runs` shows the ids");
    }
    return folder;
  }

  private static List<Path> recordings(Home home, String runId, List<TrialFacts> trials)
      throws IOException {
    List<Path> found = new ArrayList<>();
    for (TrialFacts facts : trials) {
      new FolderEvidence()
          .finalResult(home, runId, facts.id())
          .map(TrialRecord::evidence)
          .map(evidence -> home.root().resolve(evidence).resolve(ModelSide.FOLDER))
          .filter(Files::isDirectory)
          .ifPresent(found::add);
    }
    return found;
  }
}
