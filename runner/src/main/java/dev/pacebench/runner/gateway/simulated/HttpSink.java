package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.gateway.call.Protocol;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer over HTTP: server-sent events, or one document. */
final class HttpSink implements Sink {

  /** Small, so that a reader that is behind is noticed soon. */
  static final int WRITE_QUEUE = 64 * 1024;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Protocol protocol;
  private final boolean stream;
  private @Nullable Runnable waiting;

  HttpSink(HttpServerRequest request, Protocol protocol, boolean stream) {
    this.request = request;
    response = request.response();
    this.protocol = protocol;
    this.stream = stream;
    response.setWriteQueueMaxSize(WRITE_QUEUE);
    response.exceptionHandler(lost -> {});
    response.drainHandler(
        drained -> {
          Runnable then = waiting;
          waiting = null;
          if (then != null) {
            then.run();
          }
        });
  }

  /** Says beforehand what a real server would say in the headers. */
  void describe(AnswerPlan call) {
    response.putHeader("x-request-id", "req_" + call.digits());
    if (protocol == Protocol.ANTHROPIC_MESSAGES) {
      response.putHeader("request-id", "req_" + call.digits());
    } else if (protocol == Protocol.GEMINI) {
      response.putHeader("x-gemini-service-tier", Served.messagesTier(call.ask().tier()));
    } else {
      long millis = TimeUnit.NANOSECONDS.toMillis(call.pace().opening());
      response.putHeader("openai-processing-ms", String.valueOf(millis));
    }
    if (stream) {
      response.setChunked(true);
      response.putHeader("content-type", "text/event-stream; charset=utf-8");
      response.putHeader("cache-control", "no-cache");
    } else {
      response.putHeader("content-type", "application/json");
    }
  }

  @Override
  public boolean gone() {
    return response.closed();
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void whenDrained(Runnable then) {
    waiting = then;
  }

  @Override
  public void send(List<Frame> frames, Stamp stamp) {
    StringBuilder text = new StringBuilder(256);
    frames.forEach(frame -> text.append(stream ? frame.sse() : frame.data()));
    Buffer bytes = Buffer.buffer(text.toString());
    long now = System.nanoTime();
    if (stream) {
      response.write(bytes);
    } else {
      response.end(bytes);
    }
    frames.forEach(frame -> stamp.sent(frame, now));
  }

  @Override
  public void finish() {
    if (stream) {
      response.end();
    }
  }

  @Override
  public void cut() {
    request.connection().close();
  }

  @Override
  public void refuse(Refusal refusal) {
    refuse(response, protocol, refusal);
  }

  static void refuse(HttpServerResponse response, Protocol protocol, Refusal refusal) {
    response.setStatusCode(refusal.status()).putHeader("content-type", "application/json");
    refusal
        .retryAfter()
        // One protocol says it in the body.
        .filter(seconds -> protocol != Protocol.GEMINI)
        .ifPresent(seconds -> response.putHeader("retry-after", String.valueOf(seconds)));
    response.setChunked(false);
    response.end(refusal.body(protocol));
  }
}
