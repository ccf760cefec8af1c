package dev.pacebench.leaderboard.stats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * One set of task resamples that all statistics of a table share: replicate {@code b} holds the
 * same tasks for every contender and every pair.
 *
 * <p>Seeded by the tasks themselves, so that the same trials give the same bytes.
 */
public final class Resamples {

  private final int tasks;
  private final int replicates;
  private final long seed;

  /**
   * Resamples of tasks.
   *
   * @param tasks how many there are
   * @param replicates how often they are drawn
   * @param seed from {@link #seed}
   */
  public Resamples(int tasks, int replicates, long seed) {
    if (tasks < 1 || replicates < 1) {
      throw new IllegalArgumentException("nothing to draw: " + tasks + " tasks");
    }
    this.tasks = tasks;
    this.replicates = replicates;
    this.seed = seed;
  }

  /** A seed that depends on the digests alone, not on their order. */
  public static long seed(Collection<String> taskDigests) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String digest : new TreeSet<>(taskDigests)) {
        sha.update(digest.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return ByteBuffer.wrap(sha.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  public int tasks() {
    return tasks;
  }

  public int replicates() {
    return replicates;
  }

  /** How often each task was drawn in a replicate; the counts add up to the number of tasks. */
  public int[] counts(int replicate) {
    // A generator of its own per replicate lets replicates be computed in any order. Its seed is
    // mixed, since seeds that differ by the generator's own step give one sequence, shifted.
    SplittableRandom random = new SplittableRandom(mixed(seed ^ mixed(replicate + 1L)));
    int[] counts = new int[tasks];
    for (int i = 0; i < tasks; i++) {
      counts[random.nextInt(tasks)]++;
    }
    return counts;
  }

  /** Changes about half of the bits when one changes (the last step of MurmurHash3). */
  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
