package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.UserError;
import dev.pacebench.runner.evidence.FolderEvidence;
import dev.pacebench.runner.gateway.record.Recording;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.ProblemList;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunFile.TrialFacts;
import dev.pacebench.runner.plan.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the calls that an earlier run recorded for the same attempt at the same task.
 *
 * <p>Of several contenders of that run the one of the same name is played back, or the only one
 * that made calls.
 */
public final class RecordedCalls {

  private final String run;
  private final Home home;
  private final String runId;
  private final List<TrialFacts> trials;

  private RecordedCalls(String run, Home home, String runId) {
    this.run = run;
    this.home = home;
    this.runId = runId;
    this.trials = RunFiles.readFile(home, runId).trials();
  }

  /**
   * The recording for a trial.
   *
   * @param run id of a run of this home, or the path of a run's folder
   * @throws UserError when there is none, or no single one
   */
  static Recording find(Home home, String run, PlannedTrial trial) throws IOException {
    return Recording.read(of(home, run).folder(trial));
  }

  /**
   * Requires that whatever is to be played back was recorded.
   *
   * @throws UserError with every trial that has no recording
   */
  public static void requireAll(Home home, Lineup lineup, List<PlannedTrial> trials) {
    ProblemList problems = new ProblemList();
    Map<String, Optional<RecordedCalls>> runs = new HashMap<>();
    for (PlannedTrial trial : trials) {
      Optional<String> run =
          trial
              .contender()
              .model()
              .map(lineup.models()::get)
              .filter(model -> model.provider().replayed())
              .flatMap(ServedModel::recording);
      if (run.isEmpty()) {
        continue;
      }
      try {
        Optional<RecordedCalls> known = runs.get(run.get());
        if (known == null) {
          // A run that is not there is told once.
          runs.put(run.get(), Optional.empty());
          known = Optional.of(of(home, run.get()));
          runs.put(run.get(), known);
        }
        if (known.isPresent()) {
          known.get().folder(trial);
        }
      } catch (UserError e) {
        problems.add("", String.valueOf(e.getMessage()), e.remedy());
      }
    }
    problems.throwIfAny();
  }

  /**
   * How many trials of a run recorded their calls.
   *
   * @throws UserError when there is no such run
   */
  public static int count(Home home, String run) {
    RecordedCalls calls = of(home, run);
    return calls.recordings(calls.trials).size();
  }

  private static RecordedCalls of(Home home, String run) {
    Path own = home.run(run);
    Path folder = (Files.isDirectory(own) ? own : Path.of(run)).toAbsolutePath().normalize();
    if (!Files.isRegularFile(folder.resolve("run.json"))) {
      throw new UserError(
          "recording " + run,
          "there is no run of that id in this home, and no run's folder of that name",
          "`pacebench runs` shows the ids");
    }
    Home theirs = new Home(folder.resolve("..").resolve(".."));
    return new RecordedCalls(run, theirs, folder.getFileName().toString());
  }

  /** Where the calls of the same attempt at the same task are. */
  private Path folder(PlannedTrial trial) {
    List<TrialFacts> same =
        trials.stream()
            .filter(facts -> facts.taskDigest().equals(trial.task().digest()))
            .filter(facts -> facts.attempt() == trial.attempt())
            .toList();
    List<TrialFacts> named =
        same.stream().filter(facts -> facts.contender().equals(trial.contender().name())).toList();
    List<Path> recorded = recordings(named.isEmpty() ? same : named);
    if (recorded.size() != 1) {
      String what = recorded.isEmpty() ? "no calls" : "calls of several contenders";
      throw new UserError(
          "recording " + run,
          "it holds " + what + " for attempt " + trial.attempt() + " at " + trial.task().name(),
          recorded.isEmpty()
              ? "name a run with that task and attempt, and a contender with a model"
              : "give this contender the name of the one to play back");
    }
    return recorded.get(0);
  }

  private List<Path> recordings(List<TrialFacts> among) {
    List<Path> found = new ArrayList<>();
    for (TrialFacts facts : among) {
      try {
        new FolderEvidence()
            .finalResult(home, runId, facts.id())
            .map(TrialRecord::evidence)
            .map(evidence -> home.root().resolve(evidence).resolve(ModelSide.FOLDER))
            .filter(Files::isDirectory)
            .ifPresent(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException("evidence of " + facts.id() + " cannot be read", e);
      }
    }
    return found;
  }
}
