package dev.pacebench.runner.trial;

import org.junit.jupiter.api.Tag;

/** Changes in sandboxes without an engine. */
@Tag("local")
class LocalChangeTest extends ChangePromise {

  LocalChangeTest() {
    super("local");
  }
}
