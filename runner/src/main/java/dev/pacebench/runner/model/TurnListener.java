package dev.pacebench.runner.model;

/** Hears an answer while it comes, on the thread that asked; must return at once. */
@FunctionalInterface
public interface TurnListener {

  /** What a piece belongs to. */
  enum Kind {
    REASONING,
    TEXT,
    TOOL_ARGUMENTS
  }

  /** A piece of the answer; never empty. */
  void piece(Kind kind, String text);

  /** Nobody listens. */
  TurnListener NONE = (kind, text) -> {};
}
