package dev.pacebench.runner.trial;

import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.ServiceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a record says of the services that run beside an agent. */
final class Beside {

  /** The end of what each printed that is kept. */
  private static final int KEPT = 1 << 20;

  private static final String FOLDER = "services";

  private Beside() {}

  /**
   * Notes those that came to a bad end while the agent worked. That loses no try: an agent may have
   * brought it about, and must gain nothing by it.
   */
  static void note(Sandbox sandbox, RecordBuilder record) {
    List<ServiceState> states = sandbox.services();
    if (states.isEmpty()) {
      return;
    }
    Map<String, String> shown = new TreeMap<>();
    List<String> failed = new ArrayList<>();
    for (ServiceState state : states) {
      shown.put(state.name(), state.toString());
      if (state.failed() || state.restarts() > 0) {
        failed.add(state.name());
      }
    }
    record.extra("services", shown);
    record.flagIf(!failed.isEmpty(), "service_failed");
  }

  /** Keeps what services printed; a sandbox that is gone has nothing to tell. */
  static void keep(Sandbox sandbox, Path evidence) {
    try {
      sandbox.serviceOutput(evidence.resolve(FOLDER), KEPT);
    } catch (SandboxException e) {
      // The try tells its own failure, of which this is the consequence.
      return;
    }
  }
}
