package dev.pacebench.runner.gateway.policy;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One key that was made in this process, such as the one that names a trial at a stand-in. */
public final class FixedKey implements KeyRing {

  private final Key key;

  public FixedKey(Key key) {
    this.key = requireNonNull(key, "key is null");
  }

  @Override
  public Map<String, String> headers(Protocol protocol) {
    return KeyHeaders.of(protocol, Optional.empty(), key);
  }

  @Override
  public boolean refresh() {
    return false;
  }

  @Override
  public List<Key> secrets() {
    return List.of(key);
  }
}
