package dev.pacebench.runner.gateway.policy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.Optional;

/** Tokens and money that one trial may use; safe for several threads. */
public interface TrialBudget {

  /** Counts an attempt. */
  void used(CallRecord call);

  /** The limit that is used up, {@link Ended#TOKEN_LIMIT} or {@link Ended#COST_LIMIT}. */
  Optional<Ended> usedUp();

  /** Money so far; absent without a price. */
  Optional<Double> cost();
}
