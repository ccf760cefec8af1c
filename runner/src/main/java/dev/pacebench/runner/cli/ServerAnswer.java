package dev.pacebench.runner.cli;

import dev.pacebench.runner.lineup.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a model server says to someone without a key who asks for its list of models. */
final class ServerAnswer {

  private static final int MOST_BYTES = 1 << 20;
  private static final String MESSAGES = "anthropic-messages";
  private static final String GEMINI = "gemini";

  private final Provider provider;
  private final URI base;
  private final Duration limit;
  private final String place;

  ServerAnswer(Provider provider, URI base, Duration limit, String place) {
    this.provider = provider;
    this.base = base;
    this.limit = limit;
    this.place = place;
  }

  List<Finding> examine(SSLContext context, Set<String> models)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limit)
            .sslContext(context)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(list())
            .timeout(limit)
            .header("accept", "application/json")
            .GET()
            .build();
    HttpResponse<InputStream> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (java.net.http.HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              ServerProbe.CHECK,
              place + ": what answers there is no web server, or it hangs up",
              "check scheme and port of `base_url`"));
    }
    try (InputStream body = answer.body()) {
      return findings(answer.statusCode(), body, models);
    }
  }

  /** Where servers of these protocols list their models; asking costs nothing. */
  private URI list() {
    String text = base.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    String version = "";
    if (provider.protocol().equals(MESSAGES)) {
      version = text.endsWith("/v1") ? "" : "/v1";
    } else if (provider.protocol().equals(GEMINI)) {
      version = text.matches(".*/v\\d+[a-z0-9]*(/.*)?") ? "" : "/v1beta";
    }
    return URI.create(text + version + "/models");
  }

  private List<Finding> findings(int status, InputStream body, Set<String> models)
      throws IOException {
    boolean keyed = provider.credential().isPresent() || !provider.secretHeaders().isEmpty();
    List<Finding> found = new ArrayList<>();
    if (status == 401 || status == 403) {
      found.add(
          keyed
              ? ok("answers, and wants its key (HTTP " + status + " without one)")
              : warn(
                  "wants a key (HTTP " + status + "), and the lineup names none",
                  "add `credential: {env: NAME}` to the provider, if calls need it too"));
    } else if (status >= 500 || status == 429) {
      found.add(
          warn(
              "answers with HTTP " + status,
              "look at the server's log or the provider's status page, and try again later"));
    } else if (status >= 300 && status < 400) {
      found.add(
          warn(
              "sends elsewhere (HTTP " + status + "), which is not followed",
              "write the final address into `base_url`"));
    } else {
      found.add(ok("answers (HTTP " + status + ")"));
      if (status == 200) {
        missing(listed(body), models).ifPresent(found::add);
      }
    }
    if (keyed && base.getScheme().equalsIgnoreCase("http") && !isLoopback()) {
      found.add(
          warn("the key goes over the network unencrypted", "write https:// into `base_url`"));
    }
    return found;
  }

  private boolean isLoopback() {
    String host = base.getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private Optional<Finding> missing(Set<String> listed, Set<String> models) {
    List<String> absent = models.stream().filter(id -> !listed.contains(id)).toList();
    return listed.isEmpty() || absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            warn(
                "its list of models has no " + String.join(", ", absent),
                "write the id under which the server serves the model"));
  }

  private static Set<String> listed(InputStream body) throws IOException {
    Set<String> ids = new HashSet<>();
    try {
      JsonNode list = JsonMapper.shared().readTree(body.readNBytes(MOST_BYTES));
      for (JsonNode model : list.path("data")) {
        ids.add(model.path("id").asString(""));
      }
      for (JsonNode model : list.path("models")) {
        ids.add(model.path("name").asString("").replaceFirst("^models/", ""));
      }
    } catch (JacksonException e) {
      return Set.of();
    }
    return ids;
  }

  private Finding ok(String what) {
    return Finding.ok(ServerProbe.CHECK, place + " " + what);
  }

  private Finding warn(String what, String remedy) {
    return Finding.warn(ServerProbe.CHECK, place + ": " + what, remedy);
  }
}
