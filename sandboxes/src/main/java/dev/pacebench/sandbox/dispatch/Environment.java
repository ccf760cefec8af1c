package dev.pacebench.sandbox.dispatch;

import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the complete environment of a command from its layers. */
public final class Environment {

  /** What Docker gives when an image names none. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Environment() {}

  /**
   * Merges layers, later ones win; {@code PATH} gets a default, nothing is taken from this process.
   */
  @SafeVarargs
  public static Map<String, String> merge(Map<String, String>... layers) {
    Map<String, String> merged = new TreeMap<>();
    merged.put("PATH", DEFAULT_PATH);
    for (Map<String, String> layer : layers) {
      merged.putAll(layer);
    }
    merged.forEach(Environment::check);
    return merged;
  }

  /** As {@code NAME=VALUE}, in name order. */
  public static List<String> lines(Map<String, String> environment) {
    return new TreeMap<>(environment)
        .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static void check(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "\"" + name.replace('\0', '?') + "\" cannot be the name of an environment variable",
          "use a name without = and NUL");
    }
    if (value.indexOf('\0') >= 0) {
      throw new SandboxException(
          Kind.BAD_REQUEST,
          "the value of the environment variable " + name + " holds a NUL character",
          "remove it");
    }
  }
}
