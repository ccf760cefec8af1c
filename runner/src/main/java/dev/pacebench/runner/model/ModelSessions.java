package dev.pacebench.runner.model;

/** Opens conversations in every protocol. */
public final class ModelSessions {

  private ModelSessions() {}

  /** Opens a conversation; nothing is sent yet. */
  public static ModelSession open(ModelSettings settings) {
    throw new UnsupportedOperationException("no protocol can be spoken yet");
  }
}
