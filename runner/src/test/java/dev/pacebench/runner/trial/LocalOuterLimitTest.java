package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

@Tag("local")
class LocalOuterLimitTest extends OuterLimitPromise {

  @Override
  String providerName() {
    return "local";
  }
}
