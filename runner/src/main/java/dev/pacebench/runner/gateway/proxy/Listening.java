package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.home.PunctualThread;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A listening socket on an event loop of its own. */
final class Listening implements Deployable {

  private static final int MOST_HEADERS = 64 << 10;
  private static final int MOST_LINE = 16 << 10;
  private static final int PART = 64 << 10;

  private final Vertx vertx;
  private final SocketAddress at;
  private final Handler<HttpServerRequest> entrance;
  private final Predicate<HttpConnection> room;
  private final Consumer<HttpConnection> gone;
  private @Nullable HttpServer server;

  /**
   * A server.
   *
   * @param room whether another connection is taken
   * @param gone hears of the end of those that were
   */
  Listening(
      Vertx vertx,
      SocketAddress at,
      Handler<HttpServerRequest> entrance,
      Predicate<HttpConnection> room,
      Consumer<HttpConnection> gone) {
    this.vertx = vertx;
    this.at = at;
    this.entrance = entrance;
    this.room = room;
    this.gone = gone;
  }

  @Override
  public Future<?> deploy(Context context) {
    PunctualThread.become();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(false)
            .setCompressionSupported(false)
            .setMaxHeaderSize(MOST_HEADERS)
            .setMaxInitialLineLength(MOST_LINE)
            .setMaxChunkSize(PART)
            .setTcpNoDelay(!at.isDomainSocket());
    HttpServer made = vertx.createHttpServer(options);
    server = made;
    return made.requestHandler(entrance)
        .connectionHandler(this::connected)
        .exceptionHandler(e -> {})
        .listen(at);
  }

  private void connected(HttpConnection connection) {
    if (room.test(connection)) {
      connection.closeHandler(v -> gone.accept(connection));
    } else {
      connection.close();
    }
  }

  @Override
  public Future<?> undeploy(Context context) {
    HttpServer open = server;
    return open == null ? Future.succeededFuture() : open.close();
  }

  int port() {
    HttpServer open = server;
    return open == null ? -1 : open.actualPort();
  }
}
