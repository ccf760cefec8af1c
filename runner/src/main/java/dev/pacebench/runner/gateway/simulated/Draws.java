package dev.pacebench.runner.gateway.simulated;

/** Numbers that depend on a seed and on what they are drawn for, and on nothing else. */
final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;

  Draws(long seed) {
    this.seed = seed;
  }

  /** Draws of their own for one purpose. */
  Draws about(String purpose) {
    return new Draws(bits(purpose.hashCode()));
  }

  /** Draws of their own for one of several. */
  Draws about(long number) {
    return new Draws(bits(number));
  }

  /** The finaliser of SplitMix64 over seed and number. */
  long bits(long number) {
    long z = seed + GOLDEN * (number + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 up to, never reaching, 1. */
  double unit(long number) {
    return (bits(number) >>> 11) * 0x1.0p-53;
  }

  /** From -1 to 1. */
  double spread(long number) {
    return 2 * unit(number) - 1;
  }

  /** Eight digits for ids. */
  String hex(long number) {
    return String.format("%08x", (int) bits(number));
  }
}
