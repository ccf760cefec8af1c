package dev.pacebench.runner.agent.program;

import dev.pacebench.runner.agent.manifest.AgentManifest;
import java.util.Optional;

/** Brings programs to this machine; cheap when one is there already. */
@FunctionalInterface
public interface Programs {

  /** Where a manifest's program lies; empty when it needs none of this machine. */
  Optional<Place> provide(AgentManifest manifest) throws InterruptedException;
}
