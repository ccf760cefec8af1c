package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.Owner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The labels on everything that is made in an engine. */
final class Labels {

  static final String RUN = "dev.pacebench.run";
  static final String SANDBOX = "dev.pacebench.sandbox";
  static final String KIND = "dev.pacebench.kind";
  static final String OWNER = "dev.pacebench.owner";
  static final String IMAGE = "dev.pacebench.image";

  /** A service's name, and its limits for people. */
  static final String SERVICE = "dev.pacebench.service";

  static final String LIMITS = "dev.pacebench.limits";

  static final String KIND_SANDBOX = "sandbox";
  static final String KIND_RELAY = "relay";
  static final String KIND_SERVICE = "service";
  static final String KIND_PROBE = "probe";

  private Labels() {}

  static Map<String, String> of(Owner owner, String kind, String run, String sandbox) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(OWNER, text(owner));
    labels.put(KIND, kind);
    labels.put(RUN, run);
    labels.put(SANDBOX, sandbox);
    return labels;
  }

  /** {@code host/boot id/pid/start ticks}. */
  static String text(Owner owner) {
    return owner.host() + "/" + owner.bootId() + "/" + owner.pid() + "/" + owner.startTicks();
  }

  static Optional<Owner> owner(Map<String, String> labels) {
    String text = labels.get(OWNER);
    if (text == null) {
      return Optional.empty();
    }
    String[] parts = text.split("/");
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Owner(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
