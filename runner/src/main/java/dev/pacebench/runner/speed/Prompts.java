package dev.pacebench.runner.speed;

/** Texts of a wanted length that no cache has seen. */
final class Prompts {

  static final String INSTRUCTIONS = "You answer in plain words.";
  static final String GO_ON =
      "Good. Count on from where you stopped, in the same way, and do not stop.";

  private static final String TASK =
      " Pay no attention to the words above. Count upwards from one, in English words with a blank"
          + " between them, and do not stop.";

  /** Common words, which most models take as one token each. */
  private static final String[] WORDS = {
    "the", "house", "green", "under", "paper", "water", "stone", "after", "small", "light",
    "river", "table", "round", "night", "other", "first", "sound", "plant", "point", "world",
    "about", "every", "large", "place", "right", "where", "woman", "young", "white", "black"
  };

  private Prompts() {}

  /**
   * A prompt of roughly so many tokens.
   *
   * @param nonce stands at its very beginning, since caches know beginnings
   */
  static String of(String nonce, int tokens) {
    StringBuilder text = new StringBuilder("Note ").append(nonce).append('.');
    int overhead = 50;
    int at = nonce.hashCode() & 0xFFFF;
    for (int i = overhead; i < tokens; i++) {
      at = (at * 31 + 7) & 0xFFFF;
      text.append(' ').append(WORDS[at % WORDS.length]);
    }
    return text.append('.').append(TASK).toString();
  }
}
