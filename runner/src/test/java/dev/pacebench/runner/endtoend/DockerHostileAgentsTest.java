package dev.pacebench.runner.endtoend;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerHostileAgentsTest extends HostileAgents {

  @Override
  String providerName() {
    return "docker";
  }

  /** More than fit into its memory would end the agent before its deadline. */
  @Override
  String forks() {
    return "for i in $(seq 300); do (sleep 985 & sleep 985) & done; sleep 985";
  }
}
