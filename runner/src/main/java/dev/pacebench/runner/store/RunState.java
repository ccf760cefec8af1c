package dev.pacebench.runner.store;

import java.util.Locale;

/** How far a run came, as its row says; a killed runner leaves RUNNING behind. */
public enum RunState {
  PLANNED,
  RUNNING,
  /** Stopped by its user; can be resumed. */
  STOPPED,
  /** Ended by something outside it, or with suspended contenders; can be resumed. */
  FAILED,
  DONE;

  /** As written for people: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
