package dev.pacebench.runner.trial;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentSandbox;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.agent.InterruptionLog;
import dev.pacebench.runner.agent.ModelLostException;
import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.ServedModel;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.timeline.Timeline;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.runner.verify.ChangeWork;
import dev.pacebench.runner.verify.TamperBaseline;
import dev.pacebench.runner.verify.Verdict;
import dev.pacebench.runner.verify.swe.RepositoryPlace;
import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.ServiceSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try under way; see {@link DefaultTrialRunner}. */
final class TrySession {

  private final Home home;
  private final RunSettings settings;
  private final Lineup lineup;
  private final SandboxProvider provider;
  private final Agents agents;
  private final Optional<Gateway> gateway;
  private final Ticker ticker;
  private final Map<String, String> hostEnv;
  private final ImageWork imageWork;
  private final PlannedTrial trial;
  private final int tryNumber;
  private final EvidenceStore.Draft draft;
  private final Timeline timeline;
  private final EffectiveLimits limits;
  private final SandboxOpener opener;
  private final RecordBuilder record;

  TrySession(
      Home home,
      RunSettings settings,
      Lineup lineup,
      SandboxProvider provider,
      Agents agents,
      Optional<Gateway> gateway,
      Ticker ticker,
      Map<String, String> hostEnv,
      ImageWork imageWork,
      PlannedTrial trial,
      int tryNumber,
      EvidenceStore.Draft draft,
      TrialWatcher watcher) {
    this.home = home;
    this.settings = settings;
    this.lineup = lineup;
    this.provider = provider;
    this.agents = agents;
    this.gateway = gateway;
    this.ticker = ticker;
    this.hostEnv = hostEnv;
    this.imageWork = imageWork;
    this.trial = trial;
    this.tryNumber = tryNumber;
    this.draft = draft;
    this.timeline = new Timeline(ticker, watcher, TrialState.ENV_BUILD);
    this.limits = EffectiveLimits.of(settings, trial.task(), trial.contender());
    this.opener =
        new SandboxOpener(
            provider, settings.runId(), trial, tryNumber, limits, lineup, hostEnv, this::prepare);
    this.record = new RecordBuilder(trial, tryNumber, limits, Instant.now(), draft.finalName());
  }

  TrialRecord run() throws InterruptedException, IOException {
    record.figure("load_start", HostLoad.now());
    Agent agent = agents.get(trial.contender().agent()).of(trial.contender());
    List<Mount> mounts = agent.provide(trial.contender());
    PreparedImage image = prepare(TaskImages.agent(trial.task()));
    ServiceSpecs services = opener.agentServices();
    timeline.switchTo(TrialState.SANDBOX_START);
    Path scratch = Files.createTempDirectory(Files.createDirectories(home.scratch()), "try-");
    try (ModelSide model = modelSide(agent);
        Watchdog watchdog = new Watchdog(limits.outer());
        Sandbox sandbox = watchdog.guard(opener.openAgent(image, relay(model), mounts, services))) {
      provider.prepareNext();
      record.conditions(
          TrialConditions.of(
              sandbox.conditions(),
              limits.agent(),
              opener.agentNetwork().name(),
              opener.verifyNetwork().name(),
              trial.task().verifier().mode().name().toLowerCase(Locale.ROOT),
              model == null ? Map.of() : model.conditions(),
              settings.slots()));
      try {
        inSandbox(agent, model, sandbox, image, scratch);
      } catch (SandboxException e) {
        throw watchdog.explain(e);
      } finally {
        Beside.keep(sandbox, draft.folder());
      }
      timeline.switchTo(TrialState.TEARDOWN);
    } finally {
      FileTrees.delete(scratch);
    }
    return finished();
  }

  private @Nullable ModelSide modelSide(Agent agent) {
    ServedModel model = trial.contender().model().map(lineup.models()::get).orElse(null);
    if (model == null) {
      return null;
    }
    return ModelSide.open(
        gateway.orElseThrow(() -> new IllegalStateException("a model needs the gateway")),
        model,
        agent,
        trial,
        tryNumber,
        settings.seed(),
        home,
        draft.folder());
  }

  private static Optional<RelaySpec> relay(@Nullable ModelSide model) {
    return model == null ? Optional.empty() : model.relay();
  }

