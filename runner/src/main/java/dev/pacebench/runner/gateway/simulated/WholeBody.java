package dev.pacebench.runner.gateway.simulated;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads what a request brings, up to a limit. */
public final class WholeBody {

  private WholeBody() {}

  /**
   * Hands a body on once all of it is there; nothing happens when the client goes before.
   *
   * @param most bytes that are kept
   * @param tooMuch is run instead where there are more
   */
  public static void read(
      HttpServerRequest request, int most, Consumer<byte[]> then, Runnable tooMuch) {
    Buffer body = Buffer.buffer();
    request.exceptionHandler(lost -> {});
    request.handler(
        part -> {
          // What is too much is read on, so that the refusal can be read, but not kept.
          if (body.length() <= most) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          if (body.length() > most) {
            tooMuch.run();
          } else {
            then.accept(body.getBytes());
          }
        });
  }
}
