package dev.pacebench.runner.gateway.simulated;

import java.net.URI;

/**
 * A model server that stands in for a real one: it speaks their protocols on loopback, at a stated
 * pace, and plays scripted work.
 *
 * <p>A trial is let in by a key of its own, which also names its play; without one there is nothing
 * to be had.
 */
public final class SimulatedServer implements AutoCloseable {

  private final SentLog log = new SentLog();
  private final TrialKeys<Trial> trials = new TrialKeys<>("sim-");
  private final ModelPort port;

  private SimulatedServer() {
    port =
        new ModelPort(
            Front.MOST_BODY,
            (vertx, pacer) -> new Front(vertx, trials, new Sending.Line(pacer, log))::request);
  }

  /** Starts one on a free port, with threads of its own. */
  public static SimulatedServer start() {
    return new SimulatedServer();
  }

  /** What a lineup would write as the provider's base URL. */
  public URI baseUrl() {
    return port.baseUrl();
  }

  /**
   * Lets a trial in.
   *
   * @param name names the trial, in {@link #log} as well
   * @return the key that the trial's calls must bring
   */
  public String register(String name, Play play) {
    return trials.add(name, new Trial(name, play));
  }

  /** Ends a trial: its key is worth nothing any more, and answers under way break off. */
  public void unregister(String name) {
    trials
        .remove(name)
        .ifPresent(
            trial -> {
              trial.end();
              log.forget(name);
            });
  }

  /** What was sent when. */
  public SentLog log() {
    return log;
  }

  @Override
  public void close() {
    trials.all().forEach(Trial::end);
    port.close();
  }
}
