package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.home.Patience;
import dev.pacebench.runner.home.PunctualThread;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/**
 * A free loopback port for a server that stands in for a provider.
 *
 * <p>One thread serves all its callers, so that what was sent when is one order, and a pacer hands
 * that thread its work.
 */
public final class ModelPort implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_HEADERS = 64 << 10;

  private final Vertx vertx;
  private final Pacer pacer;
  private final HttpServer server;

  /** Makes what takes the requests in. */
  public interface Front {
    Handler<HttpServerRequest> over(Vertx vertx, Pacer pacer);
  }

  /**
   * Listens.
   *
   * @param mostMessage bytes of a message over WebSocket
   * @throws dev.pacebench.runner.InfrastructureError when it cannot
   */
  public ModelPort(int mostMessage, Front front) {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    Context loop = vertx.getOrCreateContext();
    pacer = new Pacer(work -> loop.runOnContext(now -> work.run()));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(LOOPBACK)
                    .setPort(0)
                    .setTcpNoDelay(true)
                    .setCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setMaxWebSocketFrameSize(mostMessage)
                    .setMaxWebSocketMessageSize(mostMessage)
                    .setMaxHeaderSize(MOST_HEADERS))
            .requestHandler(front.over(vertx, pacer));
    Future<HttpServer> listening =
        Future.future(
            done ->
                loop.runOnContext(
                    now -> {
                      PunctualThread.become();
                      server.listen().onComplete(done);
                    }));
    try {
      Patience.await(
          listening.toCompletionStage(),
          "the server in a provider's place cannot listen",
          "see that this machine lets programs listen on " + LOOPBACK);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What a lineup would write as the provider's base URL. */
  public URI baseUrl() {
    return URI.create("http://" + LOOPBACK + ":" + server.actualPort() + "/v1");
  }

  @Override
  public void close() {
    pacer.close();
    Patience.quietly(vertx.close().toCompletionStage());
  }
}
