package dev.pacebench.leaderboard.whatif;

/** What speeding up one part does to the whole (Amdahl 1967). */
public final class Amdahl {

  private Amdahl() {}

  /**
   * How much faster the whole becomes.
   *
   * @param share of the time that the part takes, 0 to 1
   * @param times how much faster the part becomes; infinite for the ceiling
   */
  public static double speedUp(double share, double times) {
    return 1 / (1 - share + share / times);
  }
}
