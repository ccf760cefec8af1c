package dev.pacebench.runner.agent;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.model.Input;
import dev.pacebench.runner.model.ModelException;
import dev.pacebench.runner.model.ModelException.Kind;
import dev.pacebench.runner.model.ModelSession;
import dev.pacebench.runner.model.Turn;
import dev.pacebench.runner.model.TurnListener;
import dev.pacebench.runner.timeline.TrialState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks the model, and asks again after failures that the gateway could not deal with: those that
 * came when part of the answer had been forwarded already.
 */
final class LoopModel {

  private static final int ATTEMPTS = 4;
  private static final double FIRST_WAIT_SECONDS = 0.5;
  private static final double LONGEST_WAIT_SECONDS = 8;

  private static final Set<Kind> OURS = Set.of(Kind.STREAM, Kind.CUT, Kind.GARBLED);

  private final ModelSession session;
  private final Consumer<TrialState> states;
  private final LoopLog log;
  private boolean answeredOnce;

  LoopModel(ModelSession session, Consumer<TrialState> states, LoopLog log) {
    this.session = session;
    this.states = states;
    this.log = log;
  }

  /** The agent ends, and this is how. */
  static final class EndsRun extends Exception {

    private static final long serialVersionUID = 1;

    private final transient AgentEnd end;

    EndsRun(AgentEnd end) {
      super(end.note(), null, false, false);
      this.end = end;
    }

    AgentEnd end() {
      return end;
    }
  }

  /**
   * The model's next turn.
   *
   * @throws ModelLostException when there is none, through no doing of the model
   */
  Turn ask(List<Input> added, TurnListener live) throws InterruptedException, EndsRun {
    List<Input> next = added;
    for (int attempt = 1; ; attempt++) {
      try {
        Turn turn = session.ask(next, live);
        answeredOnce = true;
        return turn;
      } catch (ModelException e) {
        log.note("attempt " + attempt + ": " + e.detail());
        failed(e, attempt);
        pause(e, attempt);
      }
      next = List.of();
    }
  }

  /** Returns when asking again makes sense. */
  private void failed(ModelException e, int attempt) throws EndsRun {
    switch (e.kind()) {
      case TOKEN_LIMIT -> throw new EndsRun(new AgentEnd(Ended.TOKEN_LIMIT, ""));
      case COST_LIMIT -> throw new EndsRun(new AgentEnd(Ended.COST_LIMIT, ""));
      default -> {}
    }
    if (e.retryable() && OURS.contains(e.kind()) && attempt < ATTEMPTS) {
      return;
    }
    // A provider that took the first request and not a later one refuses what the model or this
    // agent made of the conversation; that is no failure of the provider.
    if (answeredOnce && (e.status() == 400 || e.status() == 422) && !e.retryable()) {
      throw new EndsRun(
          new AgentEnd(Ended.CRASHED, "the provider refused the conversation: " + e.detail()));
    }
    throw new ModelLostException(e.status(), e.code().orElse(""), e.detail(), e);
  }

  private void pause(ModelException e, int attempt) throws InterruptedException {
    double own = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * Math.pow(2, attempt - 1));
    Duration wait = e.retryAfter().orElse(Duration.ofNanos((long) (own * 1e9)));
    states.accept(e.retryAfter().isPresent() ? TrialState.RATELIMIT_WAIT : TrialState.BACKOFF);
    Thread.sleep(wait.toMillis());
    states.accept(TrialState.CLIENT_OVERHEAD);
  }

  /** Makes room in the conversation; false when nothing was left to take out. */
  boolean compact(int keep) {
    states.accept(TrialState.COMPACTION);
    int shortened = session.compact(keep);
    states.accept(TrialState.CLIENT_OVERHEAD);
    log.note("compaction: " + shortened + " outputs taken out");
    return shortened > 0;
  }
}
