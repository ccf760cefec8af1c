package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.gateway.proxy.Connections.Link;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Carries one answer to its caller as it is read, part by part.
 *
 * <p>A part is stamped, written, and only then read. A caller that reads slowly slows the provider
 * down. A stream that breaks is broken towards the caller too, never ended cleanly.
 */
@SuppressWarnings("ReferenceEquality") // The same array says that nothing was covered.
final class Forwarding {

  /** Hears once how the answer ended. */
  interface Over {
    void over(boolean clean);
  }

  private final Link link;
  private final HttpClientResponse from;
  private final HttpServerRequest caller;
  private final HttpServerResponse to;
  private final Attempt attempt;
  private final SecretFilter secrets;
  private final Watch watch;
  private final TrialDoor door;
  private final Over over;
  private boolean ended;

  Forwarding(
      TrialDoor door,
      Link link,
      HttpClientResponse from,
      HttpServerRequest caller,
      Attempt attempt,
      SecretFilter secrets,
      Watch watch,
      Over over) {
    this.door = door;
    this.link = link;
    this.from = from;
    this.caller = caller;
    this.to = caller.response();
    this.attempt = attempt;
    this.secrets = secrets;
    this.watch = watch;
    this.over = over;
  }

  /** Writes the head and what was read already, then everything that comes. */
  void start(MultiMap back, List<byte[]> already) {
    head(back);
    already.forEach(part -> to.write(Buffer.buffer(part)));
    from.handler(this::part);
    from.endHandler(v -> clean());
    from.exceptionHandler(e -> broken());
  }

  /** Writes what is an answer's whole or, when not clean, the beginning of one that broke. */
  void deliver(MultiMap back, List<byte[]> already, boolean clean) {
    head(back);
    already.forEach(part -> to.write(Buffer.buffer(part)));
    if (clean) {
      clean();
    } else {
      broken();
    }
  }

  private void head(MultiMap back) {
    to.setStatusCode(from.statusCode());
    String words = from.statusMessage();
    if (words != null) {
      to.setStatusMessage(secrets.whole(words));
    }
    for (var header : back) {
      try {
        to.headers().add(header.getKey(), header.getValue());
      } catch (IllegalArgumentException e) {
        // No caller could read such a header either.
      }
    }
    if (from.statusCode() != 204 && from.statusCode() != 304) {
      to.writeHead();
    }
  }

  private void part(Buffer part) {
    long now = door.nanos();
    if (ended) {
      return;
    }
    byte[] bytes = part.getBytes();
    byte[] out = secrets.pass(bytes);
    if (out == bytes) {
      to.write(part);
    } else if (out.length > 0) {
      to.write(Buffer.buffer(out));
    }
    watch.touch(now);
    if (to.writeQueueFull()) {
      link.hold();
      watch.hold();
      to.drainHandler(
          v -> {
            watch.release();
            link.listen();
          });
    }
    attempt.body(out, bytes.length, now);
  }

  private void clean() {
    if (!ended) {
      ended = true;
      byte[] rest = secrets.rest();
      attempt.body(rest, 0, door.nanos());
      // The record is complete before the caller can know of the end.
      over.over(true);
      if (rest.length > 0) {
        to.end(Buffer.buffer(rest));
      } else {
        to.end();
      }
    }
  }

  private void broken() {
    if (!ended) {
      ended = true;
      byte[] rest = secrets.rest();
      if (rest.length > 0) {
        to.write(Buffer.buffer(rest));
        attempt.body(rest, 0, door.nanos());
      }
      over.over(false);
      caller.connection().close();
    }
  }

  /** Forwards nothing more, because the caller or the phase is over. */
  void stop() {
    ended = true;
  }
}
