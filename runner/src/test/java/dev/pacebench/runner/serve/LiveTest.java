package dev.pacebench.runner.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are open while a run goes on. */
@Timeout(60)
class LiveTest {

  /** Loses patience with a client after 0.6 s. */
  private static final Pace IMPATIENT =
      new Pace(
          Duration.ofMillis(50),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          1,
          Duration.ofMillis(600),
          Duration.ofMillis(600));

  @TempDir Path folder;

  @Test
  void anOpenPageHearsOfRunningTrialsAndOfNewFigures() throws Exception {
    try (ServedHome home = new ServedHome(folder, 3);
        PageServer server = home.serve(ServedHome.settings(), ServedHome.QUICK)) {
      home.finish(2);
      HttpClient client = HttpClient.newHttpClient();
      assertThat(data(client, server)).contains("\"done\":1,");
      try (Stream<String> lines = listen(client, server)) {
        Iterator<String> events = lines.iterator();
        home.claim();
        assertThat(until(events, "\"running\":[{")).contains("\"trial\":\"trial-0\"", "\"done\":1");
        home.finish(0);
        // First the count, then figures; and the figures that are fetched then have it.
        assertThat(until(events, "\"done\":2")).contains("\"running\":[]");
        until(events, "{\"changed\":true}");
        assertThat(data(client, server)).contains("\"done\":2,");
      }
    }
  }

  @Test
  void whoComesBackWithOldFiguresIsToldAtOnce() throws Exception {
    try (ServedHome home = new ServedHome(folder, 2);
        PageServer server = home.serve(ServedHome.settings(), ServedHome.QUICK)) {
      HttpClient client = HttpClient.newHttpClient();
      data(client, server);
      HttpRequest request =
          HttpRequest.newBuilder(server.url().resolve("/events"))
              .header("Last-Event-ID", "77")
              .build();
      try (Stream<String> lines =
          client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
        until(lines.iterator(), "{\"changed\":true}");
      }
    }
  }

