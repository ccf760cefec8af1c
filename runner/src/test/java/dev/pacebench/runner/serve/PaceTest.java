package dev.pacebench.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** All pages together make about the same work, however many they are. */
class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void manyPagesAreToldMoreSeldom() {
    assertThat(Pace.USUAL.lookAfter(1)).isEqualTo(SECOND);
    assertThat(Pace.USUAL.lookAfter(200)).isEqualTo(5 * SECOND);
    assertThat(Pace.USUAL.lookAfter(512)).isEqualTo(10 * SECOND);
  }

  @Test
  void figuresTakeASmallShareOfACoreAndManyPagesFetchThemSeldom() {
    assertThat(Pace.USUAL.pauseAfter(SECOND / 1000, 1)).isEqualTo(2 * SECOND);
    assertThat(Pace.USUAL.pauseAfter(SECOND / 5, 1)).isEqualTo(20 * SECOND);
    assertThat(Pace.USUAL.pauseAfter(100 * SECOND, 1)).isEqualTo(60 * SECOND);
    assertThat(Pace.USUAL.pauseAfter(0, 200)).isEqualTo(20 * SECOND);
  }

  @Test
  void manyPagesSpreadAndOneNeedNotWait() {
    assertThat(Pace.USUAL.spread(1)).isZero();
    assertThat(Pace.USUAL.spread(200)).isEqualTo(10_000);
    assertThat(Pace.USUAL.spread(5_000)).isEqualTo(20_000);
  }
}
