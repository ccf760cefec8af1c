package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.lineup.SimulatedTier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which script a simulated model plays in one trial, and the seed of its jitter and faults.
 *
 * <p>The chance of a good path is {@code skill ^ weight}, the weight being 0.5 for an easy task, 1
 * for a medium one or one that does not say, and 2 for a hard one. All draws come from SHA-256 over
 * the run's seed, the task digest, the contender digest and the attempt, so the same trial always
 * plays the same, whatever ran before it, and display names change nothing. Contenders draw
 * independently of each other, as real models do.
 */
public final class ScriptChoice {

  private static final String PURPOSE = "pacebench script choice 1";
  private static final double TWO_TO_53 = 0x1p53;

  private final Script script;
  private final double chance;
  private final byte[] trial;

  private ScriptChoice(Script script, double chance, byte[] trial) {
    this.script = script;
    this.chance = chance;
    this.trial = trial;
  }

  /**
   * Chooses.
   *
   * @param scripts of the trial's task
   * @param skill from 0, never good, to 1, always good
   * @param attempt of the trial, from 1
   */
  public static ScriptChoice of(
      Scripts scripts, double skill, long runSeed, String contenderDigest, int attempt) {
    requireNonNull(contenderDigest, "contenderDigest is null");
    double chance = chance(skill, scripts.weight());
    byte[] trial =
        sha256(
            PURPOSE.getBytes(StandardCharsets.UTF_8),
            bytes(runSeed),
            scripts.taskDigest().getBytes(StandardCharsets.UTF_8),
            contenderDigest.getBytes(StandardCharsets.UTF_8),
            bytes(attempt));
    // The top 53 bits as a fraction, which is below 1, so a chance of 1 always wins.
    boolean good = (draw(trial, "path") >>> 11) / TWO_TO_53 < chance;
    List<Script> side = good ? scripts.good() : scripts.wrong();
    int index = (int) Long.remainderUnsigned(draw(trial, "script"), side.size());
    return new ScriptChoice(side.get(index), chance, trial);
  }

  /** The chance that a skill gives at a task of this weight. */
  static double chance(double skill, double weight) {
    if (!(skill >= 0 && skill <= 1)) {
      throw new IllegalArgumentException("a skill is from 0 to 1, not " + skill);
    }
    return Math.pow(skill, weight);
  }

  /** What a task's difficulty makes of a skill; a word that is not known counts as medium. */
  static double weight(Optional<String> difficulty) {
    return switch (difficulty.orElse("medium").strip().toLowerCase(Locale.ROOT)) {
      case "easy" -> 0.5;
      case "hard" -> 2;
      default -> 1;
    };
  }

  public Script script() {
    return script;
  }

  /** The chance that a good path had. */
  public double chance() {
    return chance;
  }

  /**
   * The seed of jitter and faults in one try. It differs from try to try: a trial that a made-up
   * fault has lost would otherwise be lost for ever.
   *
   * @param tryNumber from 1
   */
  public long seed(int tryNumber) {
    return draw(trial, "try " + tryNumber);
  }

  /** What the model does in one try. */
  public Play play(SimulatedTier tier, int tryNumber) {
    return new Play(tier, Optional.of(script), seed(tryNumber));
  }

  private static long draw(byte[] trial, String what) {
    return ByteBuffer.wrap(sha256(trial, what.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /** Each part is preceded by its length, so that no two lists of parts look alike. */
  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
