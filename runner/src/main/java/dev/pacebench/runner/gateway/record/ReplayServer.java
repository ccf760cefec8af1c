package dev.pacebench.runner.gateway.record;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.simulated.ModelPort;
import dev.pacebench.runner.gateway.simulated.TrialKeys;
import java.net.URI;
import java.util.Optional;

/**
 * A model server that plays recorded trials: the same bytes again, at their own pace or another.
 *
 * <p>A trial is let in by a key of its own, which also names the recording. A request that is not
 * the recorded one is refused with status 409 and code {@value ReplayErrors#MISMATCH}; {@link
 * RequestMatcher} says what may differ.
 */
public final class ReplayServer implements AutoCloseable {

  private final TrialKeys<ReplayTrial> trials = new TrialKeys<>("replay-");
  private final ModelPort port;

  private ReplayServer() {
    port =
        new ModelPort(
            ReplayFront.MOST_BODY,
            (vertx, pacer) -> new ReplayFront(vertx, pacer, trials)::request);
  }

  /** Starts one on a free port, with threads of its own. */
  public static ReplayServer start() {
    return new ReplayServer();
  }

  /** What a lineup would write as the provider's base URL. */
  public URI baseUrl() {
    return port.baseUrl();
  }

  /**
   * Lets a trial in.
   *
   * @param name names the trial
   * @return the key that its calls must bring
   */
  public String register(String name, Recording recording, Pace pace) {
    requireNonNull(recording, "recording is null");
    requireNonNull(pace, "pace is null");
    return trials.add(name, new ReplayTrial(recording, pace));
  }

  /** Ends a trial: its key is worth nothing any more, and answers under way break off. */
  public void unregister(String name) {
    trials.remove(name).ifPresent(ReplayTrial::end);
  }

  /** How a trial's requests stopped to match, once they did. */
  public Optional<String> mismatch(String name) {
    return trials.named(name).flatMap(ReplayTrial::mismatch);
  }

  /** Recorded calls of a trial that were not asked for yet. */
  public int left(String name) {
    return trials.named(name).map(trial -> trial.size() - trial.played()).orElse(0);
  }

  @Override
  public void close() {
    trials.all().forEach(ReplayTrial::end);
    port.close();
  }
}
