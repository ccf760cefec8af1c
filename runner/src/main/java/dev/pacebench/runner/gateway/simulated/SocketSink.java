package dev.pacebench.runner.gateway.simulated;

import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers over one WebSocket: one event a frame. */
final class SocketSink implements Sink {

  private static final short INTERNAL_ERROR = 1011;

  private final ServerWebSocket socket;
  private @Nullable Runnable waiting;

  SocketSink(ServerWebSocket socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(HttpSink.WRITE_QUEUE);
    socket.drainHandler(
        drained -> {
          Runnable then = waiting;
          waiting = null;
          if (then != null) {
            then.run();
          }
        });
  }

  @Override
  public boolean gone() {
    return socket.isClosed();
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
  public void send(List<Frame> frames, Stamp stamp) {
    for (Frame frame : frames) {
      stamp.sent(frame, System.nanoTime());
      socket.writeTextMessage(frame.data());
    }
  }

  @Override
  public void finish() {}

  @Override
  public void cut() {
    socket.close(INTERNAL_ERROR, "internal error");
  }

  @Override
  public void refuse(Refusal refusal) {
    socket.writeTextMessage(refusal.frame());
  }
}
