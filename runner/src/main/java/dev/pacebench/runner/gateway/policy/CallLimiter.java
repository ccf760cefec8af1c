package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.CallRecord;
import java.util.concurrent.CompletableFuture;

/** A contender's limits on its calls; one object for all its trials, safe for several threads. */
public interface CallLimiter {

  /** Holds one call's place until it is closed. */
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  /** Completes when a call may be sent; cancelling it gives the place up. */
  CompletableFuture<Permit> acquire();

  /** Counts an attempt's tokens. */
  void used(CallRecord call);
}
