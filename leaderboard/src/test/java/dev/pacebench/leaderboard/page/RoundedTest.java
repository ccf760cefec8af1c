package dev.pacebench.leaderboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.table.PlainTable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundedTest {

  @Test
  void whatIsShownOfARoundedNumberIsWhatIsShownOfTheNumber() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 6_000; i++) {
      double share =
          i < 3_000 ? random.nextDouble() : random.nextInt(1, 2001) / 2000.0 + (i % 3 - 1) * 4e-9;
      assertThat(PlainTable.percent(Double.parseDouble(Rounded.share(share))))
          .as(Double.toString(share))
          .isEqualTo(PlainTable.percent(share));
      double seconds = Math.exp(-7 + 20 * random.nextDouble());
      assertThat(PlainTable.seconds(Double.parseDouble(Rounded.seconds(seconds))))
          .isEqualTo(PlainTable.seconds(seconds));
    }
  }

  @Test
  void mostNumbersAreShort() {
    assertThat(Rounded.share(2.0 / 3)).isEqualTo("0.66667");
    assertThat(Rounded.share(-0.25)).isEqualTo("-0.25");
    assertThat(Rounded.share(1)).isEqualTo("1");
    assertThat(Rounded.share(-1e-9)).isEqualTo("0");
    assertThat(Rounded.seconds(7.4718329)).isEqualTo("7.472");
    assertThat(Rounded.seconds(1234.5678)).isEqualTo("1235");
    assertThat(Rounded.seconds(0.00049)).isEqualTo("0");
    assertThat(Rounded.number(1234567.8)).isEqualTo("1234570");
    assertThat(Rounded.number(1e-30)).isEqualTo("1E-30");
    assertThat(Rounded.number(0)).isEqualTo("0");
  }

  /** Rounding to five digits first would make of it what shows as 12.4 %. */
  @Test
  void aNumberBesideATieKeepsWhatTellsItFromTheTie() {
    assertThat(Rounded.share(0.1234999)).isEqualTo("0.1234999");
  }
}
