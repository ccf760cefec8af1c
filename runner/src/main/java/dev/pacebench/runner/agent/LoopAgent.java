package dev.pacebench.runner.agent;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Objection;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.model.ModelSession;
import dev.pacebench.runner.model.ModelSessions;
import dev.pacebench.runner.model.ModelSettings;
import dev.pacebench.runner.timeline.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in agent: one tool, a short prompt, the whole history, and nothing clever.
 *
 * <p>It works on the host and reaches the sandbox through its commands alone. Every contender gets
 * the same words, so what differs between two of them is the model and its tier.
 */
public final class LoopAgent implements Agent {

  /** Steps when a contender sets no limit. */
  static final int STEPS = 100;

  private final Ticker ticker;

  public LoopAgent(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public String version() {
    return LoopPrompt.VERSION;
  }

  @Override
  public boolean takesInterruptions() {
    return true;
  }

  @Override
  public boolean needsModel() {
    return true;
  }

  @Override
  public List<Objection> check(Contender contender, Optional<ServingTier> tier) {
    List<Objection> objections = new ArrayList<>(Agent.super.check(contender, tier));
    if (tier.filter(served -> served.protocol().equals(Protocol.GEMINI.word())).isPresent()) {
      boolean chosen = contender.tier().containsKey("protocol");
      objections.add(
          new Objection(
              chosen ? "tier.protocol" : "model",
              "agent `loop` does not speak gemini",
              contender.simulated() && chosen
                  ? "remove `protocol`, or use the agent gemini-cli"
                  : "use the agent gemini-cli, or a provider that speaks another protocol"));
    }
    return objections;
  }

  @Override
  public void setUp(AgentContext context) {
    ModelSessions.prepare();
  }

  @Override
  public AgentEnd run(AgentContext context) throws InterruptedException {
    ModelAccess access =
        context.model().orElseThrow(() -> new IllegalStateException("planned without a model"));
    context.states().accept(TrialState.CLIENT_OVERHEAD);
    try (LoopLog log = new LoopLog(context.logs(), ticker);
        ModelSession session = ModelSessions.open(settings(context, access))) {
      LoopModel model = new LoopModel(session, context.states(), log);
      int steps = context.contender().limits().steps().orElse(STEPS);
      return new LoopRun(context, model, log, ticker, steps).run();
    }
  }

  private static ModelSettings settings(AgentContext context, ModelAccess access) {
    return new ModelSettings(
        access.address(),
        access.token(),
        access.protocol(),
        access.transport(),
        access.modelId(),
        LoopPrompt.INSTRUCTIONS,
        List.of(LoopPrompt.SHELL),
        access.maxOutputTokens(),
        cacheKey(context),
        Map.of());
  }

  /** Attempts at one task begin alike; the key says so, and two runs send the same one. */
  private static String cacheKey(AgentContext context) {
    String task = context.task().digest();
    return "pacebench-" + task.substring(0, Math.min(16, task.length()));
  }
}
