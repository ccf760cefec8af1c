package dev.pacebench.runner.serve;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.leaderboard.page.trial.Act;
import dev.pacebench.leaderboard.page.trial.TrialStory;
import dev.pacebench.leaderboard.page.trial.TrialStory.Link;
import dev.pacebench.leaderboard.page.trial.TrialStory.ModelCall;
import dev.pacebench.leaderboard.page.trial.TrialStory.SpentState;
import dev.pacebench.leaderboard.page.trial.TrialStory.Text;
import dev.pacebench.leaderboard.page.trial.TrialStory.TrialId;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.store.RowState;
import dev.pacebench.runner.store.TrialRow;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.runner.trajectory.StepFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the evidence of a trial tells. */
public final class TrialStories {

  /** More is not held in memory for a page. */
  private static final long LARGEST_TRAJECTORY = 32L << 20;

  private static final int TAIL = 64 << 10;

  private TrialStories() {}

  /** The story of a trial that has its result, for a page that stands beside others as a file. */
  public static TrialStory of(Home home, TrialRecord record) {
    Optional<TryFolder> folder = TryFolder.of(home, record.evidence());
    TrialId id =
        new TrialId(
            record.run(),
            folder.map(TryFolder::trial).orElse(""),
            record.taskSet(),
            record.task(),
            record.contender(),
            record.attempt());
    return story(id, "done", record, folder, path -> null, List.of());
  }

  /**
   * The story of a trial as it stands, of its final try or an earlier one.
   *
   * @param wanted name of a try, empty for the final one
   * @param file the address of a file of the evidence
   * @return empty when there is no such try
   */
  static Optional<TrialStory> of(
      Home home, TrialRow row, String wanted, Function<String, String> file) {
    List<String> tries = TryFolder.tries(home, row.runId(), row.trialId());
    Optional<TryFolder> last = row.result().flatMap(it -> TryFolder.of(home, it.evidence()));
    Optional<TryFolder> folder =
        wanted.isEmpty() ? last : TryFolder.of(home, row.runId(), row.trialId(), wanted);
    if (!wanted.isEmpty() && folder.isEmpty()) {
      return Optional.empty();
    }
    String shown = folder.map(TryFolder::name).orElse("");
    boolean isLast = shown.equals(last.map(TryFolder::name).orElse(""));
    List<Link> links = new ArrayList<>();
    for (String name : tries) {
      links.add(new Link(name, name.equals(shown) ? null : "?try=" + name));
    }
    TrialStory story =
        story(
            new TrialId(
                row.runId(),
                row.trialId(),
                row.taskSet(),
                row.task(),
                row.contender(),
                row.attempt()),
            row.state() == RowState.CLAIMED
                ? "running"
                : row.state() == RowState.DONE ? "done" : "pending",
            isLast ? row.result().orElse(null) : null,
            folder,
            file::apply,
            tries.size() > 1 ? links : List.of());
    return Optional.of(isLast ? story : earlier(story));
  }

  /** An earlier try has evidence of its own, and no result that counts. */
  private static TrialStory earlier(TrialStory story) {
    return new TrialStory(
        story.version(),
        story.id(),
        "a try that does not count",
        null,
        story.states(),
        story.acts(),
        story.calls(),
        story.texts(),
        story.files(),
        story.tries(),
        story.notes(),
        story.up());
  }

  private static TrialStory story(
      TrialId id,
      String state,
      @Nullable TrialRecord result,
      Optional<TryFolder> folder,
      Function<String, @Nullable String> file,
      List<Link> tries) {
    List<Act> acts = new ArrayList<>();
    List<ModelCall> calls = new ArrayList<>();
    List<Text> texts = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    if (folder.isPresent()) {
      TryFolder evidence = folder.get();
      StepFiles.trajectories(evidence.path(), LARGEST_TRAJECTORY)
          .forEach((name, trajectory) -> acts.add(Acts.of(name, trajectory)));
      StepFiles.calls(evidence.path()).forEach(call -> calls.add(Calls.of(call)));
      verifierOutput(evidence, texts);
      if (acts.isEmpty() && evidence.read("agent/trajectory.json", 1).isPresent()) {
        notes.add("Its trajectory is too long for a page, or cannot be read.");
      }
    } else if (result != null) {
      notes.add("The evidence of this trial is not in its place any more.");
    }
    return new TrialStory(
        "",
        id,
        state,
        result,
        result == null ? List.of() : states(result),
        acts,
        calls,
        texts,
        folder.map(it -> it.files(file)).orElse(List.of()),
        tries,
        notes,
        List.of());
  }

  /** In the order in which a trial passes them, then any that this version does not know. */
  private static List<SpentState> states(TrialRecord result) {
    List<SpentState> states = new ArrayList<>();
    for (TrialState state : TrialState.values()) {
      Double seconds = result.timeline().get(state.word());
      if (seconds != null && seconds > 0) {
        states.add(new SpentState(state.word(), seconds, state.isAgentPhase()));
      }
    }
    return states;
  }

  private static void verifierOutput(TryFolder evidence, List<Text> texts) {
    evidence
        .files(path -> null)
        .forEach(
            file -> {
              if (file.path().endsWith("verifier/test-stdout.txt")) {
                evidence
                    .tail(file.path(), TAIL)
                    .filter(part -> part.bytes().length > 0)
                    .ifPresent(part -> texts.add(text(file.path(), part)));
              }
            });
  }

  private static Text text(String path, TryFolder.Part part) {
    String step = path.startsWith("steps/") ? " of step " + path.split("/", -1)[1] : "";
    return new Text(
        "What the verifier printed" + step,
        new String(part.bytes(), StandardCharsets.UTF_8),
        part.length() - part.bytes().length);
  }
}
