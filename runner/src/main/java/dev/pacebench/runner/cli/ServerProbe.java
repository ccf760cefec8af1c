package dev.pacebench.runner.cli;

import dev.pacebench.runner.lineup.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Looks whether a model server can be reached: its name, its port, its certificate, its answer to a
 * request without a key.
 *
 * <p>Nothing that a server sends is repeated. It ends within a small multiple of its limit,
 * whatever the server does.
 */
final class ServerProbe {

  static final Duration LIMIT = Duration.ofSeconds(5);

  static final String CHECK = "server";

  /** Further addresses of a name rarely answer when these do not. */
  private static final int MOST_ADDRESSES = 3;

  private final Provider provider;
  private final URI base;
  private final boolean tls;
  private final int port;
  private final Duration limit;
  private final Map<String, String> environment;

  ServerProbe(Provider provider, Duration limit, Map<String, String> environment) {
    this.provider = provider;
    this.base = URI.create(provider.baseUrl());
    this.tls = "https".equals(base.getScheme().toLowerCase(Locale.ROOT));
    this.port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
    this.limit = limit;
    this.environment = environment;
  }

  /** What stands in the way of a server, or that nothing does. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Finding finding;

    private Stopped(Finding finding) {
      super(finding.what());
      this.finding = finding;
    }
  }

  /**
   * Looks.
   *
   * @param models ids that it should serve, compared with its list where it gives one freely
   */
  List<Finding> examine(Set<String> models) throws InterruptedException {
    try {
      InetAddress[] addresses = resolved();
      SSLContext context = context();
      try (Socket socket = connected(addresses)) {
        if (tls) {
          within(
              () -> {
                shakeHands(socket, context);
                return "";
              });
        }
      }
      return within(
          () -> new ServerAnswer(provider, base, limit, place()).examine(context, models));
    } catch (Stopped e) {
      return List.of(e.finding);
    } catch (IOException e) {
      return List.of(silent());
    }
  }

  private String place() {
    return "provider " + provider.name() + ": " + base.getHost() + ":" + port;
  }

  private InetAddress[] resolved() throws Stopped, InterruptedException, IOException {
    return within(
        () -> {
          try {
            return InetAddress.getAllByName(base.getHost());
          } catch (UnknownHostException e) {
            throw stopped(
                "its name is unknown", "check `base_url`, and the name service of this machine");
          }
        });
  }

  private Socket connected(InetAddress[] addresses) throws Stopped {
    boolean refused = false;
    for (int i = 0; i < addresses.length && i < MOST_ADDRESSES; i++) {
      Socket socket = new Socket();
      try {
        socket.setSoTimeout((int) limit.toMillis());
        socket.connect(new InetSocketAddress(addresses[i], port), (int) limit.toMillis());
        return socket;
      } catch (IOException e) {
        refused |= e instanceof java.net.ConnectException;
        close(socket);
      }
    }
    throw refused
        ? stopped("it refuses connections", "start the server, or correct `base_url`" + proxyHint())
        : stopped(
            "no connection within " + seconds(),
            "check `base_url`, the network and its firewall" + proxyHint());
  }

  private void shakeHands(Socket socket, SSLContext context) throws Stopped, IOException {
    // Not closed here: the caller closes the socket below.
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, base.getHost(), port, false);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    try {
      secure.startHandshake();
    } catch (SSLException e) {
      throw certificateProblem(e);
    }
  }

  private Stopped certificateProblem(SSLException failure) {
    boolean certificate = false;
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (at instanceof CertificateExpiredException
          || at instanceof CertificateNotYetValidException) {
        return stopped(
            "its certificate is not valid today", "renew it, or correct the clock of this machine");
      }
      certificate |= at instanceof CertificateException;
      certificate |= at instanceof GeneralSecurityException;
      at = at.getCause();
    }
    return certificate
        ? stopped(
            "its certificate is not trusted: it is for another name, or signed by nobody that this"
                + " Java trusts",
            "correct the name in `base_url`, or have the signer trusted:"
                + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE")
        : stopped("it speaks no TLS", "write http:// where a server has none, or correct the port");
  }

  /** A fresh one, since the usual one remembers what this process was told to trust at first. */
  private static SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** A server that sends a byte now and then passes no limit of a socket. */
  private <T> T within(Callable<T> work) throws Stopped, InterruptedException, IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "probe-step");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new Stopped(silent());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Stopped stopped) {
        throw stopped;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Finding silent() {
    return Finding.fail(
        CHECK,
        place() + ": it takes connections and does not answer within " + seconds(),
        "see whether the server still works, and whether `base_url` is its address" + proxyHint());
  }

  private Stopped stopped(String what, String remedy) {
    return new Stopped(Finding.fail(CHECK, place() + ": " + what, remedy));
  }

  private String seconds() {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private String proxyHint() {
    boolean proxy =
        environment.containsKey("HTTPS_PROXY") || environment.containsKey("https_proxy");
    return proxy ? "; HTTPS_PROXY is set, and Pacebench uses no proxies" : "";
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing was sent over it.
    }
  }
}
