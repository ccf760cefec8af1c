package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.ImageSource;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.dispatch.Inside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One relay per sandbox, used once: a small container that owns the sandbox's network.
 *
 * <p>It starts on the bridge network and is taken off it at once, so that a phase that may have
 * network can be given it again; a relay made without any network could not. Those without a socket
 * are prepared ahead.
 */
final class Relays implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Relays.class);

  /** More than this are never kept ready. */
  private static final int MOST_READY = 16;

  /** A relay made ahead does not know its sandbox's limit; one that outlasts this gets its own. */
  static final Duration READY_LIFE = Duration.ofHours(24);

  private static final long CLOSE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final String IMAGE = "pacebench/relay:latest";
  private static final String SOCKET_FOLDER = "/gateway";

  private final Engine engine;
  private final Containers containers;
  private final ImageStore images;
  private final Owner owner;
  private final Path scratch;
  private final Path imageFolder;
  private final Deque<CompletableFuture<String>> ready = new ArrayDeque<>();
  private final ExecutorService background =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "relays");
            thread.setDaemon(true);
            return thread;
          });
  private final Object imageLock = new Object();
  private @Nullable String image;
  private boolean closed;

  Relays(
      Engine engine,
      Containers containers,
      ImageStore images,
      Owner owner,
      Path scratch,
      Path imageFolder) {
    this.engine = engine;
    this.containers = containers;
    this.images = images;
    this.owner = owner;
    this.scratch = scratch;
    this.imageFolder = imageFolder;
  }

  void prepareNext() {
    CompletableFuture<String> next = new CompletableFuture<>();
    synchronized (this) {
      if (closed || ready.size() >= MOST_READY) {
        return;
      }
      ready.add(next);
      background.execute(() -> make(next));
    }
  }

  private void make(CompletableFuture<String> next) {
    try {
      synchronized (this) {
        if (closed) {
          throw new CancellationException("the provider was closed");
        }
      }
      next.complete(fresh(READY_LIFE));
    } catch (RuntimeException | Error e) {
      LOG.debug("A relay could not be made ahead", e);
      next.completeExceptionally(e);
    }
  }

  /** A relay that nobody used before. */
  String take(Duration life) {
    CompletableFuture<String> next;
    synchronized (this) {
      next = life.compareTo(READY_LIFE.dividedBy(2)) < 0 ? ready.poll() : null;
    }
    if (next != null) {
      try {
        return next.join();
      } catch (CompletionException | CancellationException e) {
        // What failed in the background is tried again where its failure can be told.
      }
    }
    return fresh(life);
  }

  /** A relay without a socket that is made now. */
  String fresh(Duration life) {
    return start(life, "0", SOCKET_FOLDER, Containers.ROOT, List.of());
  }

  /** A relay that leads to a socket of this host. */
  String take(Duration life, RelaySpec spec) {
    Path socket = spec.socket().toAbsolutePath();
    return start(
        life,
        String.valueOf(spec.port()),
        SOCKET_FOLDER + "/" + socket.getFileName(),
        ownerOf(socket),
        List.of(socket.getParent() + ":" + SOCKET_FOLDER));
  }

  /**
   * The relay has no capabilities, so that even its root may use only what belongs to it; and the
   * gateway's folder is open to nobody but whoever runs the gateway.
   */
  private static String ownerOf(Path socket) {
    try {
      Map<String, Object> owner = Files.readAttributes(socket, "unix:uid,gid");
      return owner.get("uid") + ":" + owner.get("gid");
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "there is no gateway at " + socket + ": " + Failures.rootMessage(e),
          "start the gateway before the sandbox",
          e);
    }
  }

  private String start(Duration life, String port, String socket, String user, List<String> binds) {
    String id =
        containers.create(
            "a relay",
            new Containers.Spec(
                image(),
                List.of("/inside", "relay", port, socket, String.valueOf(life.toSeconds())),
                user,
                "bridge",
                "sandbox",
                binds,
                List.of(),
                new Limits(
                    java.util.OptionalDouble.empty(),
                    java.util.OptionalLong.of(256L << 20),
                    OptionalInt.of(300)),
                List.of("ALL"),
                true,
                Labels.of(owner, Labels.KIND_RELAY, "", "")));
    try {
      containers.start("a relay", id);
      disconnect(id);
      return id;
    } catch (RuntimeException | Error e) {
      containers.removeQuietly(id);
      throw e;
    }
  }

  void connect(String id) {
    engine.run(
        "connect a relay to the network",
        () ->
            engine
                .calls()
                .connectToNetworkCmd()
                .withNetworkId("bridge")
                .withContainerId(id)
                .exec());
  }

  void disconnect(String id) {
    engine.run(
        "take a relay off the network",
        () ->
            engine
                .calls()
                .disconnectFromNetworkCmd()
                .withNetworkId("bridge")
                .withContainerId(id)
                .withForce(true)
                .exec());
  }

  /** Removes a relay without making anybody wait; {@link #close} waits for it. */
  void removeLater(String id) {
    synchronized (this) {
      if (!closed) {
        background.execute(() -> containers.removeQuietly(id));
        return;
      }
    }
    containers.removeQuietly(id);
  }

  private String image() {
    synchronized (imageLock) {
      if (image == null) {
        image = buildImage();
      }
      return image;
    }
  }

  private String buildImage() {
    try {
      Path context = Files.createDirectories(scratch.resolve("relay-image"));
      Files.copy(
          Inside.onHost(scratch, engine.architecture()),
          context.resolve("inside"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.copy(
          imageFolder.resolve("Dockerfile"),
          context.resolve("Dockerfile"),
          StandardCopyOption.REPLACE_EXISTING);
      ImageSource.Dockerfile source =
          new ImageSource.Dockerfile(
              context, context.resolve("Dockerfile"), Duration.ofMinutes(2), List.of());
      DockerfileCheck.Checked checked = ImageStore.checked(source);
      return images.build(source, checked, IMAGE, ImageStore.digest(checked)).id();
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "the relay's image cannot be prepared in " + scratch + ": " + Failures.rootMessage(e),
          "free disk space or choose another --home",
          e);
    }
  }

  @Override
  public void close() {
    List<CompletableFuture<String>> left;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      left = List.copyOf(ready);
      ready.clear();
    }
    for (CompletableFuture<String> each : left) {
      var unused =
          each.whenComplete(
              (id, error) -> {
                if (id != null) {
                  containers.removeQuietly(id);
                }
              });
    }
    background.shutdown();
    // Not cut short by an interrupt: what is not removed now stays until a later run reaps it.
    boolean interrupted = false;
    long end = System.nanoTime() + CLOSE_NANOS;
    while (!background.isTerminated() && System.nanoTime() - end < 0) {
      try {
        var unused = background.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    background.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