  private void inSandbox(
      Agent agent, @Nullable ModelSide model, Sandbox sandbox, PreparedImage image, Path scratch)
      throws InterruptedException, IOException {
    opener.startServices(sandbox);
    Optional<ChangeWork> change = placeRepository(sandbox);
    timeline.switchTo(TrialState.HEALTHCHECK);
    trial.task().environment().healthcheck().ifPresent(check -> Healthchecks.await(check, sandbox));

    Verifying verifying =
        new Verifying(
            opener,
            sandbox,
            image,
            this::prepare,
            hostEnv,
            scratch,
            new TamperBaseline(scratch),
            change);
    if (!trial.task().steps().isEmpty()) {
      StepSession steps =
          new StepSession(
              settings,
              trial,
              agent,
              model,
              verifying,
              limits,
              timeline,
              ticker,
              record,
              draft.folder());
      steps.run();
      afterwards(model, sandbox, steps.used());
      return;
    }

    timeline.switchTo(TrialState.AGENT_SETUP);
    InterruptionLog interruptions = new InterruptionLog();
    AgentSandbox commands = new AgentSandbox(sandbox);
    AgentContext context =
        new AgentContext(
            trial.task(),
            trial.contender(),
            commands,
            draft.folder().resolve("agent"),
            limits.agent(),
            timeline::agentIn,
            Optional.ofNullable(model).map(ModelSide::access),
            interruptions);
    Optional<AgentPhase.End> failedSetUp = SetUp.run(agent, context, sandbox, limits.setup());

    long phaseStart = ticker.nanos();
    long phaseOffset = timeline.wallNanos();
    AgentPhase.End end;
    ModelLostException lost = null;
    try {
      end =
          failedSetUp.isPresent() ? failedSetUp.get() : agentPhase(agent, context, model, sandbox);
    } catch (ModelLostException e) {
      if (model == null || !model.answeredBefore(e)) {
        throw e;
      }
      // The work may have been done already; then the provider's failure lost nothing.
      lost = e;
      end =
          new AgentPhase.End(
              Ended.CANCELLED, "the model was lost: " + e.getMessage(), Optional.empty(), false);
    }
    record.flagIf(imageWork.happenedSince(phaseStart), "beside_image_work");
    record.agentEnd(end, timeline);
    long phaseEnd = phaseStart + timeline.agentNanos();
    Redirects.figures(
            trial.task().interruptions().size(),
            interruptions.arrivals(),
            model == null ? List.of() : model.calls(),
            phaseEnd)
        .forEach(record::figure);
    LeftBehind left = LeftBehind.of(sandbox, end, commands.used(), record);
    timeline.switchTo(TrialState.COLLECT);
    Behaviour.collect(agent, context, sandbox, draft.folder(), record, timeline, end, phaseOffset);

    timeline.switchTo(TrialState.VERIFY);
    Verdict verdict =
        verifying
            .given(agent.change(context))
            .verify(trial.task(), limits.verifier(), commands.used(), draft.folder());
    if (lost != null && !verdict.solved()) {
      throw lost;
    }
    record.flagIf(lost != null, "provider_failed");
    record.verdict(verdict, end);
    left.note(record);
    afterwards(model, sandbox, commands.used());
  }

  private Optional<ChangeWork> placeRepository(Sandbox sandbox) throws InterruptedException {
    if (trial.task().change().isEmpty()) {
      return Optional.empty();
    }
    String base = RepositoryPlace.forAgent(sandbox, trial.task().change().get());
    return Optional.of(new ChangeWork(base, Optional.empty()));
  }

  private void afterwards(@Nullable ModelSide model, Sandbox sandbox, boolean used) {
    if (model != null) {
      record.figure("calls_after_end", model.callsAfterEnd());
      record.flagIf(model.callsAfterEnd() > 0, "worked_after_end");
    }
    Beside.note(sandbox, record);
    record.extra("late_output_bytes", used ? sandbox.lateOutput().total() : 0);
  }

  private AgentPhase.End agentPhase(
      Agent agent, AgentContext context, @Nullable ModelSide model, Sandbox sandbox)
      throws InterruptedException, IOException {
    if (model == null) {
      return new AgentPhase(agent, context, sandbox, timeline, PhaseDoor.NONE).run();
    }
    model.begin(ticker.nanos());
    try {
      AgentPhase.End end = new AgentPhase(agent, context, sandbox, timeline, model).run();
      model.requireMatch();
      return model.usedUp().map(end::because).orElse(end);
    } finally {
      model.finish(record, timeline);
    }
  }

  private PreparedImage prepare(ImageSource source) {
    return imageWork.prepare(() -> provider.prepare(source));
  }

  private TrialRecord finished() {
    timeline.end();
    record.figure("load_end", HostLoad.now());
    record.timeline(timeline);
    return record.build();
  }

  TrialRecord lostRecord(String cause, String why) {
    timeline.end();
    record.timeline(timeline);
    record.lost(cause, why);
    return record.build();
  }

  Map<String, Object> extra() {
    return record.extra();
  }
}
