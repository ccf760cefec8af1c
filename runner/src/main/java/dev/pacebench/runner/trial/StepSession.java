package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentSandbox;
import dev.pacebench.runner.agent.InterruptionLog;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.runner.verify.Verdict;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one try: in one sandbox, each with an agent phase and a verification of its own.
 *
 * <p>A step's agent begins anew, as Harbor's agents do, and finds what the step before left in the
 * sandbox. The door to the model is open in the phases and shut between them. A deadline ends its
 * step's phase, not the trial.
 */
final class StepSession {

  private final RunSettings settings;
  private final PlannedTrial trial;
  private final Agent agent;
  private final @Nullable ModelSide model;
  private final Verifying verifying;
  private final EffectiveLimits limits;
  private final Timeline timeline;
  private final Ticker ticker;
  private final RecordBuilder record;
  private final Path evidence;
  private final List<StepResult> results = new ArrayList<>();
  private boolean used;
  private @Nullable AgentContext last;

  StepSession(
      RunSettings settings,
      PlannedTrial trial,
      Agent agent,
      @Nullable ModelSide model,
      Verifying verifying,
      EffectiveLimits limits,
      Timeline timeline,
      Ticker ticker,
      RecordBuilder record,
      Path evidence) {
    this.settings = settings;
    this.trial = trial;
    this.agent = agent;
    this.model = model;
    this.verifying = verifying;
    this.limits = limits;
    this.timeline = timeline;
    this.ticker = ticker;
    this.record = record;
    this.evidence = evidence;
  }

  void run() throws InterruptedException, IOException {
    long offset = timeline.wallNanos();
    if (model != null) {
      model.begin(ticker.nanos());
    }
    try {
      for (Step step : trial.task().steps()) {
        results.add(step(step));
        if (!results.get(results.size() - 1).stops().isEmpty()) {
          break;
        }
      }
    } finally {
      if (model != null) {
        model.finish(record, timeline);
      }
    }
    StepResult decisive = record();
    AgentContext context = last;
    if (context != null && decisive.end().isPresent()) {
      timeline.switchTo(TrialState.COLLECT);
      Behaviour.collect(
          agent,
          context,
          verifying.sandbox(),
          evidence,
          record,
          timeline,
          decisive.end().get(),
          offset);
    }
  }

  /** Whether an agent ever ran a command. */
  boolean used() {
    return used;
  }

  private StepResult step(Step step) throws InterruptedException, IOException {
    Sandbox sandbox = verifying.sandbox();
    boolean first = results.isEmpty();
    timeline.switchTo(TrialState.HEALTHCHECK);
    sandbox.network(verifying.opener().agentNetwork());
    String problem =
        StepPlace.prepare(sandbox, step, verifying.opener().workdir(verifying.image()), first);
    if (!problem.isEmpty() && first) {
      // No agent was there yet, so it is not the agent's doing.
      throw new SandboxException(
          SandboxException.Kind.BAD_REQUEST,
          "step " + step.name() + " cannot begin: " + problem,
          "repair the task's environment, or the step's setup.sh and healthcheck");
    }
    if (!problem.isEmpty()) {
      return StepResult.notBegun(step, problem);
    }
    Path folder = evidence.resolve("steps").resolve(step.name());
    for (String name : List.of("agent", "verifier", "artifacts")) {
      Files.createDirectories(folder.resolve(name));
    }
    Task seen = trial.task().at(step);
    AgentSandbox commands = new AgentSandbox(sandbox);
    AgentContext context =
        new AgentContext(
            seen,
            trial.contender(),
            commands,
            folder.resolve("agent"),
            limit(seen),
            timeline::agentIn,
            Optional.ofNullable(model).map(ModelSide::access),
            new InterruptionLog());
    last = context;
    long before = spentNanos();
    timeline.switchTo(TrialState.AGENT_SETUP);
    Optional<AgentPhase.End> failed = SetUp.run(agent, context, sandbox, limits.setup());
    AgentPhase.End end = failed.isPresent() ? failed.get() : phase(context, sandbox, first);
    double seconds = (spentNanos() - before) / 1e9;
    used |= commands.used();
    record.phaseEnd(end);
    LeftBehind behind = LeftBehind.of(sandbox, end, commands.used(), record);

    timeline.switchTo(TrialState.VERIFY);
    Duration limit = EffectiveLimits.scaled(step.verifier().timeout(), settings.timeoutFactor());
    Path scratch = verifying.scratch();
    Task judged = seen.verifiedBy(StepPlace.tests(trial.task(), step, scratch));
    Verdict verdict = verifying.verify(judged, limit, used, folder);
    behind.note(record);
    StepResult result = new StepResult(step, Optional.of(end), Optional.of(verdict), seconds, "");
    if (step.verifier().mode() == Verifier.Mode.SHARED && !isLast(step)) {
      verifying.forgive();
    }
    return end.stuck() ? result.stuck() : result;
  }

