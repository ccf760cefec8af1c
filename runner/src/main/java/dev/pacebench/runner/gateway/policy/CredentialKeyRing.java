package dev.pacebench.runner.gateway.policy;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Credential;
import dev.pacebench.runner.lineup.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a provider, found where its lineup says.
 *
 * <p>Read at the first need and kept; read again when the provider refuses them, one reader at a
 * time and no more than once in {@link #PAUSE}, so that a refused run does not start a program for
 * every call. Safe for several threads. It prints without a secret.
 */
public final class CredentialKeyRing implements KeyRing {

  private static final Logger LOG = LoggerFactory.getLogger(CredentialKeyRing.class);

  /** Between two readings. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** Shorter ones are words such as `none` for servers that want no key; hiding them would harm. */
  static final int SHORTEST_SECRET = 8;

  /** More than a run ever renews; the oldest are dropped beyond it. */
  private static final int MOST_SECRETS = 500;

  private record Keys(Optional<Key> main, Map<String, Key> headers) {}

  private final String provider;
  private final Optional<Credential.Scheme> scheme;
  private final Optional<SecretSource> main;
  private final Map<String, SecretSource> headers = new TreeMap<>();
  private final Ticker ticker;
  private final Set<Key> secrets = new LinkedHashSet<>();
  private volatile @Nullable Keys current;
  private boolean everRefreshed;
  private long refreshedAt;
  private boolean changed;

  /**
   * @param environment variables, also those that programs get
   */
  public CredentialKeyRing(Provider provider, Map<String, String> environment, Ticker ticker) {
    this.provider = provider.name();
    this.ticker = ticker;
    String owner = "provider " + provider.name();
    this.scheme = provider.credential().flatMap(Credential::scheme);
    this.main = provider.credential().map(found -> new SecretSource(found, owner, environment));
    provider
        .secretHeaders()
        .forEach(
            (name, found) ->
                headers.put(
                    name, new SecretSource(found, owner + ", header " + name, environment)));
  }

  /**
   * The keys of a provider, read at once; {@link NoKeys} where it names none.
   *
   * @throws UserError naming the variable, file or program that gives none
   */
  public static KeyRing of(Provider provider, Map<String, String> environment) {
    if (provider.credential().isEmpty() && provider.secretHeaders().isEmpty()) {
      return NoKeys.INSTANCE;
    }
    CredentialKeyRing ring = new CredentialKeyRing(provider, environment, Ticker.SYSTEM);
    ring.check();
    return ring;
  }

  /**
   * Reads everything once, so that what is missing is known before a run.
   *
   * @throws UserError naming the variable, file or program
   */
  public void check() {
    keys();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserError when a key cannot be found
   */
  @Override
  public Map<String, String> headers(Protocol protocol) {
    Keys keys = keys();
    Map<String, String> all = new TreeMap<>();
    keys.main().ifPresent(key -> all.putAll(KeyHeaders.of(protocol, scheme, key)));
    keys.headers().forEach((name, key) -> all.put(name, key.secret()));
    return all;
  }

  private Keys keys() {
    Keys known = current;
    return known == null ? firstKeys() : known;
  }

  private synchronized Keys firstKeys() {
    Keys known = current;
    if (known == null) {
      known = read();
      current = known;
    }
    return known;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Within {@link #PAUSE} of the last reading it answers what that one found: a caller that was
   * refused with the key before should try the new one as well.
   */
  @Override
  public synchronized boolean refresh() {
    long now = ticker.nanos();
    if (everRefreshed && now - refreshedAt < PAUSE.toNanos()) {
      return changed;
    }
    Keys before = current;
    try {
      Keys found = read();
      changed = !found.equals(before);
      current = found;
    } catch (UserError e) {
      LOG.warn("provider {} refused its key, and no other was found: {}", provider, e.getMessage());
      changed = false;
    }
    everRefreshed = true;
    refreshedAt = ticker.nanos();
    return changed;
  }

  private Keys read() {
    Optional<Key> key = main.map(SecretSource::read);
    Map<String, Key> others = new TreeMap<>();
    headers.forEach((name, source) -> others.put(name, source.read()));
    key.ifPresent(this::remember);
    others.values().forEach(this::remember);
    return new Keys(key, Collections.unmodifiableMap(others));
  }

  private void remember(Key key) {
    if (key.secret().length() < SHORTEST_SECRET) {
      return;
    }
    KnownSecrets.add(key);
    synchronized (secrets) {
      if (secrets.add(key) && secrets.size() > MOST_SECRETS) {
        secrets.remove(secrets.iterator().next());
      }
    }
  }

  @Override
  public List<Key> secrets() {
    synchronized (secrets) {
      return new ArrayList<>(secrets);
    }
  }

  @Override
  public String toString() {
    return "CredentialKeyRing[" + provider + "]";
  }
}
