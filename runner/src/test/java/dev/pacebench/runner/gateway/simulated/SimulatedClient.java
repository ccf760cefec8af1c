package dev.pacebench.runner.gateway.simulated;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  Reply post(String path, String body) throws IOException {
    return post(path, body, "authorization", "Bearer " + secret);
  }

  /** Over a plain socket, since HTTP clients give less than what came when a stream is cut. */
  Reply post(String path, String body, String keyHeader, String key) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s%s HTTP/1.1\r\nhost: %s\r\ncontent-type: application/json\r\nconnection: close\r\n%s: %s\r\ncontent-length: %d\r\n\r\n"
            .formatted(base.getPath(), path, base.getAuthority(), keyHeader, key, content.length);
    try (java.net.Socket socket = new java.net.Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.write(content);
      return reply(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  private static Reply reply(String raw) {
    int end = raw.indexOf("\r\n\r\n");
    String[] lines = raw.substring(0, end).split("\r\n");
    Map<String, List<String>> fields = new HashMap<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      String[] field = line.split(": *", 2);
      fields
          .computeIfAbsent(field[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field[1]);
    }
    String body = raw.substring(end + 4);
    boolean whole = true;
    if (fields.containsKey("transfer-encoding")) {
      whole = body.endsWith("\r\n0\r\n\r\n");
      body = unchunked(body);
    }
    String text = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    return new Reply(status, HttpHeaders.of(fields, (name, value) -> true), text, whole);
  }

  private static String unchunked(String body) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (true) {
      int line = body.indexOf("\r\n", at);
      int size = line < 0 ? 0 : Integer.parseInt(body.substring(at, line), 16);
      if (size == 0 || line + 2 + size > body.length()) {
        return text.toString();
      }
      text.append(body, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
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
