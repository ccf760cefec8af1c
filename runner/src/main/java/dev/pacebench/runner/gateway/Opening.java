package dev.pacebench.runner.gateway;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.record.Recording;
import dev.pacebench.runner.gateway.simulated.Scripts;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ServedModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a trial's door is opened for.
 *
 * @param name names the try, for logs
 * @param seed of the run, for what a simulated model does
 * @param scripts what a simulated model can play
 * @param recording what a replayed model plays back
 * @param socket a Unix socket to listen on too, in a folder of its own; for a relay
 * @param agentRetries whether the agent tries failed calls again itself
 * @param listener hears of every call
 */
public record Opening(
    String name,
    Contender contender,
    ServedModel model,
    long seed,
    int attempt,
    int tryNumber,
    Optional<Scripts> scripts,
    Optional<Recording> recording,
    Optional<Path> socket,
    boolean agentRetries,
    CallListener listener) {

  public Opening {
    requireNonNull(name, "name is null");
    requireNonNull(contender, "contender is null");
    requireNonNull(model, "model is null");
    requireNonNull(scripts, "scripts is null");
    requireNonNull(recording, "recording is null");
    requireNonNull(socket, "socket is null");
    requireNonNull(listener, "listener is null");
  }
}
