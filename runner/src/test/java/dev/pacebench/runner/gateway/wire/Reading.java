package dev.pacebench.runner.gateway.wire;

import dev.pacebench.runner.gateway.call.Answer;
import org.jspecify.annotations.Nullable;

/** All that a reader says in the end. */
record Reading(
    Answer answer,
    @Nullable Long first,
    @Nullable Long answerStart,
    @Nullable Long last,
    @Nullable Long terminalAt) {

  static Reading of(AnswerReader reader) {
    return new Reading(
        reader.answer(), reader.first(), reader.answerStart(), reader.last(), reader.terminalAt());
  }

  /** Each instant is the end of the part in which the same byte came. */
  Reading in(int... ends) {
    return new Reading(
        answer, end(first, ends), end(answerStart, ends), end(last, ends), end(terminalAt, ends));
  }

  private static @Nullable Long end(@Nullable Long at, int... ends) {
    if (at == null) {
      return null;
    }
    for (int end : ends) {
      if (end >= at) {
        return Long.valueOf(end);
      }
    }
    throw new IllegalArgumentException("no part holds byte " + at);
  }
}
