package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.runner.trajectory.Doings;
import dev.pacebench.runner.trajectory.Trajectories;
import dev.pacebench.runner.trajectory.TrialFacts;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the agent did, told from the evidence once its phase is over.
 *
 * <p>A trial never fails of it: what cannot be told is left out, and the log says why.
 */
final class Behaviour {

  private static final Logger LOG = LoggerFactory.getLogger(Behaviour.class);

  /** Agents that do what is given, and are told nothing. */
  private static final Set<String> UNINSTRUCTED = Set.of("oracle", "nop");

  private static final Pattern TRY = Pattern.compile("try-\\d+");

  private Behaviour() {}

  /**
   * Adds figures to the record and a trajectory to the evidence.
   *
   * @param timeline with the model calls laid over it
   * @param phaseOffset nanoseconds between the timeline's start and the agent phase's
   */
  static void collect(
      Agent agent,
      AgentContext context,
      Sandbox sandbox,
      Path evidence,
      RecordBuilder record,
      Timeline timeline,
      AgentPhase.End end,
      long phaseOffset) {
    Map<TrialState, Long> nanos = timeline.nanos();
    PhaseParts.of(nanos).seconds().forEach(record::figure);
    record.figure("stopped_by_itself", end.ended() == Ended.FINISHED ? 1 : 0);
    trajectory(agent, context, evidence, record, timeline, end, phaseOffset);
    if (context.commands().used()) {
      try {
        FilesTouched.of(sandbox, context.logs()).forEach(record::figure);
      } catch (SandboxException | IOException e) {
        LOG.warn("files touched by {} cannot be told: {}", context.task().name(), e.toString());
      }
    }
  }

  private static void trajectory(
      Agent agent,
      AgentContext context,
      Path evidence,
      RecordBuilder record,
      Timeline timeline,
      AgentPhase.End end,
      long phaseOffset) {
    TrialFacts facts =
        new TrialFacts(
            session(evidence),
            agent.name(),
            context.contender().agentVersion(),
            context.model().map(model -> model.modelId()),
            context.contender().simulated(),
            !UNINSTRUCTED.contains(agent.name()),
            context.task().instruction(),
            Instant.now().minusNanos(timeline.wallNanos() - phaseOffset),
            timeline.agentNanos() / 1e6,
            end.ended().word(),
            end.ended() == Ended.DEADLINE);
    try {
      Path folder = Files.createDirectories(evidence.resolve("agent"));
      Doings doings =
          Trajectories.write(
              facts,
              folder.resolve(Trajectories.FILE),
              logs(evidence, context.logs()),
              evidence.resolve(ModelSide.FOLDER));
      if (doings.modelled()) {
        record.figure("turns", doings.turns());
        record.figure("commands", doings.commands());
        record.figure("ran_tests", doings.ranTests() ? 1 : 0);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("no trajectory of {}: {}", context.task().name(), e.toString());
    }
  }

  /** The try's name, while its folder still has a passing one. */
  private static String session(Path evidence) {
    String folder = String.valueOf(evidence.getFileName());
    Matcher number = TRY.matcher(folder);
    Path trial = evidence.getParent();
    return (trial == null ? "" : trial.getFileName() + "/")
        + (number.find() ? number.group() : folder);
  }

  /** An agent's folders in the order in which it left them; a task in steps has one for each. */
  private static List<Path> logs(Path evidence, Path last) throws IOException {
    Path steps = evidence.resolve("steps");
    if (!last.startsWith(steps)) {
      return List.of(last);
    }
    Map<FileTime, Path> folders = new TreeMap<>();
    try (Stream<Path> each = Files.list(steps)) {
      for (Path step : each.toList()) {
        Path log = step.resolve("agent").resolve("loop.jsonl");
        if (Files.exists(log)) {
          folders.put(Files.getLastModifiedTime(log), step.resolve("agent"));
        }
      }
    }
    return folders.isEmpty() ? List.of(last) : List.copyOf(folders.values());
  }
}
