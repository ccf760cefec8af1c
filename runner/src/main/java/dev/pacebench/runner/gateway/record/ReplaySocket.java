package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.record.ReplayFront.Found;
import dev.pacebench.runner.gateway.record.ReplayTrial.MismatchException;
import dev.pacebench.runner.gateway.simulated.Pacer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One WebSocket on which recorded calls are played, one after another. */
final class ReplaySocket implements Playback.Sink {

  private static final int WRITE_QUEUE = 64 * 1024;

  /** Later requests wait while one is answered, but not any number of them. */
  private static final int MOST_WAITING = 16;

  private final Vertx vertx;
  private final ReplayTrial trial;
  private final ServerWebSocket socket;
  private final HttpConnection connection;
  private final Pacer pacer;
  private final Deque<Asked> requests = new ArrayDeque<>();
  private @Nullable Runnable waiting;
  private boolean busy;

  private record Asked(String text, long read) {}

  ReplaySocket(
      Vertx vertx,
      ReplayTrial trial,
      ServerWebSocket socket,
      HttpConnection connection,
      Pacer pacer) {
    this.vertx = vertx;
    this.trial = trial;
    this.socket = socket;
    this.connection = connection;
    this.pacer = pacer;
    socket.setWriteQueueMaxSize(WRITE_QUEUE);
    socket.drainHandler(drained -> resume());
    socket.textMessageHandler(this::asked);
    socket.exceptionHandler(lost -> {});
    socket.closeHandler(
        closed -> {
          requests.clear();
          resume();
        });
  }

  private void asked(String text) {
    if (requests.size() == MOST_WAITING) {
      refuse(ReplayErrors.frame(400, ReplayErrors.FAILED, "too many requests wait"));
      return;
    }
    requests.add(new Asked(text, System.nanoTime()));
    next();
  }

  private void next() {
    if (busy || requests.isEmpty() || socket.isClosed()) {
      return;
    }
    busy = true;
    Asked asked = requests.remove();
    byte[] body = asked.text().getBytes(StandardCharsets.UTF_8);
    vertx
        .executeBlocking(() -> Found.take(trial, Protocol.OPENAI_RESPONSES, true, body))
        .onSuccess(found -> new Playback(trial, found, this, pacer, asked.read(), this::done).run())
        .onFailure(
            why -> {
              boolean mismatch = why instanceof MismatchException;
              refuse(
                  ReplayErrors.frame(
                      mismatch ? ReplayErrors.CONFLICT : 500,
                      mismatch ? ReplayErrors.MISMATCH : ReplayErrors.FAILED,
                      String.valueOf(why.getMessage())));
              done();
            });
  }

  private void refuse(String frame) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(frame);
    }
  }

  private void done() {
    busy = false;
    next();
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
    return socket.writeQueueFull();
  }

  @Override
  public void whenDrained(Runnable then) {
    waiting = then;
  }

  @Override
  public void head(RecordedCall.Head head) {
    // It was sent with the upgrade.
  }

  @Override
  public void part(byte[] bytes) {
    socket.writeTextMessage(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void finish() {
    // The connection stays open for the next call.
  }

  @Override
  public void cut() {
    connection.close();
  }

  @Override
  public boolean gone() {
    return socket.isClosed();
  }
}
