package dev.pacebench.runner.timeline;

/** Sees a try's states as they change; must return at once. */
@FunctionalInterface
public interface TrialWatcher {

  void onState(TrialState state);

  /** Nobody watches. */
  TrialWatcher NONE = state -> {};
}
