package dev.pacebench.runner.serve;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.home.Patience;
import dev.pacebench.runner.store.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page over HTTP, live.
 *
 * <p>One event loop sends, two threads read and make pages, one looks at the database, one computes
 * figures; all end with {@link #close}.
 */
public final class PageServer implements AutoCloseable {

  private static final int MOST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 16 << 10;
  private static final int SEND_BUFFER = 128 << 10;
  private static final int SWEEPS = 8;

  private final Vertx vertx;
  private final LiveStore store;
  private final Boards boards;
  private final Streams streams = new Streams();
  private final Watch watch;
  private final Context loop;
  private final Visitors visitors;
  private final long sweep;
  private final HttpServer server;
  private final URI url;
  private volatile @Nullable Entrance entrance;

  private PageServer(
      Home home,
      Supplier<Optional<Database>> database,
      Figures figures,
      ServeSettings settings,
      Pace pace) {
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setMaxWorkerExecuteTime(60_000_000_000L)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.loop = vertx.getOrCreateContext();
    this.store = new LiveStore(database);
    this.boards = new Boards(store, figures, pace, streams::size);
    this.watch =
        new Watch(store, boards, streams, pace, work -> loop.runOnContext(now -> work.run()));
    this.sweep = pace.request().toMillis() / SWEEPS;
    this.visitors = new Visitors(pace);
    this.server = vertx.createHttpServer(options(settings));
    try {
      this.url = listen(home, settings);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts one.
   *
   * @param database opens the home's database; empty while there is none
   * @throws InfrastructureError when it cannot listen there
   */
  public static PageServer start(
      Home home, Supplier<Optional<Database>> database, Figures figures, ServeSettings settings) {
    return start(home, database, figures, settings, Pace.USUAL);
  }

  static PageServer start(
      Home home,
      Supplier<Optional<Database>> database,
      Figures figures,
      ServeSettings settings,
      Pace pace) {
    return new PageServer(home, database, figures, settings, pace);
  }

  private static HttpServerOptions options(ServeSettings settings) {
    return new HttpServerOptions()
        .setHost(ServeSettings.address(settings.bind()).getHostAddress())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setMaxInitialLineLength(MOST_LINE)
        .setMaxHeaderSize(MOST_HEADERS)
        // A client that does not read holds no more than this of the system's memory.
        .setSendBufferSize(SEND_BUFFER)
        .setTcpNoDelay(true);
  }

  private URI listen(Home home, ServeSettings settings) {
    Future<HttpServer> listening =
        Future.future(
            done ->
                loop.runOnContext(
                    now ->
                        server
                            .connectionHandler(visitors::came)
                            .exceptionHandler(e -> {})
                            .requestHandler(this::request)
                            .listen()
                            .onComplete(done)));
    int port =
        Patience.await(
                listening.toCompletionStage(),
                "cannot listen on " + settings.bind() + ":" + settings.port(),
                settings.port() == 0
                    ? "name another address with --bind"
                    : "choose another --port, or 0 for any")
            .actualPort();
    Routes routes = new Routes(home, store, settings.version());
    Gate gate = new Gate(settings, port);
    entrance = new Entrance(vertx, gate, visitors, routes, boards, streams, watch);
    loop.runOnContext(now -> vertx.setPeriodic(sweep, id -> visitors.sweep()));
    return URI.create(
        "http://" + Gate.literal(ServeSettings.address(settings.bind())) + ":" + port + "/");
  }

  /** Which port it is decides who may ask, and is known once it listens. */
  private void request(HttpServerRequest request) {
    Entrance ready = entrance;
    if (ready == null) {
      request.connection().close();
    } else {
      ready.request(request);
    }
  }

  /** Where the board is. */
  public URI url() {
    return url;
  }

  /** Pages that are open. */
  public int watching() {
    return streams.size();
  }

  /** Connections that are open. */
  int visiting() {
    return visitors.size();
  }

  /** Ends streams, answers and threads. */
  @Override
  public void close() {
    watch.close();
    boards.close();
    Patience.quietly(
        Future.<Void>future(
                done ->
                    loop.runOnContext(
                        now -> {
                          streams.close();
                          done.complete();
                        }))
            .eventually(() -> vertx.close())
            .toCompletionStage());
    store.close();
  }
}
