package dev.pacebench.runner.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.home.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final String TRUST = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void aProviderWhoseCertificateNobodyVouchesForGetsNoKey() throws Exception {
    refused("localhost");
  }

  @Test
  void aTrustedCertificateIsGoodForItsOwnNameAlone() throws Exception {
    Path store = store();
    String before = System.getProperty(TRUST);
    System.setProperty(TRUST, store.toString());
    System.setProperty(TRUST_PASSWORD, new String(PASSWORD));
    try {
      refused("127.0.0.1");
      try (SSLServerSocket server = server(store);
          GatewayServer gateway = GatewayServer.start(Ticker.SYSTEM)) {
        start(() -> answerOnce(server));
        try (Door door = gateway.open(Doors.to(base("localhost", server)).spec());
            RawPeer agent = RawPeer.to(door.address())) {
          agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
          assertThat(agent.readMessage().status()).isEqualTo(200);
        }
      }
    } finally {
      System.clearProperty(TRUST_PASSWORD);
      if (before == null) {
        System.clearProperty(TRUST);
      } else {
        System.setProperty(TRUST, before);
      }
    }
  }

  private void refused(String host) throws Exception {
    AtomicInteger got = new AtomicInteger();
    try (SSLServerSocket server = server(store());
        GatewayServer gateway = GatewayServer.start(Ticker.SYSTEM)) {
      start(() -> count(server, got));
      try (Door door = gateway.open(Doors.to(base(host, server)).spec());
          RawPeer agent = RawPeer.to(door.address())) {
        agent.write(RawPeer.post("/v1/responses", door.token(), Streams.ASK));
        RawPeer.Message answer = agent.readMessage();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("not trusted");
        CallRecord call = Doors.call(door);
        assertThat(call.answer().end()).isEqualTo(CallEnd.UNREACHABLE);
        assertThat(call.times().send()).isNull();
      }
    }
    assertThat(got).hasValue(0);
  }

  private static URI base(String host, SSLServerSocket server) {
    return URI.create("https://" + host + ":" + server.getLocalPort() + "/v1");
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "provider");
    thread.setDaemon(true);
    thread.start();
  }

  private static void answerOnce(SSLServerSocket server) {
    try (RawPeer caller = RawPeer.of(server.accept())) {
      Streams.answer(caller, Protocol.OPENAI_RESPONSES);
      caller.read();
    } catch (Exception e) {
      // The agent sees that nothing came.
    }
  }

  /** Counts the bytes that come after a handshake. */
  private static void count(SSLServerSocket server, AtomicInteger got) {
    try {
      while (true) {
        try (Socket socket = server.accept();
            InputStream in = socket.getInputStream()) {
          while (in.read() >= 0) {
            got.incrementAndGet();
          }
        } catch (javax.net.ssl.SSLException e) {
          // The gateway does not go on, which is what the test wants.
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private Path store() throws Exception {
    Path store = folder.resolve("store.p12");
    if (Files.exists(store)) {
      return store;
    }
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return store;
  }

  private static SSLServerSocket server(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return (SSLServerSocket)
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getByName("localhost"));
  }
}
