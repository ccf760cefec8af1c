package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.gateway.call.Protocol;
import java.util.List;
import java.util.Map;

/** For providers that want no key, such as a model server on this host. */
public enum NoKeys implements KeyRing {
  INSTANCE;

  @Override
  public Map<String, String> headers(Protocol protocol) {
    return Map.of();
  }

  @Override
  public boolean refresh() {
    return false;
  }

  @Override
  public List<Key> secrets() {
    return List.of();
  }
}
