package dev.pacebench.runner.model;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * HTTP clients of conversations, each for one at a time.
 *
 * <p>A client of its own keeps a conversation on one connection. With connections shared among
 * conversations, a request may reach the gateway where no connection to the provider waits for it.
 * Clients cannot be closed in every supported Java, so they are used again.
 *
 * <p>They speak HTTP/1.1 to the gateway on this host and to nobody else: they follow no redirects,
 * use no proxy and trust no certificate, which also spares the time to read any.
 */
final class Loopback {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private static final SSLContext WITHOUT_TRUST = withoutTrust();

  private static final ConcurrentLinkedDeque<HttpClient> FREE = new ConcurrentLinkedDeque<>();

  private Loopback() {}

  /** A client that nobody else uses until it is given back. */
  static HttpClient take() {
    HttpClient free = FREE.pollFirst();
    return free != null
        ? free
        : HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(WITHOUT_TRUST)
            .build();
  }

  static void giveBack(HttpClient client) {
    FREE.addFirst(client);
  }

  private static SSLContext withoutTrust() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
