package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.call.Protocol;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The gateway's own answers. */
final class Replies {

  private static final long MOST_DRAINED = 64L << 20;

  private Replies() {}

  /** An error in the protocol's own shape. The rest of the request is read and thrown away. */
  static void refuse(
      HttpServerRequest in, Protocol protocol, int status, String code, String message) {
    HttpServerResponse out = in.response();
    if (out.ended() || out.headWritten() || out.closed()) {
      return;
    }
    boolean bodyExpected = in.headers().contains("expect");
    if (bodyExpected) {
      out.putHeader("connection", "close");
    }
    drain(in);
    out.setStatusCode(status).putHeader("content-type", "application/json");
    if (status < 500) {
      out.putHeader("x-should-retry", "false");
    }
    Buffer body = Buffer.buffer(ErrorShapes.body(protocol, status, code, message));
    out.end(body)
        .onComplete(
            done -> {
              if (bodyExpected) {
                in.connection().close();
              }
            });
  }

  static void empty(HttpServerRequest in) {
    drain(in);
    in.response().end();
  }

  /** A response sent before its request is read whole would be lost with the connection. */
  private static void drain(HttpServerRequest in) {
    if (in.isEnded()) {
      return;
    }
    long[] seen = {0};
    in.exceptionHandler(e -> {});
    in.handler(
        part -> {
          seen[0] += part.length();
          if (seen[0] > MOST_DRAINED) {
            in.connection().close();
          }
        });
    in.resume();
  }
}
