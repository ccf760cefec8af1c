package dev.pacebench.leaderboard.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SignedRankTest {

  @Test
  void equalSizesShareTheirRank() {
    // Ranks 1.5, 1.5, 3: of 8 ways, sums of at most 1.5 come in 3, so 6/8 on both sides.
    assertThat(SignedRank.p(new double[] {-1, 1, 2})).isEqualTo(0.75);
    assertThat(SignedRank.p(new double[] {0, 0})).isEqualTo(1);
    assertThat(SignedRank.p(new double[] {})).isEqualTo(1);
  }

  @Test
  void theApproximationOfManyContinuesTheExactOne() {
    SplittableRandom random = new SplittableRandom(1);
    double[] most = random.doubles(SignedRank.MOST_EXACT, -0.8, 1).toArray();
    double[] more = java.util.Arrays.copyOf(most, most.length + 1);
    more[most.length] = 1e-9;
    assertThat(SignedRank.p(more)).isCloseTo(SignedRank.p(most), Offset.offset(0.002));
    assertThat(SignedRank.p(most)).isLessThan(0.5);
  }

  @Test
  void drawnSignsAgreeWithAllOfThem() {
    double[] differences = new SplittableRandom(2).doubles(20, -0.7, 1).toArray();
    double[] withZero = java.util.Arrays.copyOf(differences, 21);
    assertThat(SignFlip.p(withZero, 7)).isCloseTo(SignFlip.p(differences, 7), Offset.offset(0.015));
  }
}
