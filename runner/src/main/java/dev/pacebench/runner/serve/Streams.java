package dev.pacebench.runner.serve;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open event streams, of which each holds a bounded queue: a client that does not read is
 * dropped, and comes back by itself when it is a browser.
 *
 * <p>Used on the server's one event loop; {@link #size} and {@link #selections} from anywhere.
 */
final class Streams {

  static final int MOST = 512;

  private static final int QUEUE = 64 << 10;
  private static final int PATIENCE = 3;
  private static final int RETRY_MILLIS = 2_000;
  private static final Buffer HEARTBEAT = buffer(":\n\n");

  private static final class Stream {
    final Selection selection;
    final Runnable cut;
    int full;

    Stream(Selection selection, Runnable cut) {
      this.selection = selection;
      this.cut = cut;
    }
  }

  private final Map<HttpServerResponse, Stream> open = new LinkedHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile Set<Selection> selections = Set.of();

  /** Whether there is room for another. */
  boolean hasRoom() {
    return open.size() < MOST;
  }

  /**
   * Begins one; the response has its headers already.
   *
   * @param cut ends the connection at once
   */
  void add(HttpServerResponse response, Selection selection, Runnable cut) {
    response.setWriteQueueMaxSize(QUEUE);
    open.put(response, new Stream(selection, cut));
    changed();
    response.closeHandler(gone -> remove(response));
    response.exceptionHandler(broken -> remove(response));
    // Who lost the server together does not come back together.
    int retry = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
    response.write(buffer("retry: " + retry + "\n\n"));
  }

  private void remove(HttpServerResponse response) {
    if (open.remove(response) != null) {
      changed();
    }
  }

  private void changed() {
    size.set(open.size());
    Set<Selection> looked = new HashSet<>();
    open.values().forEach(stream -> looked.add(stream.selection));
    selections = Set.copyOf(looked);
  }

  int size() {
    return size.get();
  }

  /** What somebody looks at. */
  Set<Selection> selections() {
    return selections;
  }

  /** To those who look at these runs. */
  void send(Selection selection, Buffer event) {
    for (Map.Entry<HttpServerResponse, Stream> each : List.copyOf(open.entrySet())) {
      if (each.getValue().selection.equals(selection)) {
        send(each.getKey(), each.getValue(), event);
      }
    }
  }

  /** To all. */
  void heartbeat() {
    for (Map.Entry<HttpServerResponse, Stream> each : List.copyOf(open.entrySet())) {
      send(each.getKey(), each.getValue(), HEARTBEAT);
    }
  }

  private void send(HttpServerResponse response, Stream stream, Buffer event) {
    if (!response.writeQueueFull()) {
      stream.full = 0;
      response.write(event);
    } else if (++stream.full >= PATIENCE) {
      remove(response);
      stream.cut.run();
    }
  }

  /** Ends all. */
  void close() {
    for (HttpServerResponse response : List.copyOf(open.keySet())) {
      remove(response);
      response.end();
    }
  }

  /** An event as it stands on the wire; its data is one line of JSON. */
  static String text(String name, long id, String json) {
    return (name.isEmpty() ? "" : "event: " + name + "\n")
        + (id > 0 ? "id: " + id + "\n" : "")
        + "data: "
        + json
        + "\n\n";
  }

  static Buffer buffer(String text) {
    return Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
