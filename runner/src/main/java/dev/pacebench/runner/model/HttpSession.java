package dev.pacebench.runner.model;

import dev.pacebench.runner.model.ModelException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A conversation over HTTP: each request says all that was said, the answer comes as events. */
final class HttpSession implements ModelSession {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  /** A stream that goes on for longer after its last event is hung up on. */
  private static final long LINGER_MILLIS = 100;

  private final ModelSettings settings;
  private final Conversation conversation;
  private @Nullable HttpClient client;
  private boolean lingers;

  HttpSession(ModelSettings settings, Conversation conversation) {
    this.settings = settings;
    this.conversation = conversation;
  }

  @Override
  public Turn ask(List<Input> added, TurnListener live)
      throws InterruptedException, ModelException {
    conversation.add(added);
    try {
      return askOnce(live);
    } catch (ModelException e) {
      if (e.status() == 400 && conversation.adapt(e)) {
        return askOnce(live);
      }
      throw e;
    }
  }

  @Override
  public void warmUp() {
    // A request cannot be prepared here without being answered.
  }

  @Override
  public int compact(int keep) {
    return conversation.compact(keep);
  }

  @Override
  public void close() {
    if (client != null) {
      Loopback.giveBack(client);
      client = null;
    }
  }

  private Turn askOnce(TurnListener live) throws InterruptedException, ModelException {
    byte[] request = Json.bytes(conversation.request());
    if (request.length > Limits.REQUEST_BYTES) {
      return Turn.overflow();
    }
    HttpResponse<ArrivingBody> response = send(request);
    ArrivingBody body = response.body();
    boolean answered = false;
    try {
      Turn turn = read(response, body, conversation.answer(live));
      answered = body.drain(lingers ? 0 : LINGER_MILLIS);
      lingers |= !answered;
      return turn;
    } catch (FailedTurn e) {
      return e.turn();
    } catch (IOException e) {
      throw ModelException.of(Kind.CUT, String.valueOf(e.getMessage()), e);
    } finally {
      if (!answered) {
        body.close();
      }
    }
  }

  private HttpResponse<ArrivingBody> send(byte[] request)
      throws InterruptedException, ModelException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(settings.address().resolve(settings.protocol().path()))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request));
    conversation.headers().forEach(builder::setHeader);
    settings.headers().forEach(builder::setHeader);
    CompletableFuture<HttpResponse<ArrivingBody>> sent =
        client().sendAsync(builder.build(), head -> new ArrivingBody());
    try {
      return sent.get();
    } catch (InterruptedException e) {
      sent.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      boolean unreachable =
          cause instanceof java.net.ConnectException
              || cause instanceof java.net.http.HttpConnectTimeoutException;
      throw ModelException.of(
          unreachable ? Kind.UNREACHABLE : Kind.CUT,
          unreachable
              ? "the gateway cannot be reached at " + settings.address()
              : "the request broke off: " + cause,
          cause);
    }
  }

  private HttpClient client() {
    if (client == null) {
      client = Loopback.take();
    }
    return client;
  }

  private static Turn read(
      HttpResponse<ArrivingBody> response, ArrivingBody body, AnswerReading answer)
      throws InterruptedException, IOException, ModelException, FailedTurn {
    String type = response.headers().firstValue("content-type").orElse("");
    if (response.statusCode() != 200
        || type.startsWith("application/json")
        || type.startsWith("text/html")) {
      raise(response.statusCode(), response.headers(), beginning(body));
    }
    EventStream events = new EventStream();
    long total = 0;
    for (byte[] part = body.next(); part != null; part = body.next()) {
      total += part.length;
      if (total > Limits.ANSWER_BYTES) {
        throw tooLarge();
      }
      if (take(events.feed(part), answer)) {
        return answer.finish();
      }
    }
    if (take(events.end(), answer) || answer.whole()) {
      return answer.finish();
    }
    throw ModelException.of(Kind.CUT, "the answer ended without its last event", null);
  }

  private static boolean take(List<byte[]> events, AnswerReading answer)
      throws ModelException, FailedTurn {
    for (byte[] event : events) {
      if (Arrays.equals(event, DONE)) {
        return true;
      }
      JsonNode node =
          Json.read(event)
              .orElseThrow(
                  () -> ModelException.of(Kind.GARBLED, "an event of the answer is no JSON", null));
      if (answer.event(node)) {
        return true;
      }
    }
    return false;
  }

  static ModelException tooLarge() {
    return new ModelException(
        Kind.GARBLED,
        0,
        null,
        false,
        null,
        "the answer is larger than " + Limits.ANSWER_BYTES + " bytes",
        null);
  }

  private static void raise(int status, HttpHeaders headers, byte[] body)
      throws ModelException, FailedTurn {
    Optional<JsonNode> json = Json.read(body).filter(JsonNode::isObject);
    if (status == 200 && json.filter(node -> node.has("error")).isEmpty()) {
      throw ModelException.of(Kind.GARBLED, "a stream was asked for and another thing came", null);
    }
    ProviderErrors.raise(
        Kind.STATUS,
        status,
        json.orElseGet(
            () -> Json.object().put("message", new String(body, StandardCharsets.UTF_8))),
        ProviderErrors.waitMillis(
            headers.firstValue("retry-after-ms"), headers.firstValue("retry-after")));
  }

  private static byte[] beginning(ArrivingBody body) throws InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (byte[] part = body.next(); part != null; part = body.next()) {
        all.write(part, 0, Math.min(part.length, Limits.ERROR_BYTES - all.size()));
        if (all.size() == Limits.ERROR_BYTES) {
          break;
        }
      }
    } catch (IOException e) {
      // The status says enough.
    }
    return all.toByteArray();
  }
}
