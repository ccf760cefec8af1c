package dev.pacebench.runner.trial;

import static java.util.Objects.requireNonNull;

import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.AgentStartException;
import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.agent.ModelLostException;
import dev.pacebench.runner.evidence.EvidenceStore;
import dev.pacebench.runner.gateway.Gateway;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.plan.PlannedTrial;
import dev.pacebench.runner.plan.RunSettings;
import dev.pacebench.runner.timeline.TrialWatcher;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Runs tries in a provider's sandboxes and commits their evidence.
 *
 * <p>What goes wrong outside the sandbox makes a LOST try whose evidence is committed like any
 * other; what an agent or verifier does wrong never does.
 */
public final class DefaultTrialRunner implements TrialRunner {

  private final Home home;
  private final RunSettings settings;
  private final Lineup lineup;
  private final SandboxProvider provider;
  private final EvidenceStore evidence;
  private final Agents agents;
  private final Optional<Gateway> gateway;
  private final Ticker ticker;
  private final Map<String, String> hostEnv;
  private final ImageWork imageWork;

  /**
   * @param gateway the way to models; needed when a contender names one
   */
  public DefaultTrialRunner(
      Home home,
      RunSettings settings,
      Lineup lineup,
      SandboxProvider provider,
      EvidenceStore evidence,
      Agents agents,
      Optional<Gateway> gateway,
      Ticker ticker,
      Map<String, String> hostEnv) {
    this.home = requireNonNull(home, "home is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.lineup = requireNonNull(lineup, "lineup is null");
    this.provider = requireNonNull(provider, "provider is null");
    this.evidence = requireNonNull(evidence, "evidence is null");
    this.agents = requireNonNull(agents, "agents is null");
    this.gateway = requireNonNull(gateway, "gateway is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.hostEnv = Map.copyOf(hostEnv);
    this.imageWork = new ImageWork(ticker);
  }

  @Override
  public TrialRecord run(PlannedTrial trial, int tryNumber, TrialWatcher watcher)
      throws LostTryException, InterruptedException {
    try (EvidenceStore.Draft draft = evidence.begin(home, trial, tryNumber)) {
      TrySession session =
          new TrySession(
              home, settings, lineup, provider, agents, gateway, ticker, hostEnv, imageWork, trial,
              tryNumber, draft, watcher);
      TrialRecord record;
      try {
        record = session.run();
      } catch (SandboxException e) {
        // An interrupted call fails like a broken engine; only the flag tells them apart.
        if (Thread.interrupted()) {
          throw new InterruptedException("the try was stopped");
        }
        throw lost(session, draft, e);
      } catch (ModelLostException e) {
        throw lost(session, draft, e);
      } catch (AgentStartException e) {
        String why = e.getMessage() + "; " + e.remedy();
        TrialRecord lost = session.lostRecord(AgentStartException.CAUSE, why);
        draft.commit(lost, session.extra());
        throw new LostTryException(why, AgentStartException.CAUSE, false, lost, e);
      }
      draft.commit(record, session.extra());
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException("evidence of " + trial.id() + " cannot be written", e);
    }
  }

  private LostTryException lost(
      TrySession session, EvidenceStore.Draft draft, SandboxException failure) throws IOException {
    String cause =
        switch (failure.kind()) {
          case BAD_REQUEST -> LostTryException.IMAGE;
          case SERVICE -> "service";
          case UNAVAILABLE, FAILED -> "engine";
        };
    boolean gone = failure.kind() == SandboxException.Kind.UNAVAILABLE || !answers();
    String why = failure.getMessage() + "; " + failure.remedy();
    TrialRecord record = session.lostRecord(cause, why);
    draft.commit(record, session.extra());
    return new LostTryException(why, cause, gone, record, failure);
  }

  private static LostTryException lost(
      TrySession session, EvidenceStore.Draft draft, ModelLostException failure)
      throws IOException {
    String cause =
        ModelLostException.CAUSE
            + "_"
            + (failure.status() == 0 ? "unreachable" : String.valueOf(failure.status()));
    String why = "the model could not be had: " + failure.getMessage();
    TrialRecord record = session.lostRecord(cause, why);
    draft.commit(record, session.extra());
    return new LostTryException(why, cause, false, record, failure);
  }

  /** A call that failed says little; whether the engine still answers decides what comes next. */
  private boolean answers() {
    try {
      provider.status();
      return true;
    } catch (SandboxException e) {
      return false;
    }
  }
}
