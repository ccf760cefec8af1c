package dev.pacebench.runner.gateway.simulated;

/**
 * A text cut into the pieces in which it is sent; made when asked for, never kept.
 *
 * <p>No piece is empty, and no piece ends within a character.
 */
interface Pieces {

  int count();

  String piece(int index);

  /** Tokens of this text up to the end of a piece. */
  long tokensAfter(int index);

  long tokens();

  String whole();

  /** Tokens without anything to see, such as of hidden reasoning. */
  static Pieces hidden(long tokens) {
    return text("", tokens, 1);
  }

  /** A text whose tokens are spread evenly over its characters. */
  static Pieces text(String text, long tokens, int perPiece) {
    int characters = text.codePointCount(0, text.length());
    int wanted = (int) Math.min(Integer.MAX_VALUE, (tokens + perPiece - 1) / perPiece);
    int count = Math.min(characters, Math.max(1, wanted));
    return new Pieces() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public String piece(int index) {
        return text.substring(edge(index), edge(index + 1));
      }

      private int edge(int index) {
        return index == count
            ? text.length()
            : text.offsetByCodePoints(0, (int) ((long) characters * index / count));
      }

      @Override
      public long tokensAfter(int index) {
        return count == wanted
            ? Math.min(tokens, (index + 1L) * perPiece)
            : tokens * (index + 1L) / Math.max(1, count);
      }

      @Override
      public long tokens() {
        return tokens;
      }

      @Override
      public String whole() {
        return text;
      }
    };
  }

  /** As many made-up words as tokens are wanted. */
  static Pieces words(Draws draws, long tokens, int perPiece) {
    return new Words(draws, tokens, perPiece);
  }
}
