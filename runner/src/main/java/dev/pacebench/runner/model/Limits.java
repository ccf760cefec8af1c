package dev.pacebench.runner.model;

/** How much of a model's words is held in memory. */
final class Limits {

  /** Of one answer, with all that its protocol wraps around it. */
  static final int ANSWER_BYTES = 32 << 20;

  /** Of one request; a conversation beyond it fits no model. */
  static final int REQUEST_BYTES = 48 << 20;

  /** Of the body of an error. */
  static final int ERROR_BYTES = 64 << 10;

  private Limits() {}
}
