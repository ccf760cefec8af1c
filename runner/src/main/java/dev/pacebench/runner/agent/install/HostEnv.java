package dev.pacebench.runner.agent.install;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of this process's environment the tools that install programs may see.
 *
 * <p>Named one by one, since whatever a package brings may run with it: keys of providers are never
 * among them.
 */
final class HostEnv {

  private static final List<String> PLAIN = List.of("PATH", "HOME", "LANG", "TMPDIR", "USER");

  /** Where packages come from, and how to get there. */
  private static final List<String> OF_TOOLS =
      List.of(
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "ALL_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE");

  private HostEnv() {}

  /** For npm and pip. */
  static Map<String, String> forTools(Map<String, String> host) {
    Map<String, String> env = new HashMap<>();
    host.forEach(
        (name, value) -> {
          String upper = name.toUpperCase(Locale.ROOT);
          if (PLAIN.contains(name)
              || OF_TOOLS.contains(upper)
              || upper.startsWith("NPM_CONFIG_")
              || upper.startsWith("PIP_")
              || upper.startsWith("PYENV_")) {
            env.put(name, value);
          }
        });
    env.put("PIP_ROOT_USER_ACTION", "ignore");
    env.put("NPM_CONFIG_UPDATE_NOTIFIER", "false");
    return env;
  }

  /** For what packages bring. */
  static Map<String, String> forPackages(Map<String, String> host, String home) {
    Map<String, String> env = new HashMap<>();
    host.forEach(
        (name, value) -> {
          if (PLAIN.contains(name)) {
            env.put(name, value);
          }
        });
    env.put("HOME", home);
    return env;
  }
}
