package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a server that stands in for a provider, each let in by a key of its own.
 *
 * <p>The gateway sends the key as the provider's, so it also says whose a call is.
 */
public final class TrialKeys<T> {

  private static final String BEARER = "Bearer ";
  private static final int BYTES = 32;

  private final String prefix;
  private final Map<String, T> byKey = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** None yet; all keys will begin alike. */
  public TrialKeys(String prefix) {
    this.prefix = requireNonNull(prefix, "prefix is null");
  }

  /** Lets a trial in, by the key that is returned. */
  public String add(String name, T trial) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    String key = prefix + HexFormat.of().formatHex(bits);
    if (keys.putIfAbsent(name, key) != null) {
      throw new IllegalStateException("a trial " + name + " is registered already");
    }
    byKey.put(key, trial);
    return key;
  }

  /** Ends a trial's time here; its key is worth nothing any more. */
  public Optional<T> remove(String name) {
    return Optional.ofNullable(keys.remove(name)).map(byKey::remove);
  }

  public Optional<T> named(String name) {
    return Optional.ofNullable(keys.get(name)).map(byKey::get);
  }

  /** Whose key a request brings, in any of the headers that providers know. */
  public Optional<T> of(HttpServerRequest request) {
    return Optional.ofNullable(key(request)).map(byKey::get);
  }

  private static @Nullable String key(HttpServerRequest request) {
    String bearer = request.getHeader("authorization");
    if (bearer != null && bearer.startsWith(BEARER)) {
      return bearer.substring(BEARER.length());
    }
    String key = request.getHeader("x-api-key");
    return key == null ? request.getHeader("x-goog-api-key") : key;
  }

  public Collection<T> all() {
    return byKey.values();
  }
}
