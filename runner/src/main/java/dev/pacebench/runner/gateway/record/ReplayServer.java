package dev.pacebench.runner.gateway.record;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.gateway.simulated.Pacer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model server that plays recorded trials: the same bytes again, at their own pace or another.
 *
 * <p>A trial is let in by a secret of its own, which the gateway sends as the provider's key and
 * which also names the recording. A request that is not the recorded one is refused with status 409
 * and code {@value ReplayErrors#MISMATCH}; {@link RequestMatcher} says what may differ.
 */
public final class ReplayServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_SECONDS = 10;

  private final Vertx vertx;
  private final HttpServer server;
  private final Pacer pacer;
  private final Map<String, ReplayTrial> bySecret = new ConcurrentHashMap<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  private ReplayServer() {
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
    ReplayFront front = new ReplayFront(vertx, pacer, bySecret::get);
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
                    .setMaxWebSocketFrameSize(ReplayFront.MOST_BODY)
                    .setMaxWebSocketMessageSize(ReplayFront.MOST_BODY)
                    .setMaxHeaderSize(64 * 1024))
            .requestHandler(front::request);
    Future<HttpServer> listening =
        Future.future(p -> loop.runOnContext(now -> server.listen().onComplete(p)));
    try {
      await(listening);
    } catch (InfrastructureError e) {
      close();
      throw e;
    }
  }

  /** Starts one on a free port, with threads of its own. */
  public static ReplayServer start() {
    return new ReplayServer();
  }

  /** What a lineup would write as the provider's base URL. */
  public URI baseUrl() {
    return URI.create("http://" + LOOPBACK + ":" + server.actualPort() + "/v1");
  }

  /**
   * Lets a trial in.
   *
   * @param name names the trial
   * @return the key that its calls must bring
   */
  public String register(String name, Recording recording, Pace pace) {
    requireNonNull(recording, "recording is null");
    requireNonNull(pace, "pace is null");
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String secret = "replay-" + HexFormat.of().formatHex(bits);
    if (secrets.putIfAbsent(name, secret) != null) {
      throw new IllegalStateException("a trial " + name + " is registered already");
    }
    bySecret.put(secret, new ReplayTrial(recording, pace));
    return secret;
  }

  /** Ends a trial: its key is worth nothing any more, and answers under way break off. */
  public void unregister(String name) {
    String secret = secrets.remove(name);
    ReplayTrial trial = secret == null ? null : bySecret.remove(secret);
    if (trial != null) {
      trial.end();
    }
  }

  /** How a trial's requests stopped to match, once they did. */
  public Optional<String> mismatch(String name) {
    return trial(name).flatMap(ReplayTrial::mismatch);
  }

  /** Recorded calls of a trial that were not asked for yet. */
  public int left(String name) {
    return trial(name).map(trial -> trial.size() - trial.played()).orElse(0);
  }

  private Optional<ReplayTrial> trial(String name) {
    return Optional.ofNullable(secrets.get(name)).map(bySecret::get);
  }

  @Override
  public void close() {
    bySecret.values().forEach(ReplayTrial::end);
    pacer.close();
    await(vertx.close());
  }

  private static void await(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new InfrastructureError(
          "the server that plays recordings does not start or stop: " + e.getMessage(),
          "see that this machine lets programs listen on " + LOOPBACK,
          e);
    }
  }
}
