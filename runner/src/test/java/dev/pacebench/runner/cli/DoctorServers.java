package dev.pacebench.runner.cli;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers on loopback that a doctor may come upon; what they are asked is kept. */
final class DoctorServers implements AutoCloseable {

  static final String PASSWORD = "changeit";

  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Every request with its headers. */
  List<String> asked() {
    return asked;
  }

  /** Answers everything alike. */
  int plain(int status, String body, Map<String, String> headers) throws IOException {
    return serve(HttpServer.create(loopback(), 0), status, body, headers);
  }

  /** Speaks TLS with the certificate of a store. */
  int secure(Path store, int status, String body) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return serve(server, status, body, Map.of());
  }

  /** Takes connections and never says a word. */
  int blackHole() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    open.add(socket);
    return socket.getLocalPort();
  }

  /** Says something that no web server says. */
  int stranger() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    open.add(socket);
    Thread thread =
        new Thread(
            () -> {
              while (!socket.isClosed()) {
                try (var caller = socket.accept()) {
                  caller.getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.UTF_8));
                  caller.getOutputStream().flush();
                  caller.getInputStream().read();
                } catch (IOException e) {
                  // The caller has seen enough.
                }
              }
            },
            "stranger");
    thread.setDaemon(true);
    thread.start();
    return socket.getLocalPort();
  }

  /** Nobody listens there any more. */
  static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** A key and a certificate for localhost that nobody vouches for. */
  static Path store(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    List<String> line = new java.util.ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost"));
    line.addAll(List.of("-ext", "san=dns:localhost", "-storetype", "PKCS12"));
    line.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
    Process keytool =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.log")));
    }
    return store;
  }

  private int serve(HttpServer server, int status, String body, Map<String, String> headers) {
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().entrySet());
          headers.forEach(exchange.getResponseHeaders()::add);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private static InetSocketAddress loopback() throws IOException {
    return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}
