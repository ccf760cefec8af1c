package dev.pacebench.runner.gateway.proxy;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.home.Patience;
import dev.pacebench.runner.home.Ticker;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reverse proxy between agents and models: one loopback port for all trials, and a Unix socket
 * for each trial that works in a sandbox.
 *
 * <p>A request's way is decided by its token alone. Not to be opened or closed from its own
 * threads.
 */
public final class GatewayServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_CALLERS = 1024;
  private static final int PART = 64 << 10;
  private static final int MOST_HEADERS = 64 << 10;

  private final Ticker ticker;
  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Map<String, TrialDoor> doors = new ConcurrentHashMap<>();
  private final AtomicInteger callers = new AtomicInteger();
  private final URI address;

  private GatewayServer(Ticker ticker) {
    this.ticker = ticker;
    int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(10_000)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.client = vertx.createHttpClient(clientOptions());
    this.address = listen(loops);
  }

  /** Starts one on a free port. */
  public static GatewayServer start(Ticker ticker) {
    return new GatewayServer(ticker);
  }

  private static HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setUseAlpn(false)
        .setHttp2ClearTextUpgrade(false)
        .setKeepAlive(true)
        .setPipelining(false)
        .setVerifyHost(true)
        .setTrustAll(false)
        // Read even if a provider compresses without being asked.
        .setDecompressionSupported(true)
        .setMaxChunkSize(PART)
        .setMaxHeaderSize(MOST_HEADERS)
        .setTcpNoDelay(true);
  }

  /** One port, listened on by several event loops. */
  private URI listen(int loops) {
    List<Listening> made = new CopyOnWriteArrayList<>();
    try {
      Patience.await(
          vertx
              .deployVerticle(
                  () -> {
                    Listening listening =
                        new Listening(
                            vertx,
                            SocketAddress.sharedRandomPort(1, LOOPBACK),
                            new Entrance(this::byToken),
                            this::room,
                            connection -> callers.decrementAndGet());
                    made.add(listening);
                    return listening;
                  },
                  new DeploymentOptions().setInstances(loops))
              .toCompletionStage(),
          "the gateway cannot listen on " + LOOPBACK,
          "see that this machine has its loopback network");
    } catch (InfrastructureError e) {
      vertx.close();
      throw e;
    }
    return URI.create("http://" + LOOPBACK + ":" + made.get(0).port());
  }

  private boolean room(HttpConnection connection) {
    if (callers.incrementAndGet() > MOST_CALLERS) {
      callers.decrementAndGet();
      return false;
    }
    return true;
  }

  private Optional<TrialDoor> byToken(String token) {
    return Optional.ofNullable(doors.get(Tokens.hash(token))).filter(door -> door.opens(token));
  }

  /** Where doors without a socket are reached. */
  public URI address() {
    return address;
  }

  /** Opens a door for one trial; its socket, where it has one, listens when this returns. */
  public Door open(DoorSpec spec) {
    Removal removal = new Removal();
    TrialDoor door = new TrialDoor(spec, vertx, client, ticker, address, removal);
    removal.hash = Tokens.hash(door.token());
    spec.socket().ifPresent(socket -> removal.deployment = listen(door, socket));
    removal.socket = spec.socket();
    doors.put(removal.hash, door);
    return door;
  }

  private String listen(TrialDoor door, Path socket) {
    SocketFolder.prepare(socket);
    Entrance entrance = new Entrance(token -> Optional.of(door).filter(d -> d.opens(token)));
    Listening listening =
        new Listening(
            vertx,
            SocketAddress.domainSocketAddress(socket.toAbsolutePath().toString()),
            entrance,
            door::caller,
            door::callerGone);
    String id =
        Patience.await(
            vertx.deployVerticle(listening, new DeploymentOptions()).toCompletionStage(),
            socket + ": the gateway cannot listen there",
            "choose a home on a local disk, with --home");
    SocketFolder.restrict(socket);
    return id;
  }

  /** What is left of a door is taken away once. */
  private final class Removal implements Runnable {
    private String hash = "";
    private String deployment = "";
    private Optional<Path> socket = Optional.empty();

    @Override
    public synchronized void run() {
      doors.remove(hash);
      if (!deployment.isEmpty()) {
        String id = deployment;
        deployment = "";
        Patience.quietly(vertx.undeploy(id).toCompletionStage());
        socket.ifPresent(SocketFolder::remove);
      }
    }
  }

  /** Closes all doors and ends its threads. */
  @Override
  public void close() {
    List.copyOf(doors.values()).forEach(TrialDoor::close);
    Patience.quietly(vertx.close().toCompletionStage());
  }
}
