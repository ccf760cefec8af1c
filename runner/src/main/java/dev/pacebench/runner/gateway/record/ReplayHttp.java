package dev.pacebench.runner.gateway.record;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** A recorded answer over HTTP. */
final class ReplayHttp implements Playback.Sink {

  private static final int WRITE_QUEUE = 64 * 1024;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private @Nullable Runnable waiting;

  ReplayHttp(HttpServerRequest request) {
    this.request = request;
    response = request.response();
    response.setWriteQueueMaxSize(WRITE_QUEUE);
    response.exceptionHandler(lost -> {});
    response.drainHandler(drained -> resume());
    // A playback that waits for a reader who left would never end.
    response.closeHandler(closed -> resume());
  }

  private void resume() {
    Runnable then = waiting;
    waiting = null;
    if (then != null) {
      then.run();
    }
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
  public void head(RecordedCall.Head head) {
    response.setStatusCode(head.status());
    ReplayFront.copy(head.headers(), request);
    response.setChunked(true);
    response.writeHead();
  }

  @Override
  public void part(byte[] bytes) {
    response.write(Buffer.buffer(bytes));
  }

  @Override
  public void finish() {
    response.end();
  }

  @Override
  public void cut() {
    request.connection().close();
  }

  @Override
  public boolean gone() {
    return response.closed();
  }
}
