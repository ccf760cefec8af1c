package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines of all ages, played by a server that refuses what they would refuse. */
class EngineTest {

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.41, 1.12, /v1.41/_ping",
    "1.43, 1.24, /v1.43/_ping",
    "1.44, 1.44, /v1.44/_ping",
    "1.52, 1.44, /v1.44/_ping",
    "1.60, 1.50, /_ping"
  })
  void enginesAreSpokenToInAVersionThatTheyTake(String newest, String oldest, String path)
      throws Exception {
    try (Engine engine = Engine.connect(engine(newest, oldest))) {
      assertThatCode(() -> engine.run("ping", () -> engine.calls().pingCmd().exec()))
          .doesNotThrowAnyException();
      assertThat(asked).last().isEqualTo(path);
      assertThat(engine.toString()).contains("Docker 99");
    }
  }

  @Test
  void tooOldAnEngineIsRefusedWithWhatIsNeeded() throws Exception {
    DockerOptions old = engine("1.40", "1.12");
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Engine.connect(old))
        .withMessageContaining("1.40")
        .withMessageContaining("1.41")
        .matches(e -> e.kind() == Kind.UNAVAILABLE && e.remedy().contains("20.10"));
  }

  @Test
  void noEngineIsToldWithItsAddressAndARemedy(@TempDir Path temp) {
    DockerOptions none = DockerOptions.usual().withHost("unix://" + temp.resolve("none.sock"));
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Engine.connect(none))
        .withMessageContaining("none.sock")
        .matches(e -> e.kind() == Kind.UNAVAILABLE && e.remedy().contains("--sandbox local"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", "garbage\r\n\r\n", ""})
  void whatIsNoEngineIsNotTakenForOne(String answer) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerWith(other, answer));
      answering.setDaemon(true);
      answering.start();
      DockerOptions options =
          DockerOptions.usual().withHost("tcp://127.0.0.1:" + other.getLocalPort());
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> Engine.connect(options))
          .matches(e -> e.kind() == Kind.UNAVAILABLE && !e.remedy().isBlank());
    }
  }

  private static void answerWith(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        byte[] request = new byte[4096];
        if (socket.getInputStream().read(request) > 0) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // The other side hung up, or the test has ended.
        continue;
      }
    }
  }

  @Test
  void anEngineThatDoesNotAnswerIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      DockerOptions options =
          DockerOptions.usual().withHost("tcp://127.0.0.1:" + silent.getLocalPort());
      long start = System.nanoTime();
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> Engine.connect(options))
          .matches(e -> e.kind() == Kind.UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void anAddressOverSshIsRefusedWithAWayRound() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Engine.connect(DockerOptions.usual().withHost("ssh://someone@host")))
        .matches(e -> e.kind() == Kind.UNAVAILABLE);
  }

  @Test
  void anEngineThatDiesInBetweenIsNoticed() throws Exception {
    try (Engine engine = Engine.connect(engine("1.41", "1.12"))) {
      server.stop(0);
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> engine.run("ping", () -> engine.calls().pingCmd().exec()))
          .withMessageContaining("does not answer")
          .matches(e -> e.kind() == Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "toomanyrequests: You have reached your pull rate limit, UNAVAILABLE, docker login",
    "dial tcp: lookup registry on 10.0.0.1:53: no such host, UNAVAILABLE, network",
    "manifest unknown, BAD_REQUEST, check the name",
    "'pull access denied, repository does not exist', BAD_REQUEST, check the name"
  })
  void aRegistrysRefusalsAreToldApart(String message, Kind kind, String remedy) {
    Registry.Missing missing = Registry.explain("some/image:1", message);
    assertThat(missing.kind()).isEqualTo(kind);
    assertThat(missing.remedy()).contains(remedy);
    assertThat(missing.what()).contains("some/image:1");
  }

  private DockerOptions engine(String newest, String oldest) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, newest, oldest));
    server.start();
    return DockerOptions.usual().withHost("tcp://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange, String newest, String oldest) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    exchange.getResponseHeaders().add("Api-Version", newest);
    String body = "OK";
    int status = 200;
    String version = path.startsWith("/v1") ? path.replaceFirst("/v([0-9.]+)/.*", "$1") : newest;
    if (Engine.compareVersions(version, newest) > 0
        || Engine.compareVersions(version, oldest) < 0) {
      status = 400;
      body = "{\"message\":\"client version " + version + " is refused\"}";
    } else if (path.endsWith("/version")) {
      body =
          "{\"Version\":\"99.0\",\"ApiVersion\":\""
              + newest
              + "\",\"MinAPIVersion\":\""
              + oldest
              + "\",\"Os\":\"linux\",\"Arch\":\"amd64\"}";
      exchange.getResponseHeaders().add("Content-Type", "application/json");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
