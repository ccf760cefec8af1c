package dev.pacebench.leaderboard.board;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a board is divided by, besides task sets. */
public enum Grouping {
  NONE,
  CATEGORY,
  DIFFICULTY,
  REPOSITORY,
  TASK;

  /** As people write it: lower case; also the label of a trial that it reads. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word()}. */
  public static Optional<Grouping> ofWord(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }
}
