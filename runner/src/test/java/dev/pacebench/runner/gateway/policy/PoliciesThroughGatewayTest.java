package dev.pacebench.runner.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.proxy.DoorSpec;
import dev.pacebench.runner.gateway.proxy.GatewayServer;
import dev.pacebench.runner.gateway.proxy.Upstream;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import dev.pacebench.runner.lineup.Credential;
import dev.pacebench.runner.lineup.Credential.Source;
import dev.pacebench.runner.lineup.Price;
import dev.pacebench.runner.lineup.Provider;
import dev.pacebench.runner.lineup.ServingTier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * All policies at work at once, behind a provider that says every key back that it gets.
 *
 * <p>No key may come out anywhere: not at the agent, not in records, not in logs.
 */
class PoliciesThroughGatewayTest {

  private static final String FIRST = "sk-canary-first-0123456789";
  private static final String SECOND = "sk-canary-second-0123456789";

  @TempDir Path folder;
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final StringBuffer heard = new StringBuffer();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private volatile String retry = "true";
  private HttpServer provider;
  private GatewayServer gateway;

  @BeforeEach
  void start() throws IOException {
    log.start();
    root.addAppender(log);
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "provider");
              thread.setDaemon(true);
              return thread;
            }));
    provider.createContext("/v1/responses", this::answer);
    provider.start();
    gateway = GatewayServer.start(Ticker.SYSTEM);
  }

  @AfterEach
  void stop() {
    gateway.close();
    provider.stop(0);
    root.detachAppender(log);
  }

  /** 401 for the first key; with the second one 429, and then the answer. */
  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    received.add(key + "\n" + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.getResponseHeaders().set("x-echo", key);
    int number = calls.incrementAndGet();
    if (!key.endsWith(SECOND)) {
      send(exchange, 401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"" + key + "\"}}");
    } else if (number == 2) {
      exchange.getResponseHeaders().set("retry-after-ms", "5");
      exchange.getResponseHeaders().set("x-should-retry", retry);
      send(
          exchange,
          429,
          "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"" + key + "\"}}");
    } else {
      exchange.getResponseHeaders().set("content-type", "text/event-stream");
      send(
          exchange,
          200,
          "data: {\"type\":\"response.output_text.delta\",\"delta\":\""
              + key
              + "\"}\n\n"
              + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r1\","
              + "\"status\":\"completed\",\"service_tier\":\"priority\",\"usage\":"
              + "{\"input_tokens\":1000,\"input_tokens_details\":{\"cached_tokens\":400},"
              + "\"output_tokens\":100}}}\n\n");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void findsTheNewKeyWaitsAsToldSetsTheTierAndLetsNoKeyOut() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), FIRST);
    KeyRing keys = keys(key);
    Files.writeString(key, SECOND);
    PriceBudget budget =
        new PriceBudget(
            new ContenderLimits(
                Optional.empty(),
                Optional.empty(),
                Optional.of(1100L),
                Optional.empty(),
                CallRates.NONE),
            Optional.of(new Price(2, 1, 2, 10)));
    HttpResponse<String> first;
    HttpResponse<String> second;
    List<CallRecord> records;
    try (Door door = gateway.open(spec(keys, budget))) {
      first = ask(door);
      second = ask(door);
      records = door.calls(true);
    }

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(records)
        .extracting(
            record -> record.seq() + "." + record.attempt() + " " + record.answer().status())
        .startsWith("1.1 401", "1.2 429", "1.3 200");
    assertThat(records.get(2).waited()).isNotNull();
    assertThat(records.get(2).waited().ordered()).isTrue();
    assertThat(received)
        .allSatisfy(
            request ->
                assertThat(request)
                    .contains("\"model\":\"real\"", "\"service_tier\":\"priority\""));
    assertThat(records.get(2).asked().model()).isEqualTo("any");
    assertThat(records.get(2).asked().rewritten()).contains("model", "service_tier");

    assertThat(budget.cost().orElseThrow())
        .isCloseTo(600e-6 * 2 + 400e-6 + 100e-6 * 10, within(1e-12));
    assertThat(budget.usedUp()).contains(Ended.TOKEN_LIMIT);
    assertThat(second.statusCode()).as("nothing is sent beyond the limit").isEqualTo(400);
    assertThat(received).hasSize(3);
    assertThat(records.get(records.size() - 1).answer().end()).isEqualTo(CallEnd.LIMITED);

    assertThat(keys.secrets()).containsExactly(new Key(FIRST), new Key(SECOND));
    assertThat(first.body() + first.headers().map() + second.body() + second.headers().map())
        .doesNotContain("canary");
    assertThat(records.toString() + heard + keys).doesNotContain("canary");
    assertThat(log.list)
        .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain("canary"));
  }

  @Test
  void obeysAProviderThatForbidsAFurtherAttempt() throws Exception {
    retry = "false";
    calls.set(1);
    Path key = Files.writeString(folder.resolve("key"), SECOND);
    try (Door door =
        gateway.open(spec(keys(key), new PriceBudget(ContenderLimits.none(), Optional.empty())))) {
      HttpResponse<String> only = ask(door);

      assertThat(only.statusCode()).isEqualTo(429);
      assertThat(received).hasSize(1);
      assertThat(only.body() + only.headers().map()).doesNotContain("canary");
    }
  }

  private KeyRing keys(Path key) {
    return CredentialKeyRing.of(
        new Provider(
            "lab",
            "openai-responses",
            address(),
            Optional.of(
                new Credential(
                    Source.FILE, List.of(key.toString()), Optional.empty(), Optional.empty())),
            Map.of(),
            Map.of()),
        Map.of());
  }

  private String address() {
    return "http://127.0.0.1:" + provider.getAddress().getPort() + "/v1";
  }

  private DoorSpec spec(KeyRing keys, PriceBudget budget) {
    Upstream upstream =
        new Upstream(
            Set.of(Protocol.OPENAI_RESPONSES),
            URI.create(address()),
            Map.of(),
            keys,
            new TierRewriter(
                "real",
                new ServingTier(
                    "openai-responses",
                    "sse",
                    Optional.of("priority"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
            new HonourRetryAfter(5, 1),
            Duration.ZERO,
            Duration.ofSeconds(10));
    return new DoorSpec(
        "trial",
        upstream,
        new ContenderLimiter(CallRates.NONE),
        budget,
        Optional.empty(),
        new Listening());
  }

  private static HttpResponse<String> ask(Door door) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(door.address().resolve("/v1/responses"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + door.token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"any\",\"stream\":true}"))
            .build();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Keeps all that a recorder would get. */
  private final class Listening implements CallListener {
    @Override
    public void ended(CallRecord call) {
      heard.append(call);
    }

    @Override
    public void request(int seq, int attempt, byte[] body, long nanos) {
      heard.append(new String(body, UTF_8));
    }

    @Override
    public void answer(int seq, int attempt, byte[] part, boolean frame, long nanos) {
      heard.append(new String(part, UTF_8));
    }

    @Override
    public void head(
        int seq, int attempt, int status, Map<String, List<String>> headers, long nanos) {
      heard.append(headers);
    }
  }
}
