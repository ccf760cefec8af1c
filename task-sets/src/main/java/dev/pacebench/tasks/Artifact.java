package dev.pacebench.tasks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A path in the agent's sandbox that is kept, and in separate mode handed to the verifier.
 *
 * @param source path inside the sandbox; relative to the working directory unless absolute
 * @param destination path below the artifacts folder, absent for the source's own name
 * @param exclude glob patterns left out
 */
public record Artifact(String source, Optional<String> destination, List<String> exclude) {

  public Artifact {
    requireNonNull(source, "source is null");
    requireNonNull(destination, "destination is null");
    exclude = List.copyOf(exclude);
  }
}
