package dev.pacebench.runner.agent.program;

import dev.pacebench.runner.agent.install.Installed;
import dev.pacebench.runner.agent.manifest.AgentManifest;

/** Brings programs to this machine; cheap when one is there already. */
@FunctionalInterface
public interface Programs {

  /** What a manifest asks for, whole and ready to be mounted. */
  Installed provide(AgentManifest manifest) throws InterruptedException;
}
