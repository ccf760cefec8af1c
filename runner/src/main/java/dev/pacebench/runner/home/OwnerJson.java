package dev.pacebench.runner.home;

import dev.pacebench.sandbox.Owner;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An owner as one line of JSON, as the lock file and the database hold it. */
public final class OwnerJson {

  private OwnerJson() {}

  public static String write(Owner owner) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("host", owner.host());
    node.put("boot_id", owner.bootId());
    node.put("pid", owner.pid());
    node.put("start_ticks", owner.startTicks());
    return node.toString();
  }

  /** Reads {@link #write}; torn or foreign text names nobody. */
  public static Optional<Owner> read(String text) {
    try {
      JsonNode node = JsonMapper.shared().readTree(text);
      if (!node.path("host").isString() || !node.path("pid").isIntegralNumber()) {
        return Optional.empty();
      }
      return Optional.of(
          new Owner(
              node.path("host").asString(),
              node.path("boot_id").asString(""),
              node.path("pid").asLong(),
              node.path("start_ticks").asLong(-1)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
