package dev.pacebench.runner.gateway.simulated;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.home.PunctualThread;
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
import org.jspecify.annotations.Nullable;

/**
 * A model server that stands in for a real one: it speaks their protocols on loopback, at a stated
 * pace, and plays scripted work.
 *
 * <p>A trial is let in by a secret of its own, which also names its play; without one there is
 * nothing to be had. One thread serves all, so that its log of what was sent when is one order.
 */
public final class SimulatedServer implements AutoCloseable {

  private static final int WAIT_SECONDS = 10;
  private static final int MOST_MESSAGE = 64 << 20;

  private final Vertx vertx;
  private final boolean ownsVertx;
  private final HttpServer server;
  private final Pacer pacer;
  private final SentLog log = new SentLog();
  private final Map<String, Trial> bySecret = new ConcurrentHashMap<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  private SimulatedServer(Vertx vertx, boolean ownsVertx) {
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    Context loop = vertx.getOrCreateContext();
    pacer = new Pacer(work -> loop.runOnContext(now -> work.run()));
    Front front = new Front(vertx, this::trial, new Sending.Line(pacer, log));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setTcpNoDelay(true)
                    .setCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setMaxWebSocketFrameSize(MOST_MESSAGE)
                    .setMaxWebSocketMessageSize(MOST_MESSAGE)
                    .setMaxHeaderSize(64 * 1024))
            .requestHandler(front::request);
    Future<HttpServer> listening =
        Future.future(
            p ->
                loop.runOnContext(
                    now -> {
                      PunctualThread.become();
                      server.listen().onComplete(p);
                    }));
    try {
      await(listening);
    } catch (InfrastructureError e) {
      close();
      throw e;
    }
  }

  /** Starts with threads of its own. */
  public static SimulatedServer start() {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(2)
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return new SimulatedServer(Vertx.vertx(options), true);
  }

  /** Starts on somebody's threads, which are left running at the end. */
  public static SimulatedServer start(Vertx vertx) {
    return new SimulatedServer(requireNonNull(vertx, "vertx is null"), false);
  }

  /** What a lineup would write as the provider's base URL. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
  }

  /**
   * Lets a trial in.
   *
   * @param name names the trial, in {@link #log} as well
   * @return the key that the trial's calls must bring
   */
  public String register(String name, Play play) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String secret = "sim-" + HexFormat.of().formatHex(bits);
    if (secrets.putIfAbsent(name, secret) != null) {
      throw new IllegalStateException("a trial " + name + " is registered already");
    }
    bySecret.put(secret, new Trial(name, play));
    return secret;
  }

  /** Ends a trial: its key is worth nothing any more, and answers under way break off. */
  public void unregister(String name) {
    String secret = secrets.remove(name);
    Trial trial = secret == null ? null : bySecret.remove(secret);
    if (trial != null) {
      trial.end();
      log.forget(name);
    }
  }

  /** What was sent when. */
  public SentLog log() {
    return log;
  }

  private Optional<Trial> trial(@Nullable String secret) {
    return secret == null ? Optional.empty() : Optional.ofNullable(bySecret.get(secret));
  }

  @Override
  public void close() {
    bySecret.values().forEach(Trial::end);
    pacer.close();
    await(ownsVertx ? vertx.close() : server.close());
  }

  private static void await(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new InfrastructureError(
          "the simulated model server does not start or stop: " + e.getMessage(),
          "see that this machine lets programs listen on 127.0.0.1",
          e);
    }
  }
}
