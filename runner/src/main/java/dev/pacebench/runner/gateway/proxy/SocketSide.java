package dev.pacebench.runner.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One side of a WebSocket as it is written to, with the pings that come from it.
 *
 * <p>A control frame of our own waits until the frame that is being passed on is whole. Of several
 * pings only the last is answered then, as the protocol allows.
 */
final class SocketSide {

  private static final int MOST_PINGS = 200;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final NetSocket socket;
  private final boolean mask;
  private boolean inFrame;
  private boolean closed;
  private byte @Nullable [] pong;
  private long second;
  private int pings;

  /** A side; those that we are a client of get masked frames. */
  SocketSide(NetSocket socket, boolean mask) {
    this.socket = socket;
    this.mask = mask;
  }

  NetSocket socket() {
    return socket;
  }

  Future<Void> write(byte[] bytes) {
    return closed ? Future.failedFuture("closed") : socket.write(Buffer.buffer(bytes));
  }

  /** Whether the last bytes written end in the middle of a frame. */
  void inFrame(boolean now) {
    inFrame = now;
    byte[] waiting = pong;
    if (!inFrame && waiting != null) {
      pong = null;
      answer(waiting);
    }
  }

  /** A ping came; false when there are too many. */
  boolean ping(byte[] payload, long nanos) {
    if (nanos - second > SECOND) {
      second = nanos;
      pings = 0;
    }
    if (++pings > MOST_PINGS) {
      return false;
    }
    if (inFrame) {
      pong = payload;
    } else {
      answer(payload);
    }
    return true;
  }

  private void answer(byte[] payload) {
    // One that does not read what it gets needs no answers either.
    if (!closed && !socket.writeQueueFull()) {
      write(FrameParser.frame(FrameParser.PONG, mask, payload));
    }
  }

  /** Says goodbye if no frame is under way, and closes the connection. */
  void close(int code, String reason) {
    if (!inFrame) {
      write(FrameParser.frame(FrameParser.CLOSE, mask, FrameParser.close(code, reason)));
    }
    cut();
  }

  /** Closes the connection after what was written. */
  void cut() {
    if (!closed) {
      closed = true;
      socket.close();
    }
  }

  boolean closed() {
    return closed;
  }
}
