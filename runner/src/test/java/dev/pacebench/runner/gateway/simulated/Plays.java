package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plays for tests: as fast as can be unless said otherwise. */
final class Plays {

  static final Script WORK =
      new Script(
          "good",
          true,
          List.of(
              new Turn("I look around first.", "Looking.", List.of("ls -la", "cat a.txt"), 6, 40),
              new Turn("", "Now the change.", List.of("printf '\"é\"\\n' > b.txt"), 0, 24),
              new Turn("It is there.", "All done.", List.of(), 3, 5)));

  private Plays() {}

  static SimulatedTier fast() {
    return tier(Duration.ZERO, 1e6, 1, SimulatedTier.Faults.NONE);
  }

  static SimulatedTier tier(
      Duration firstToken, double tokensPerSecond, int perFrame, SimulatedTier.Faults faults) {
    return new SimulatedTier(
        firstToken, tokensPerSecond, perFrame, 0, Duration.ZERO, Duration.ZERO, 0, 1, faults);
  }

  static Play scripted() {
    return new Play(fast(), Optional.of(WORK), 7);
  }

  static Play words(SimulatedTier tier) {
    return new Play(tier, Optional.empty(), 7);
  }
}
