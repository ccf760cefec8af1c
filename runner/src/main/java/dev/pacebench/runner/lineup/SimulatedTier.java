package dev.pacebench.runner.lineup;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a made-up tier behaves; all of it is part of the contender digest.
 *
 * @param firstToken from a request that was read to the first token
 * @param tokensPerSecond pace of the tokens after the first
 * @param tokensPerFrame tokens in one event
 * @param jitter spread of every wait as a share of it, from 0 to 1
 * @param connect cost of a new connection
 * @param roundtrip cost of each call before anything else happens
 * @param prefillTokensPerSecond pace at which input that is not cached is read; 0 for at once
 * @param skill chance of the good path for a task of medium difficulty, from 0 to 1
 * @param faults how often calls fail
 */
public record SimulatedTier(
    Duration firstToken,
    double tokensPerSecond,
    int tokensPerFrame,
    double jitter,
    Duration connect,
    Duration roundtrip,
    double prefillTokensPerSecond,
    double skill,
    Faults faults) {

  /** Shares of calls that fail, each from 0 to 1, drawn by seed. */
  public record Faults(double rateLimited, double serverError, double overloaded, double cut) {
    public static final Faults NONE = new Faults(0, 0, 0, 0);

    public Faults {
      for (double share : new double[] {rateLimited, serverError, overloaded, cut}) {
        if (!(share >= 0 && share <= 1)) {
          throw new IllegalArgumentException("a share must be from 0 to 1");
        }
      }
      if (rateLimited + serverError + overloaded + cut > 1 + 1e-9) {
        throw new IllegalArgumentException("the shares must not add up to more than 1");
      }
    }
  }

  public SimulatedTier {
    requireNonNull(firstToken, "firstToken is null");
    requireNonNull(connect, "connect is null");
    requireNonNull(roundtrip, "roundtrip is null");
    requireNonNull(faults, "faults is null");
    if (!(tokensPerSecond > 0) || tokensPerFrame < 1) {
      throw new IllegalArgumentException("a tier must send something");
    }
    if (!(jitter >= 0 && jitter <= 1) || !(skill >= 0 && skill <= 1)) {
      throw new IllegalArgumentException("jitter and skill must be from 0 to 1");
    }
    if (firstToken.isNegative() || connect.isNegative() || roundtrip.isNegative()) {
      throw new IllegalArgumentException("a wait must not be negative");
    }
  }
}
