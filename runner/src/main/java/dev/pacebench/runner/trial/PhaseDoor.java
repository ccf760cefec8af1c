package dev.pacebench.runner.trial;

/** The door to the model as the agent phase knows it. */
interface PhaseDoor {

  /** Waits for our own limits so far, which are no part of the phase. */
  long waitedNanos();

  /** Lets no call through any more and ends those under way. */
  void shut();

  /**
   * Fails where the provider never let the agent begin, once its deadline has come.
   *
   * @throws dev.pacebench.runner.agent.ModelLostException naming the last failure
   */
  default void requireProvider() {}

  /** For agents without a model. */
  PhaseDoor NONE =
      new PhaseDoor() {
        @Override
        public long waitedNanos() {
          return 0;
        }

        @Override
        public void shut() {}
      };
}
