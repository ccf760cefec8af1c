package dev.pacebench.leaderboard.whatif;

/** A part of a tier: as stated, or a multiple of what was measured. */
public sealed interface Speed {

  /**
   * As stated.
   *
   * @param value seconds, or tokens per second
   */
  record Stated(double value) implements Speed {
    public Stated {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("not a number from 0 on: " + value);
      }
    }
  }

  /**
   * So many times what was measured.
   *
   * @param times above 0
   */
  record Multiple(double times) implements Speed {
    public Multiple {
      if (!(times > 0) || Double.isInfinite(times)) {
        throw new IllegalArgumentException("not a number above 0: " + times);
      }
    }
  }
}
