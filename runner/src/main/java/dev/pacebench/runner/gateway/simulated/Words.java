package dev.pacebench.runner.gateway.simulated;

/** Made-up words, one a token; a word depends on its place and the seed alone. */
final class Words implements Pieces {

  private static final String[] STARTS = {
    "ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "wa"
  };
  private static final String[] ENDS = {
    "dan", "rel", "min", "tor", "pus", "lak", "ven", "sil", "gom", "rud", "nas", "tel", "kir",
    "bon", "mul", "fax"
  };

  private final Draws draws;
  private final long tokens;
  private final int perPiece;

  Words(Draws draws, long tokens, int perPiece) {
    this.draws = draws;
    this.tokens = tokens;
    this.perPiece = perPiece;
  }

  @Override
  public int count() {
    return (int) ((tokens + perPiece - 1) / perPiece);
  }

  @Override
  public String piece(int index) {
    StringBuilder text = new StringBuilder(perPiece * 6);
    long end = tokensAfter(index);
    for (long word = (long) index * perPiece; word < end; word++) {
      long bits = draws.bits(word);
      text.append(STARTS[(int) (bits & 15)]).append(ENDS[(int) (bits >>> 4 & 15)]).append(' ');
    }
    return text.toString();
  }

  @Override
  public long tokensAfter(int index) {
    return Math.min(tokens, (index + 1L) * perPiece);
  }

  @Override
  public long tokens() {
    return tokens;
  }

  @Override
  public String whole() {
    StringBuilder text = new StringBuilder((int) Math.min(tokens * 6, 1 << 24));
    for (int i = 0; i < count(); i++) {
      text.append(piece(i));
    }
    return text.toString();
  }
}
