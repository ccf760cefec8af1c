package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds and pulls images, within a time limit and with the end of the output on failure. */
final class ImageBuilder {

  private final Engine engine;
  private final Registry registry;
  private final Buildx buildx;
  private final Path scratch;

  ImageBuilder(Engine engine, Registry registry, Buildx buildx, Path scratch) {
    this.engine = engine;
    this.registry = registry;
    this.buildx = buildx;
    this.scratch = scratch;
  }

  /** Builds a checked Dockerfile under a tag, with a label that says what it was built from. */
  void build(DockerfileCheck.Checked checked, String tag, String digest, Duration timeout) {
    BuildLog log = new BuildLog();
    if (DockerfileRules.buildKitNeed(checked.dockerfile()).isPresent()) {
      if (checked.context().hides()) {
        Path copy = copy(checked.context());
        try {
          buildx.build(checked, copy, tag, digest, timeout, log);
        } finally {
          delete(copy);
        }
      } else {
        buildx.build(checked, checked.context().root(), tag, digest, timeout, log);
      }
      return;
    }
    Path archive = archive(checked.context());
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      BuildImageCmd command =
          engine
              .streams()
              .buildImageCmd(in)
              .withDockerfilePath(checked.context().dockerfileName())
              .withTags(Set.of(tag))
              .withLabels(Map.of(Labels.IMAGE, digest))
              .withForcerm(true)
              .withRemove(true);
      command.withBuildAuthConfigs(engine.config().getAuthConfigurations());
      BuildCallback callback = new BuildCallback(log);
      try (BuildCallback running = command.exec(callback)) {
        if (!running.awaitEnd(timeout)) {
          throw tooSlow(checked, timeout, log);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(
          Kind.FAILED, "the build of " + checked.file() + " was interrupted", "run it again", e);
    } catch (SandboxException e) {
      throw e;
    } catch (DockerException e) {
      log.fail(Failures.engineMessage(e));
    } catch (IOException | RuntimeException e) {
      engine.run("build " + checked.file(), () -> engine.calls().pingCmd().exec());
      log.fail(Failures.rootMessage(e));
    } finally {
      delete(archive);
    }
    if (!log.error().isEmpty()) {
      throw failed(checked, log);
    }
  }

  /** A builder that reads the folder itself must not find there what is hidden. */
  private Path copy(BuildContext context) {
    try {
      Path copy = Files.createTempDirectory(Files.createDirectories(scratch), "context-");
      context.copyTo(copy);
      return copy;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Path archive(BuildContext context) {
    try {
      Path archive = Files.createTempFile(Files.createDirectories(scratch), "context-", ".tar");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
        context.writeTo(out);
      }
      return archive;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private SandboxException unwritable(IOException e) {
    return new SandboxException(
        Kind.FAILED,
        "the build context could not be written to " + scratch + ": " + Failures.rootMessage(e),
        "free disk space or choose another --home",
        e);
  }

  private static void delete(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      root.toFile().deleteOnExit();
    }
  }

  static SandboxException tooSlow(DockerfileCheck.Checked checked, Duration timeout, BuildLog log) {
    return new SandboxException(
        Kind.BAD_REQUEST,
        "the build of "
            + checked.file()
            + " took longer than "
            + timeout.toSeconds()
            + " s"
            + at(log)
            + "\n"
            + log.tail(),
        "raise the build timeout of the task");
  }

  static SandboxException failed(DockerfileCheck.Checked checked, BuildLog log) {
    boolean pulling = log.step().matches("Step \\d+/\\d+ : FROM .*");
    if (pulling) {
      Registry.Missing missing =
          Registry.explain(log.step().replaceFirst(".* FROM ", ""), log.error());
      return new SandboxException(
          missing.kind(), checked.file() + ": " + missing.what(), missing.remedy());
    }
    return new SandboxException(
        Kind.BAD_REQUEST,
        "the build of "
            + checked.file()
            + " failed"
            + at(log)
            + ": "
            + log.error()
            + "\n"
            + log.tail(),
        "correct the Dockerfile; docker build shows the whole output");
  }

  private static String at(BuildLog log) {
    return log.step().isEmpty() ? "" : " at " + log.step();
  }

  /** Pulls a named image. */
  void pull(String reference, Duration timeout) {
    String tagged = Registry.withTag(reference);
    PullCallback callback = new PullCallback();
    try {
      var command = engine.streams().pullImageCmd(tagged);
      AuthConfig auth = registry.authentication(tagged);
      if (auth != null) {
        command.withAuthConfig(auth);
      }
      try (PullCallback running = command.exec(callback)) {
        if (!running.awaitEnd(timeout)) {
          throw new SandboxException(
              Kind.UNAVAILABLE,
              "the pull of " + reference + " took longer than " + timeout.toSeconds() + " s",
              "pull it beforehand (docker pull " + tagged + ") or raise the build timeout");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(
          Kind.FAILED, "the pull of " + reference + " was interrupted", "run it again", e);
    } catch (SandboxException e) {
      throw e;
    } catch (NotFoundException e) {
      throw unavailable(reference, Failures.engineMessage(e) + " (not found)");
    } catch (DockerException e) {
      throw unavailable(reference, Failures.engineMessage(e));
    } catch (IOException | RuntimeException e) {
      engine.run("pull " + reference, () -> engine.calls().pingCmd().exec());
      throw unavailable(reference, Failures.rootMessage(e));
    }
    if (!callback.error.isEmpty()) {
      throw unavailable(reference, callback.error);
    }
  }

  private static SandboxException unavailable(String reference, String message) {
    Registry.Missing missing = Registry.explain(reference, message);
    return new SandboxException(missing.kind(), missing.what(), missing.remedy());
  }

  /** Keeps what broke a stream for whoever waits, who can say more about it than a log. */
  private abstract static class Progress<T> extends ResultCallback.Adapter<T> {
    private volatile @Nullable Throwable broken;

    @Override
    public void onError(Throwable error) {
      broken = error;
      onComplete();
    }

    /** Whether it ended in time. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
      boolean ended = awaitCompletion(timeout.toMillis(), TimeUnit.MILLISECONDS);
      Throwable why = broken;
      // Giving up breaks the stream as well, which then says nothing.
      if (ended && why != null) {
        throw why instanceof RuntimeException known
            ? known
            : new IllegalStateException("the stream broke", why);
      }
      return ended;
    }
  }

  private static final class BuildCallback extends Progress<BuildResponseItem> {
    private final BuildLog log;

    BuildCallback(BuildLog log) {
      this.log = log;
    }

    @Override
    public void onNext(BuildResponseItem item) {
      if (item.getStream() != null) {
        log.add(item.getStream());
      }
      if (item.getErrorDetail() != null) {
        log.fail(String.valueOf(item.getErrorDetail().getMessage()));
      }
    }
  }

  private static final class PullCallback extends Progress<PullResponseItem> {
    private volatile String error = "";

    @Override
    public void onNext(PullResponseItem item) {
      if (item.getErrorDetail() != null) {
        error = String.valueOf(item.getErrorDetail().getMessage());
      }
    }
  }
}
