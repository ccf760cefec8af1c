package dev.pacebench.runner.model;

/** An error of a provider that is an answer all the same: a refusal, or too long a conversation. */
final class FailedTurn extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Turn turn;

  FailedTurn(Turn turn) {
    super(turn.stop().name(), null, false, false);
    this.turn = turn;
  }

  Turn turn() {
    return turn;
  }
}
