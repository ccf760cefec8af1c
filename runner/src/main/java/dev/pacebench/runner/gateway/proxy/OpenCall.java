package dev.pacebench.runner.gateway.proxy;

/** What runs through a door and must end with the agent phase. */
interface OpenCall {

  /** Runs something on the one thread that serves it. */
  void execute(Runnable work);

  /** Ends it: the provider's side and the caller's are cut. On its own thread. */
  void phaseOver();
}
