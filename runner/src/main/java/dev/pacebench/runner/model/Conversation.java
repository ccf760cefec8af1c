package dev.pacebench.runner.model;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What was said so far, in one protocol's own shape. */
interface Conversation {

  /** Stands for the result of a tool that was taken out. */
  String SHORTENED = "[this output was removed to make room]";

  /** Headers of the protocol, the one with the token among them. */
  Map<String, String> headers();

  void add(List<Input> added);

  /** A request with all that was said. */
  ObjectNode request();

  /** Reads one answer; what is to be kept of it is added here at its end. */
  AnswerReading answer(TurnListener live);

  /** See {@link ModelSession#compact}. */
  int compact(int keep);

  /**
   * Leaves out of later requests what a server said it does not know.
   *
   * @return whether something was left out, so that asking again makes sense
   */
  default boolean adapt(ModelException refusal) {
    return false;
  }
}
