package dev.pacebench.runner.model;

import tools.jackson.databind.JsonNode;

/** Puts one answer together from its events; nothing of it counts before {@link #finish}. */
interface AnswerReading {

  /**
   * Takes an event; those that are not known are ignored.
   *
   * @return whether it was the last one
   * @throws ModelException when it says that the answer failed
   * @throws FailedTurn when it says that there will be no answer, through the model's doing
   */
  boolean event(JsonNode event) throws ModelException, FailedTurn;

  /** Whether all that matters came, when a stream ends without a last event. */
  default boolean whole() {
    return false;
  }

  /** The answer; adds to the conversation what has to be sent back later. */
  Turn finish();
}