  /** The contender's own limit holds for all steps together. */
  private Duration limit(Task seen) {
    Duration own = EffectiveLimits.step(settings, seen);
    return trial
        .contender()
        .limits()
        .time()
        .map(all -> all.minusNanos(spentNanos()))
        .filter(left -> left.compareTo(own) < 0)
        .orElse(own);
  }

  private AgentPhase.End phase(AgentContext context, Sandbox sandbox, boolean first)
      throws InterruptedException {
    ModelSide side = model;
    if (side == null) {
      return new AgentPhase(agent, context, sandbox, timeline, PhaseDoor.NONE).run();
    }
    if (!first) {
      side.reopen();
    }
    AgentPhase.End end = new AgentPhase(agent, context, sandbox, timeline, side).run();
    side.requireMatch();
    return side.usedUp().map(end::because).orElse(end);
  }

  /** Waits for our own limits are no part of it. */
  private long spentNanos() {
    return timeline.agentNanos() - (model == null ? 0 : model.waitedNanos());
  }

  private boolean isLast(Step step) {
    List<Step> steps = trial.task().steps();
    return steps.get(steps.size() - 1).equals(step);
  }

  /** Writes down what came of all steps; the first one that did not pass says why. */
  private StepResult record() {
    StepResult lastRun = results.get(results.size() - 1);
    StepResult decisive =
        results.stream().filter(result -> !result.solved()).findFirst().orElse(lastRun);
    AgentPhase.End end =
        decisive
            .end()
            .orElseGet(() -> new AgentPhase.End(Ended.FINISHED, "", Optional.empty(), false));
    boolean all =
        results.size() == trial.task().steps().size()
            && results.stream().allMatch(result -> result.rewards().isPresent());
    Verdict verdict = StepRewards.of(results, trial.task().steering().rewardStrategy());
    record.agentEnd(end, timeline);
    record.verdict(verdict, end);
    record.extra("step_results", results.stream().map(StepResult::facts).toList());
    record.figure("steps", trial.task().steps().size());
    record.figure("steps_run", results.stream().filter(it -> it.end().isPresent()).count());
    record.figure("steps_solved", results.stream().filter(StepResult::solved).count());
    for (int i = 0; i < results.size(); i++) {
      StepResult result = results.get(i);
      String name = "step_" + (i + 1) + "_";
      record.figure(name + "seconds", result.seconds());
      record.figure(name + "solved", result.solved() ? 1 : 0);
      result
          .rewards()
          .flatMap(rewards -> rewards.decisive())
          .ifPresent(reward -> record.figure(name + "reward", reward));
    }
    record.flagIf(
        results.stream().anyMatch(it -> it.verdict().isPresent() && it.rewards().isEmpty()),
        "verifier_silent");
    if (!all) {
      record.flagIf(true, "steps_left_out");
      record.notAllSteps(
          end, "step " + lastRun.step().name() + " was the last: " + lastRun.stops());
    }
    return decisive;
  }
}
