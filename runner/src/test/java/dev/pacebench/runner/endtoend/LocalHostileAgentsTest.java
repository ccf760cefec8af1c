package dev.pacebench.runner.endtoend;

import org.junit.jupiter.api.Tag;

@Tag("local")
class LocalHostileAgentsTest extends HostileAgents {

  @Override
  String providerName() {
    return "local";
  }

  /** Nothing limits their number there, so they limit themselves. */
  @Override
  String forks() {
    return "for i in $(seq 300); do (sleep 985 & sleep 985) & done; sleep 985";
  }
}
