package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says whether an image exists, here or in its registry, without pulling it. */
final class Registry {

  private final Engine engine;
  private final Map<String, Boolean> found = new ConcurrentHashMap<>();

  Registry(Engine engine) {
    this.engine = engine;
  }

  /** Why an image cannot be had. */
  record Missing(String what, String remedy, Kind kind) {}

  /** Empty when the image exists. */
  Optional<Missing> missing(String reference) {
    if (found.containsKey(reference) || isLocal(reference)) {
      return Optional.empty();
    }
    Optional<Missing> missing = lookUp(withTag(reference));
    if (missing.isEmpty()) {
      found.put(reference, true);
    }
    return missing;
  }

  boolean isLocal(String reference) {
    return engine.call(
        "look for image " + reference,
        () -> {
          try {
            engine.calls().inspectImageCmd(reference).exec();
            return true;
          } catch (NotFoundException | BadRequestException e) {
            return false;
          }
        });
  }

  private Optional<Missing> lookUp(String reference) {
    if (!reference.matches("[a-z0-9][A-Za-z0-9._:/@-]*")) {
      return Optional.of(
          new Missing(
              "image " + reference + " has a name that no image can have",
              "use lower-case letters, digits and . _ - / with :TAG or @DIGEST",
              Kind.BAD_REQUEST));
    }
    DockerHttpClient.Request.Builder request =
        DockerHttpClient.Request.builder().method(DockerHttpClient.Request.Method.GET);
    AuthConfig auth = authentication(reference);
    if (auth != null) {
      request = request.putHeader("X-Registry-Auth", header(auth));
    }
    try (DockerHttpClient.Response response =
        engine.request(request, "/distribution/" + reference + "/json", false)) {
      if (response.getStatusCode() == 200) {
        return Optional.empty();
      }
      String body = new String(response.getBody().readNBytes(1 << 16), StandardCharsets.UTF_8);
      return Optional.of(explain(reference, Failures.jsonMessage(body)));
    } catch (IOException | RuntimeException e) {
      return Optional.of(explain(reference, Failures.rootMessage(e)));
    }
  }

  @Nullable AuthConfig authentication(String reference) {
    try {
      return engine.config().effectiveAuthConfig(reference);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static String header(AuthConfig auth) {
    StringBuilder json = new StringBuilder("{");
    field(json, "username", auth.getUsername());
    field(json, "password", auth.getPassword());
    field(json, "serveraddress", auth.getRegistryAddress());
    field(json, "identitytoken", auth.getIdentitytoken());
    field(json, "registrytoken", auth.getRegistrytoken());
    byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  private static void field(StringBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":\"");
      json.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
  }

  /** Tells a wrong name from a registry that does not serve us now. */
  static Missing explain(String reference, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (containsAny(lower, "toomanyrequests", "rate limit")) {
      return new Missing(
          "the registry of " + reference + " serves no more pulls for now: " + message,
          "log in (docker login), wait, or pull it elsewhere and load it (docker load)",
          Kind.UNAVAILABLE);
    }
    if (containsAny(
        lower,
        "no such host",
        "dial tcp",
        "timeout",
        "connection refused",
        "unreachable",
        "tls handshake",
        "proxyconnect",
        "connection reset",
        "temporary failure",
        "eof")) {
      return new Missing(
          "the registry of " + reference + " cannot be reached: " + message,
          "check the network of the Docker engine, or load the image (docker load)",
          Kind.UNAVAILABLE);
    }
    if (containsAny(
        lower,
        "manifest unknown",
        "not found",
        "denied",
        "does not exist",
        "unauthorized",
        "no such image",
        "invalid reference")) {
      return new Missing(
          "image " + reference + " exists neither here nor in its registry: " + message,
          "check the name and, for a private image, docker login",
          Kind.BAD_REQUEST);
    }
    return new Missing(
        "image " + reference + " cannot be looked up: " + message,
        "try docker pull " + reference,
        Kind.UNAVAILABLE);
  }

  private static boolean containsAny(String text, String... parts) {
    return Stream.of(parts).anyMatch(text::contains);
  }

  /** Without a tag an engine would pull them all. */
  static String withTag(String reference) {
    String last = reference.substring(reference.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? reference : reference + ":latest";
  }
}
