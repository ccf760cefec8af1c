package dev.pacebench.runner.model;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model server on loopback that says what a test wrote down, in order. */
public final class FakeModel implements AutoCloseable {

  /** Where an event should stand: the connection breaks off. */
  public static final String CUT = "<cut>";

  /** Where an event should stand: nothing comes any more. */
  public static final String HANG = "<hang>";

  private static final JsonMapper JSON = new JsonMapper();

  private record Scripted(int status, Map<String, String> headers, List<String> events) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Queue<Scripted> answers = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<Map<String, String>> heads = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  public FakeModel() throws Exception {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setMaxWebSocketMessageSize(16 << 20))
            .webSocketHandler(this::socket)
            .requestHandler(this::request)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  /** The next answer: events, each the JSON of one. */
  public synchronized FakeModel says(String... events) {
    answers.add(new Scripted(200, Map.of(), List.of(events)));
    return this;
  }

  /** The next answer: a status with a body. */
  public synchronized FakeModel fails(int status, Map<String, String> headers, String body) {
    answers.add(new Scripted(status, headers, List.of(body)));
    return this;
  }

  /** Bodies and frames of all requests so far. */
  public synchronized List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  public synchronized List<Map<String, String>> heads() {
    return List.copyOf(heads);
  }

  /** WebSockets opened so far. */
  public int connections() {
    return connections.get();
  }

  /** Waits until an answer hangs. */
  public void awaitHanging() throws InterruptedException {
    if (!hanging.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody asked");
    }
  }

  /** Whether the caller of an answer that hangs went away within ten seconds. */
  public boolean callerLeft() throws InterruptedException {
    return gone.await(10, TimeUnit.SECONDS);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Settings of a conversation with it. */
  public ModelSettings settings(Protocol protocol, Transport transport) {
    return new ModelSettings(
        address(),
        "token-1",
        protocol,
        transport,
        "m-1",
        "Be brief.",
        List.of(
            new Tool(
                "shell",
                "Runs.",
                "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"}}}")),
        1000,
        "key-1",
        Map.of("x-extra", "yes"));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private synchronized Scripted take(String body, Map<String, String> head) {
    requests.add(JSON.readTree(body));
    heads.add(head);
    Scripted next = answers.poll();
    return next == null
        ? new Scripted(500, Map.of(), List.of("{\"error\":{\"message\":\"nothing is scripted\"}}"))
        : next;
  }

  private void request(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    Map<String, String> head = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(head::put);
    head.put(":path", request.path());
    Scripted scripted = take(body.toString(StandardCharsets.UTF_8), head);
    var response = request.response().setStatusCode(scripted.status());
    if (scripted.status() != 200) {
      scripted.headers().forEach(response::putHeader);
      response.end(scripted.events().get(0));
      return;
    }
    response.putHeader("content-type", "text/event-stream").setChunked(true);
    response.closeHandler(nothing -> gone.countDown());
    for (String event : scripted.events()) {
      if (event.equals(CUT)) {
        // What was written so far must have left before the connection breaks.
        vertx.setTimer(50, timer -> request.connection().close());
        return;
      }
      if (event.equals(HANG)) {
        hanging.countDown();
        return;
      }
      response.write("data: " + event + "\n\n");
    }
    response.end();
  }

  private void socket(ServerWebSocket socket) {
    connections.incrementAndGet();
    Map<String, String> head = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    socket.headers().forEach(head::put);
    head.put(":path", socket.path());
    socket.closeHandler(nothing -> gone.countDown());
    socket.textMessageHandler(
        text -> {
          for (String event : take(text, head).events()) {
            if (event.equals(CUT)) {
              socket.close((short) 1011, "broken");
              return;
            }
            if (event.equals(HANG)) {
              hanging.countDown();
              return;
            }
            socket.writeTextMessage(event);
          }
        });
  }
}