  @Test
  void theEndOfARunIsShownHoweverSeldomFiguresAreComputed() throws Exception {
    Pace seldom =
        new Pace(
            Duration.ofMillis(50),
            Duration.ofMillis(10),
            Duration.ofHours(1),
            1_000_000_000,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    try (ServedHome home = new ServedHome(folder, 2);
        PageServer server = home.serve(ServedHome.settings(), seldom)) {
      HttpClient client = HttpClient.newHttpClient();
      assertThat(data(client, server)).contains("\"done\":0,");
      try (Stream<String> lines = listen(client, server)) {
        Iterator<String> events = lines.iterator();
        home.finish(0);
        home.finish(1);
        until(events, "\"done\":2");
        home.end();
        until(events, "{\"changed\":true}");
        assertThat(data(client, server)).contains("\"done\":2,");
      }
    }
  }

  @Test
  void manyPagesAreToldToSpread() throws Exception {
    Pace spread =
        new Pace(
            Duration.ofMillis(50),
            Duration.ofSeconds(40),
            Duration.ofSeconds(40),
            1,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    try (ServedHome home = new ServedHome(folder, 1);
        PageServer server = home.serve(ServedHome.settings(), spread)) {
      HttpClient client = HttpClient.newHttpClient();
      data(client, server);
      URI url = server.url().resolve("/events?seen=0");
      try (Stream<String> lines =
          client
              .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofLines())
              .body()) {
        until(lines.iterator(), "{\"changed\":true,\"within\":1000}");
      }
    }
  }

  @Test
  void nothingIsOpenAndNoThreadIsLeftAfterTheEnd() throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (ServedHome home = new ServedHome(folder, 2)) {
      Socket open;
      RawHttp http;
      try (PageServer server = home.serve(ServedHome.settings(), ServedHome.QUICK)) {
        http = new RawHttp(server.url());
        open = http.connect();
        open.getOutputStream()
            .write(
                ("GET /events HTTP/1.1\r\n" + http.host() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        assertThat(open.getInputStream().read()).isEqualTo('H');
        http.get("/");
        http.get("/runs");
      }
      // The stream ends, cleanly.
      assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("\r\n0\r\n\r\n");
      open.close();
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!ours(before).isEmpty() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(ours(before)).isEmpty();
    }
  }

  private static Set<String> ours(Set<Thread> before) {
    Set<String> left = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean served =
          thread.getName().startsWith("pacebench-serve") || thread.getName().startsWith("vert");
      if (!before.contains(thread) && served) {
        left.add(thread.getName());
      }
    }
    return left;
  }

  @Test
  void aClientThatTricklesIsDroppedAndOthersAreNot() throws Exception {
    try (ServedHome home = new ServedHome(folder, 2);
        PageServer server = home.serve(ServedHome.settings(), IMPATIENT)) {
      RawHttp http = new RawHttp(server.url());
      try (Socket stream = http.connect();
          Socket trickling = http.connect()) {
        stream
            .getOutputStream()
            .write(
                ("GET /events HTTP/1.1\r\n" + http.host() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        trickling.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(endsWhileTrickling(trickling)).isTrue();
        // The stream has been open for longer than that, and still tells what happens.
        home.claim();
        assertThat(read(stream.getInputStream(), "\"running\":[{")).isTrue();
      }
    }
  }

  /** Sends a byte of a header whenever the server might have lost patience, until it has. */
  private static boolean endsWhileTrickling(Socket socket) throws IOException {
    socket.setSoTimeout(100);
    for (int i = 0; i < 200; i++) {
      try {
        socket.getOutputStream().write('X');
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException e) {
        // Not yet.
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  private static boolean read(InputStream in, String wanted) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      seen.append((char) b);
      if (seen.indexOf(wanted) >= 0) {
        return true;
      }
    }
    return false;
  }

  @Test
  void anAnswerThatIsNotReadIsGivenUp() throws Exception {
    try (ServedHome home = new ServedHome(folder, 2);
        PageServer server = home.serve(ServedHome.settings(), IMPATIENT)) {
      Path evidence = home.finish(0);
      byte[] noise = new byte[TryFolder.MOST_BYTES];
      new java.util.Random(1).nextBytes(noise);
      java.nio.file.Files.write(evidence.resolve("noise"), noise);
      RawHttp http = new RawHttp(server.url());
      try (Socket slow = new Socket()) {
        slow.setReceiveBufferSize(4096);
        slow.connect(
            new java.net.InetSocketAddress(server.url().getHost(), server.url().getPort()));
        slow.setSoTimeout(20_000);
        String ask =
            "GET /runs/run-1/trials/trial-0/files/noise HTTP/1.1\r\n" + http.host() + "\r\n\r\n";
        slow.getOutputStream().write(ask.getBytes(StandardCharsets.UTF_8));
        // It never reads; the answer is longer than what both systems hold for it.
        assertThat(becomes(server, 1)).isTrue();
        assertThat(becomes(server, 0)).isTrue();
      }
      assertThat(http.get("/runs").status()).isEqualTo(200);
    }
  }

  private static boolean becomes(PageServer server, int connections) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (server.visiting() != connections && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return server.visiting() == connections;
  }

  @Test
  void aHomeWithoutRunsWaitsForTheFirst() throws Exception {
    Path empty = java.nio.file.Files.createDirectories(folder.resolve("empty"));
    try (PageServer server =
        PageServer.start(
            new dev.pacebench.runner.home.Home(empty),
            java.util.Optional::empty,
            ServedHome::figures,
            ServedHome.settings(),
            ServedHome.QUICK)) {
      RawHttp http = new RawHttp(server.url());
      assertThat(http.get("/").body()).contains("No run yet", "http-equiv=\"refresh\"");
      assertThat(http.get("/runs").body()).contains("There is no run here yet");
      assertThat(http.get("/data.json").status()).isEqualTo(404);
    }
  }

  private static String data(HttpClient client, PageServer server) throws Exception {
    URI url = server.url().resolve("/data.json");
    return client
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Stream<String> listen(HttpClient client, PageServer server) throws Exception {
    URI url = server.url().resolve("/events?seen=1");
    return client
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofLines())
        .body();
  }

  private static String until(Iterator<String> lines, String wanted) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.contains(wanted)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended before " + wanted);
  }
}
