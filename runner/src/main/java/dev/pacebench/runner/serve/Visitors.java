package dev.pacebench.runner.serve;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections, which are few and must get on: one that trickles its request or its reading
 * is closed, however busy it looks.
 *
 * <p>Used on the server's one event loop; {@link #size} from anywhere.
 */
final class Visitors {

  static final int MOST = 1024;

  private static final class Visit {
    int answers;
    boolean lasting;
    long since = System.nanoTime();
  }

  private final Pace pace;
  private final Map<HttpConnection, Visit> visits = new ConcurrentHashMap<>();

  Visitors(Pace pace) {
    this.pace = pace;
  }

  void came(HttpConnection connection) {
    if (visits.size() >= MOST) {
      connection.close();
      return;
    }
    visits.put(connection, new Visit());
    connection.closeHandler(gone -> visits.remove(connection));
    connection.exceptionHandler(broken -> {});
  }

  /** A request is there. */
  void asked(HttpConnection connection) {
    Visit visit = visits.get(connection);
    if (visit != null) {
      visit.answers++;
      visit.since = System.nanoTime();
    }
  }

  /** Its answer is a stream, which may last. */
  void lasts(HttpConnection connection) {
    Visit visit = visits.get(connection);
    if (visit != null) {
      visit.lasting = true;
    }
  }

  /** An answer is sent. */
  void answered(HttpConnection connection) {
    Visit visit = visits.get(connection);
    if (visit != null) {
      visit.answers--;
      visit.lasting = false;
      visit.since = System.nanoTime();
    }
  }

  /** Closes those that took too long. */
  void sweep() {
    long now = System.nanoTime();
    List<HttpConnection> late = new ArrayList<>();
    visits.forEach(
        (connection, visit) -> {
          Duration most = visit.answers > 0 ? pace.answer() : pace.request();
          if (!visit.lasting && now - visit.since > most.toNanos()) {
            late.add(connection);
          }
        });
    late.forEach(Visitors::cut);
  }

  /**
   * Ends a connection at once: an ordinary close waits until all is sent, here perhaps for ever.
   */
  static void cut(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      base.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }

  int size() {
    return visits.size();
  }
}
