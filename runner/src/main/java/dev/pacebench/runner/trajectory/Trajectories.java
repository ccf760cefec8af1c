package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.trajectory.LoopSteps.LoopStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a try's trajectory from its evidence.
 *
 * <p>The gateway's records are the source for every agent; the agent's own log adds exact times of
 * tools. Everything read is bounded, and what cannot be read makes a note.
 */
public final class Trajectories {

  /** In an agent's folder of the evidence. */
  public static final String FILE = "trajectory.json";

  private static final int MOST_STEPS = 5000;

  private final TrialFacts facts;
  private final List<Path> logs;
  private final List<String> notes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private Trajectories(TrialFacts facts, List<Path> logs) {
    this.facts = facts;
    this.logs = logs;
  }

  /**
   * Writes a trajectory.
   *
   * @param file where to
   * @param logs the agent's folders of the evidence, in the order in which it filled them
   * @param calls folder of the model calls; may be missing
   */
  public static Doings write(TrialFacts facts, Path file, List<Path> logs, Path calls)
      throws IOException {
    return new Trajectories(facts, logs).write(file, calls);
  }

  private Doings write(Path file, Path calls) throws IOException {
    Talks talks = Talks.read(calls);
    notes.addAll(talks.notes());
    if (talks.main().isEmpty()) {
      withoutModel();
    } else {
      withModel(talks);
    }
    Trajectory trajectory =
        new Trajectory(
            Texts.word(facts.session()),
            facts.agent(),
            facts.version(),
            facts.model().orElse(null),
            steps,
            notes,
            extra(talks));
    AtifWriter.write(trajectory, file);
    return doings(talks);
  }

  private void withModel(Talks talks) throws IOException {
    List<Turn> turns = talks.turns();
    List<@Nullable LoopStep> own = own(turns);
    TurnSteps maker = new TurnSteps(facts.began(), ToolEvents.read(logs.get(logs.size() - 1)));
    int turn = 0;
    for (Talk.Entry entry : talks.main()) {
      if (steps.size() == MOST_STEPS) {
        notes.add("steps after the " + MOST_STEPS + "th are left out");
        return;
      }
      if (entry instanceof Talk.Words words) {
        steps.add(
            Step.said(
                facts.began().plusNanos(words.nanos()),
                words.said().system() ? Step.Source.SYSTEM : Step.Source.USER,
                Texts.cut(words.said().text()),
                Json.object().put("began_ms", Latency.millis(words.nanos()))));
      } else if (entry instanceof Turn answered) {
        turn++;
        double next =
            turn < turns.size()
                ? Latency.millis(turns.get(turn).began())
                : Math.max(facts.phaseMillis(), Latency.millis(answered.call().times().end()));
        steps.add(maker.step(answered, next, own.get(turn - 1)));
      }
    }
  }

  /** The agent's log of each turn; all null when the two do not tell the same story. */
  private List<@Nullable LoopStep> own(List<Turn> turns) throws IOException {
    List<LoopStep> logged =
        LoopSteps.read(logs).steps().stream().filter(LoopStep::answered).toList();
    List<@Nullable LoopStep> own = new ArrayList<>();
    int at = 0;
    for (Turn turn : turns) {
      boolean told =
          at < logged.size()
              && turn.call().answer().end().answered()
              && logged.get(at).tells(turn.answer());
      own.add(told ? logged.get(at++) : null);
    }
    if (at < logged.size()) {
      notes.add("the agent's own log tells of other steps than the model calls, and is left out");
      own.replaceAll(step -> null);
    }
    return own;
  }

  private void withoutModel() throws IOException {
    if (facts.instructed()) {
      steps.add(Step.said(facts.began(), Step.Source.USER, Texts.cut(facts.instruction()), null));
    }
    StringBuilder printed = new StringBuilder();
    for (Path folder : logs) {
      printed.append(AgentOutput.of(folder));
    }
    String output = Texts.cut(printed.toString());
    steps.add(
        new Step(
            facts.began(),
            Step.Source.AGENT,
            output.isBlank() ? "(nothing, and no model was asked)" : output,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null,
            Json.object().put("asked_model", false)));
  }

  private ObjectNode extra(Talks talks) {
    ObjectNode extra = Json.object();
    // Of a task in steps, calls lie further apart than their phases are long.
    double end = facts.phaseMillis();
    if (logs.size() > 1) {
      for (Turn turn : talks.turns()) {
        end = Math.max(end, Latency.millis(turn.call().times().end()));
      }
    }
    end = Math.round(end * 1e3) / 1e3;
    extra.put("phase_ms", end);
    extra.put("ended", facts.ended());
    if (facts.deadline()) {
      extra.put("deadline_ms", end);
    }
    extra.put("simulated", facts.simulated());
    if (!talks.side().isEmpty()) {
      SideTalks.put(extra.putArray("side_talks"), talks.side());
    }
    return extra;
  }

  private Doings doings(Talks talks) {
    int commands = 0;
    boolean tests = false;
    for (Step step : steps) {
      for (Step.Call call : step.calls()) {
        Optional<String> command = ToolTexts.command(call.arguments());
        commands += command.isPresent() ? 1 : 0;
        tests |= command.isPresent() && TestCommands.in(command.get());
      }
    }
    return new Doings(!talks.main().isEmpty(), talks.turns().size(), commands, tests, notes.size());
  }
}
