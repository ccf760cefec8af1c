package dev.pacebench.runner.gateway.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every secret that this process has read, for what cannot be given a key ring: its own log.
 *
 * <p>Safe for several threads.
 */
public final class KnownSecrets {

  /** More than all rings of a process renew; the oldest are dropped beyond it. */
  private static final int MOST = 1000;

  private static final Set<Key> SECRETS = new LinkedHashSet<>();
  private static volatile List<Key> all = List.of();

  private KnownSecrets() {}

  /** Hides a secret in everything that is logged from now on. */
  public static synchronized void add(Key key) {
    if (SECRETS.add(key)) {
      if (SECRETS.size() > MOST) {
        SECRETS.remove(SECRETS.iterator().next());
      }
      all = List.copyOf(SECRETS);
    }
  }

  /** All of them. */
  public static List<Key> all() {
    return all;
  }
}
