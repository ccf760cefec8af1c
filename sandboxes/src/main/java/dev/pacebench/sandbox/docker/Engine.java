package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one Docker engine.
 *
 * <p>Two clients share the address: calls are bounded by a read timeout, so that an engine that
 * hangs is noticed; streams (commands, builds, pulls) may be silent for long and are bounded by
 * those who read them.
 *
 * <p>Calls run on threads of their own. An interrupt of the thread that asks would close the
 * connection in the midst of a call, and with the answer be lost which container was just made; so
 * it stays pending until the call has ended.
 */
final class Engine implements Closeable {

  static final String OLDEST_API = "1.41";

  /** The newest version whose shapes docker-java knows; newer engines are asked to speak it. */
  private static final String NEWEST_API = "1.44";

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PING = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofMinutes(2);

  private final DockerClientConfig config;
  private final DockerHttpClient callHttp;
  private final DockerHttpClient streamHttp;
  private final DockerClient calls;
  private final DockerClient streams;
  private final ExecutorService callers = Executors.newCachedThreadPool(Engine::caller);
  private final String apiVersion;
  private final boolean prefixed;
  private final String version;
  private final String architecture;

  private Engine(DefaultDockerClientConfig found, Greeting greeting) {
    this.apiVersion = greeting.apiVersion();
    this.prefixed = greeting.prefixed();
    this.version = greeting.version();
    this.architecture = greeting.architecture();
    this.config = prefixed ? withVersion(found, apiVersion) : found;
    this.callHttp = http(found, CALL);
    this.streamHttp = http(found, null);
    this.calls = DockerClientImpl.getInstance(config, callHttp);
    this.streams = DockerClientImpl.getInstance(config, streamHttp);
  }

  private static Thread caller(Runnable work) {
    Thread thread = new Thread(work, "docker-call");
    thread.setDaemon(true);
    return thread;
  }

  private record Greeting(
      String apiVersion, boolean prefixed, String version, String architecture) {}

