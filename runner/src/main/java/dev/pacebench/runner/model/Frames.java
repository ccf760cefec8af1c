package dev.pacebench.runner.model;

import dev.pacebench.runner.model.ModelException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Text frames of one WebSocket, one at a time.
 *
 * <p>At most one message waits here, so a slow reader slows the sender; one that grows too large
 * ends the connection.
 */
final class Frames implements WebSocket.Listener, AutoCloseable {

  /** A message, or the end with its reason. */
  private record Arrival(String text, boolean last) {}

  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final StringBuilder message = new StringBuilder();
  private volatile @Nullable WebSocket socket;
  private volatile boolean ended;
  private volatile boolean tooLarge;

  private Frames() {}

  /** Connects; an interruption gives it up. */
  static Frames connect(URI address, Map<String, String> headers)
      throws InterruptedException, ModelException, FailedTurn {
    Frames frames = new Frames();
    HttpClient client = Loopback.take();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    headers.forEach(builder::header);
    CompletableFuture<WebSocket> opening = builder.buildAsync(address, frames);
    try {
      frames.socket = opening.get();
      return frames;
    } catch (InterruptedException e) {
      // It cannot be called off, only hung up on when it comes.
      CompletableFuture<Void> unused = opening.thenAccept(WebSocket::abort);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        HttpResponse<?> response = refused.getResponse();
        String body = response.body() instanceof String text ? text : "the WebSocket was refused";
        // Nobody has tried again yet: the gateway passes an upgrade's refusal on.
        ProviderErrors.raise(
            Kind.STREAM,
            response.statusCode(),
            Json.read(body.getBytes(StandardCharsets.UTF_8))
                .filter(JsonNode::isObject)
                .orElseGet(() -> Json.object().put("message", body)),
            ProviderErrors.waitMillis(
                response.headers().firstValue("retry-after-ms"),
                response.headers().firstValue("retry-after")));
      }
      throw ModelException.of(
          Kind.UNREACHABLE, "the gateway cannot be reached at " + address, e.getCause());
    } finally {
      // An open WebSocket needs it no more.
      Loopback.giveBack(client);
    }
  }

  /** Sends a message. */
  void send(String text) throws InterruptedException, ModelException {
    try {
      open().sendText(text, true).get();
    } catch (ExecutionException e) {
      throw ModelException.of(Kind.CUT, "the request broke off: " + e.getCause(), e.getCause());
    }
  }

  /** The next message; empty at the end of the connection. */
  Optional<String> next() throws InterruptedException, ModelException {
    Arrival arrival = arrivals.take();
    if (tooLarge) {
      throw HttpSession.tooLarge();
    }
    if (arrival.last()) {
      // Whoever asks again shall hear of the end again.
      arrivals.add(arrival);
      return Optional.empty();
    }
    open().request(1);
    return Optional.of(arrival.text());
  }

  /** Whether the connection has ended. */
  boolean ended() {
    return ended;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    if (message.length() + part.length() > Limits.ANSWER_BYTES) {
      tooLarge = true;
      over("too large");
      from.abort();
      return done();
    }
    message.append(part);
    if (last) {
      arrivals.add(new Arrival(message.toString(), false));
      message.setLength(0);
      message.trimToSize();
    } else {
      from.request(1);
    }
    return done();
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    over("closed with " + status + " " + reason);
    return done();
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    over(String.valueOf(failure));
  }

  @Override
  public void close() {
    ended = true;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private void over(String reason) {
    ended = true;
    arrivals.add(new Arrival(reason, true));
  }

  private WebSocket open() {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    return open;
  }

  private static CompletionStage<?> done() {
    return CompletableFuture.completedStage(null);
  }
}
