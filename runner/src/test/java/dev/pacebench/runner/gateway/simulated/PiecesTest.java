package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests for {@link Pieces}. */
class PiecesTest {

  @Test
  void everyPieceCarriesTheStatedTokens() {
    Pieces pieces = Pieces.text("abcdefghijklmnopqrst", 10, 3);

    assertThat(pieces.count()).isEqualTo(4);
    assertThat(List.of(0, 1, 2, 3)).map(pieces::tokensAfter).containsExactly(3L, 6L, 9L, 10L);
    assertThat(all(pieces)).containsExactly("abcde", "fghij", "klmno", "pqrst");
  }

  @Test
  void aTextShorterThanItsTokensHasNoEmptyPiece() {
    Pieces pieces = Pieces.text("ok", 9, 1);

    assertThat(all(pieces)).containsExactly("o", "k");
    assertThat(pieces.tokensAfter(1)).isEqualTo(9);
  }

  @Test
  void noPieceEndsWithinACharacter() {
    Pieces pieces = Pieces.text("a😀b😀", 3, 1);

    assertThat(String.join("", all(pieces))).isEqualTo("a😀b😀");
    assertThat(all(pieces))
        .allSatisfy(
            piece -> {
              assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
              assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
            });
  }

  @Test
  void anyTextComesWholeInPiecesWhoseTokensGrow() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 500; round++) {
      String text = "héllo wörld ".repeat(random.nextInt(1, 9)).substring(random.nextInt(12));
      Pieces pieces = Pieces.text(text, random.nextInt(0, 200), random.nextInt(1, 6));

      List<String> all = all(pieces);
      assertThat(String.join("", all)).isEqualTo(text);
      assertThat(all).doesNotContain("");
      long before = 0;
      for (int i = 0; i < pieces.count(); i++) {
        assertThat(pieces.tokensAfter(i)).isGreaterThanOrEqualTo(before);
        before = pieces.tokensAfter(i);
      }
      assertThat(before).isEqualTo(pieces.tokens());
    }
  }

  @Test
  void hiddenTokensHaveNothingToSend() {
    Pieces hidden = Pieces.text("", 30, 1);

    assertThat(hidden.count()).isZero();
    assertThat(hidden.tokens()).isEqualTo(30);
  }

  @Test
  void wordsAreOneForEachToken() {
    Pieces words = Pieces.words(new Draws(5), 7, 3);

    assertThat(words.count()).isEqualTo(3);
    assertThat(words.whole().trim().split(" ")).hasSize(7);
    assertThat(String.join("", all(words))).isEqualTo(words.whole());
    assertThat(Pieces.words(new Draws(6), 7, 3).whole()).isNotEqualTo(words.whole());
  }

  private static List<String> all(Pieces pieces) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < pieces.count(); i++) {
      all.add(pieces.piece(i));
    }
    return all;
  }
}