  /**
   * Connects to the engine that the options or the environment name.
   *
   * @throws SandboxException of kind UNAVAILABLE when none answers or it is too old
   */
  static Engine connect(DockerOptions options) {
    DefaultDockerClientConfig config = configuration(options);
    String scheme = String.valueOf(config.getDockerHost().getScheme());
    if (!scheme.equals("unix") && !scheme.equals("tcp") && !scheme.equals("npipe")) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "the Docker address " + config.getDockerHost() + " cannot be used directly",
          "forward the engine's socket (ssh -L /tmp/docker.sock:/var/run/docker.sock HOST) and set"
              + " DOCKER_HOST=unix:///tmp/docker.sock");
    }
    return new Engine(config, greet(config));
  }

  private static DefaultDockerClientConfig configuration(DockerOptions options) {
    try {
      DefaultDockerClientConfig.Builder builder =
          DefaultDockerClientConfig.createDefaultConfigBuilder();
      options.host().ifPresent(builder::withDockerHost);
      return builder.build();
    } catch (RuntimeException e) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "the Docker settings cannot be used: " + Failures.rootMessage(e),
          "check DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH and ~/.docker/config.json",
          e);
    }
  }

  private static DefaultDockerClientConfig withVersion(
      DefaultDockerClientConfig found, String version) {
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .withDockerHost(found.getDockerHost().toString())
        .withCustomSslConfig(found.getSSLConfig())
        .withDockerConfig(found.getDockerConfigPath())
        .withApiVersion(version)
        .build();
  }

  private static DockerHttpClient http(DockerClientConfig config, @Nullable Duration timeout) {
    ApacheDockerHttpClient.Builder builder =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(CONNECT);
    return timeout == null ? builder.build() : builder.responseTimeout(timeout).build();
  }

  private static Greeting greet(DefaultDockerClientConfig config) {
    try (DockerHttpClient http = http(config, PING)) {
      String offered = ping(http);
      if (compareVersions(offered, OLDEST_API) < 0) {
        throw new SandboxException(
            Kind.UNAVAILABLE,
            "the Docker engine at "
                + config.getDockerHost()
                + " speaks API "
                + offered
                + ", at least "
                + OLDEST_API
                + " is needed",
            "install Docker Engine 20.10 or newer");
      }
      Version version = DockerClientImpl.getInstance(config, http).versionCmd().exec();
      Object oldest = version.getRawValues().get("MinAPIVersion");
      String spoken = compareVersions(offered, NEWEST_API) < 0 ? offered : NEWEST_API;
      boolean prefixed = oldest == null || compareVersions(oldest.toString(), spoken) <= 0;
      return new Greeting(
          prefixed ? spoken : offered, prefixed, version.getVersion(), version.getArch());
    } catch (SandboxException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "no Docker engine answers at "
              + config.getDockerHost()
              + " ("
              + Failures.rootMessage(e)
              + ")",
          "start Docker or set DOCKER_HOST; without an engine use --sandbox local",
          e);
    }
  }

  private static String ping(DockerHttpClient http) throws IOException {
    DockerHttpClient.Request request =
        DockerHttpClient.Request.builder()
            .method(DockerHttpClient.Request.Method.GET)
            .path("/_ping")
            .build();
    try (DockerHttpClient.Response response = http.execute(request)) {
      if (response.getStatusCode() != 200) {
        throw new IOException("/_ping answered " + response.getStatusCode());
      }
      String version = response.getHeader("Api-Version");
      return version == null ? "0" : version;
    }
  }

  static int compareVersions(String left, String right) {
    String[] a = left.split("\\.");
    String[] b = right.split("\\.");
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int difference = part(a, i) - part(b, i);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int part(String[] parts, int index) {
    try {
      return index < parts.length ? Integer.parseInt(parts[index].replaceAll("\\D.*", "")) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** For calls that answer soon. */
  DockerClient calls() {
    return calls;
  }

  /** For commands, builds and pulls, which may be silent for long. */
  DockerClient streams() {
    return streams;
  }

  /** For what docker-java has no command for; {@code path} starts with a slash. */
  DockerHttpClient.Response request(
      DockerHttpClient.Request.Builder request, String path, boolean stream) {
    return (stream ? streamHttp : callHttp).execute(request.path(path(path)).build());
  }

  /** A path with the version that the engine is to be asked in. */
  private String path(String path) {
    return prefixed ? "/v" + apiVersion + path : path;
  }

  /**
   * Runs a call and says in its own words what failed.
   *
   * @param what completes the sentence "could not ..."
   */
  <T> T call(String what, Supplier<T> call) {
    try {
      return uninterrupted(call);
    } catch (DockerException e) {
      throw new SandboxException(
          Kind.FAILED,
          "could not "
              + what
              + ": the Docker engine answered "
              + e.getHttpStatus()
              + ": "
              + Failures.engineMessage(e),
          "look at the engine's log (journalctl -u docker)",
          e);
    } catch (SandboxException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new SandboxException(
          Kind.UNAVAILABLE,
          "could not "
              + what
              + ": the Docker engine at "
              + config.getDockerHost()
              + " does not answer ("
              + Failures.rootMessage(e)
              + ")",
          "check that it still runs (docker info)",
          e);
    }
  }

  private <T> T uninterrupted(Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call, callers).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  void run(String what, Runnable call) {
    call(
        what,
        () -> {
          call.run();
          return true;
        });
  }

  DockerClientConfig config() {
    return config;
  }

  String address() {
    return config.getDockerHost().toString();
  }

  boolean isUnixSocket() {
    return "unix".equals(config.getDockerHost().getScheme());
  }

  /** As the engine spells it, such as {@code amd64}. */
  String architecture() {
    return architecture;
  }

  String apiVersion() {
    return apiVersion;
  }

  @Override
  public String toString() {
    return "Docker " + version + " (API " + apiVersion + ")";
  }

  @Override
  public void close() {
    Failures.quietly(calls);
    Failures.quietly(streams);
    callers.shutdown();
  }
}
