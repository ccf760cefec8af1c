package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

@Tag("local")
class LocalDeadlineTest extends DeadlinePromise {

  @Override
  String providerName() {
    return "local";
  }
}
