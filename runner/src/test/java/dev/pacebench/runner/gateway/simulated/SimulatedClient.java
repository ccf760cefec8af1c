package dev.pacebench.runner.gateway.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a simulated server as an agent would. */
final class SimulatedClient {

  static final JsonMapper JSON = new JsonMapper();

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final URI base;
  private final String secret;

  SimulatedClient(SimulatedServer server, String secret) {
    base = server.baseUrl();
    this.secret = secret;
  }

  /** An answer; {@code whole} says whether it ended as HTTP wants it. */
  record Reply(int status, HttpHeaders headers, String body, boolean whole) {

    JsonNode json() {
      return JSON.readTree(body);
    }

    /** The events of a stream, without the mark that ends some. */
    List<JsonNode> events() {
      List<JsonNode> events = new ArrayList<>();
      for (String line : body.split("\n")) {
        if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
          events.add(JSON.readTree(line.substring("data: ".length())));
        }
      }
      return events;
    }

    List<JsonNode> events(String type) {
      return events().stream().filter(e -> e.path("type").asString("").equals(type)).toList();
    }
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return post(path, body, "authorization", "Bearer " + secret);
  }

  Reply post(String path, String body, String keyHeader, String key)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .header("content-type", "application/json")
            .header(keyHeader, key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    boolean whole = true;
    try (InputStream in = response.body()) {
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read.write(buffer, 0, n);
      }
    } catch (IOException cut) {
      whole = false;
    }
    return new Reply(
        response.statusCode(), response.headers(), read.toString(StandardCharsets.UTF_8), whole);
  }

  Socket connect(String... headers) {
    Socket socket = new Socket();
    WebSocket.Builder builder =
        http.newWebSocketBuilder()
            .connectTimeout(LIMIT)
            .header("authorization", "Bearer " + secret);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI address = URI.create("ws" + base.toString().substring("http".length()) + "/responses");
    socket.connection = builder.buildAsync(address, socket).join();
    return socket;
  }

  /** An open WebSocket, whose frames are read one by one. */
  static final class Socket implements WebSocket.Listener, AutoCloseable {

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket connection;

    void send(String frame) {
      connection.sendText(frame, true).join();
    }

    /** The next frame, or how the connection ended: {@code close 1011}, {@code lost}. */
    String next() throws InterruptedException {
      String frame = frames.poll(20, TimeUnit.SECONDS);
      return frame == null ? "nothing came" : frame;
    }

    /** Frames up to the one that ends an answer, or until the connection ends. */
    List<JsonNode> answer() throws InterruptedException {
      List<JsonNode> events = new ArrayList<>();
      while (true) {
        String frame = next();
        if (!frame.startsWith("{")) {
          return events;
        }
        JsonNode event = JSON.readTree(frame);
        events.add(event);
        String type = event.path("type").asString("");
        if (type.equals("response.completed") || type.equals("error")) {
          return events;
        }
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      frames.add("close " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      frames.add("lost");
    }

    @Override
    public void close() {
      connection.abort();
    }
  }
}
