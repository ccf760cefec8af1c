package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.files.Show;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one table of a task file asks of the network.
 *
 * @param stated whether the table itself says so
 */
record NetworkRule(Network network, boolean stated, List<String> allowedHosts) {

  private static final List<String> MODES = List.of("public", "no-network", "allowlist");
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})(:\\d{1,5})?");

  static final NetworkRule ABSENT = new NetworkRule(Network.PUBLIC, false, List.of());

  NetworkRule {
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** Reads {@code network_mode} and {@code allowed_hosts}, and the older {@code allow_internet}. */
  static NetworkRule read(TomlTable table, NetworkRule inherited) {
    Optional<Boolean> internet = table.bool("allow_internet");
    Optional<String> mode = table.choice("network_mode", MODES);
    if (mode.isPresent() && internet.isPresent() && internet.get() != mode.get().equals("public")) {
      table.warning(
          "allow_internet", "contradicts network_mode, which holds", "remove allow_internet");
    }
    List<String> hosts = hosts(table);
    if (mode.isEmpty() && internet.isEmpty()) {
      return inherited(table, inherited, hosts);
    }
    Network network =
        mode.map(NetworkRule::network)
            .orElse(internet.orElse(true) ? Network.PUBLIC : Network.NONE);
    if (network == Network.ALLOWLIST && hosts.isEmpty()) {
      table.error(
          table.has("allowed_hosts") ? "allowed_hosts" : "network_mode",
          "asks for an allowlist that names no host",
          "list hosts in allowed_hosts, or write network_mode = \"no-network\"");
    }
    if (network != Network.ALLOWLIST && !hosts.isEmpty()) {
      table.warning(
          "allowed_hosts",
          "has no effect",
          "write network_mode = \"allowlist\", or remove allowed_hosts");
    }
    return new NetworkRule(network, true, network == Network.ALLOWLIST ? hosts : List.of());
  }

  private static NetworkRule inherited(TomlTable table, NetworkRule from, List<String> hosts) {
    if (hosts.isEmpty()) {
      return from;
    }
    if (from.network() == Network.ALLOWLIST) {
      return new NetworkRule(Network.ALLOWLIST, true, hosts);
    }
    table.warning("allowed_hosts", "has no effect", "write network_mode = \"allowlist\" beside it");
    return from;
  }

  private static List<String> hosts(TomlTable table) {
    List<String> hosts = table.strings("allowed_hosts");
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        table.error(
            "allowed_hosts",
            "has \"" + Show.text(host) + "\", which is not a host",
            "write a name such as example.org, without scheme or path");
      }
    }
    return hosts;
  }

  private static Network network(String mode) {
    return switch (mode) {
      case "no-network" -> Network.NONE;
      case "allowlist" -> Network.ALLOWLIST;
      default -> Network.PUBLIC;
    };
  }
}
