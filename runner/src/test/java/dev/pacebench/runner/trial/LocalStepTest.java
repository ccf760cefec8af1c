package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

@Tag("local")
@Tag("slow")
class LocalStepTest extends StepPromise {

  @Override
  String providerName() {
    return "local";
  }
}
