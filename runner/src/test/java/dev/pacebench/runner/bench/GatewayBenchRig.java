package dev.pacebench.runner.bench;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.policy.ContenderLimiter;
import dev.pacebench.runner.gateway.policy.FixedKey;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.PriceBudget;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.TierRewriter;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.proxy.DoorSpec;
import dev.pacebench.runner.gateway.proxy.GatewayServer;
import dev.pacebench.runner.gateway.proxy.Upstream;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.SentCall;
import dev.pacebench.runner.gateway.simulated.SimulatedServer;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.runner.lineup.SimulatedTier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway before a simulated server, as a run has them. */
final class GatewayBenchRig implements AutoCloseable {

  static final String MODEL = "bench";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SimulatedServer server = SimulatedServer.start();
  private final GatewayServer gateway = GatewayServer.start(Ticker.SYSTEM);
  private int lines;

  /** How answers travel: what is measured, and what it is called. */
  enum Way {
    RESPONSES("responses", Protocol.OPENAI_RESPONSES, Transport.SSE),
    SOCKET("responses websocket", Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET),
    CHAT("chat completions", Protocol.OPENAI_CHAT, Transport.SSE),
    MESSAGES("messages", Protocol.ANTHROPIC_MESSAGES, Transport.SSE);

    final String word;
    final Protocol protocol;
    final Transport transport;

    Way(String word, Protocol protocol, Transport transport) {
      this.word = word;
      this.protocol = protocol;
      this.transport = transport;
    }

    /** A request for so many tokens. */
    String ask(int tokens) {
      String type = transport == Transport.WEBSOCKET ? "\"type\":\"response.create\"," : "";
      String limit =
          protocol == Protocol.OPENAI_RESPONSES ? "\"max_output_tokens\"" : "\"max_tokens\"";
      return "{%s\"model\":\"%s\",\"stream\":true,%s:%d,%s:[{\"role\":\"user\",\"content\":\"go\"}]}"
          .formatted(
              type,
              MODEL,
              limit,
              tokens,
              protocol == Protocol.OPENAI_RESPONSES ? "\"input\"" : "\"messages\"");
    }
  }

  /** One trial, that can be reached through the gateway and without it. */
  final class Line implements AutoCloseable {
    private final String name;
    private final String secret;
    private final Way way;
    private final Door door;
    private long calls;

    private Line(Way way, SimulatedTier tier, CallListener listener) {
      this.way = way;
      name = "line-" + ++lines;
      secret = server.register(name, new Play(tier, Optional.empty(), lines));
      door = open(name, server.baseUrl(), secret, way, listener);
    }

    GatewayBenchClient client(boolean through) throws Exception {
      URI base = through ? door.address() : server.baseUrl();
      return GatewayBenchClient.open(base.getPort(), through ? door.token() : secret, way);
    }

    Door door() {
      return door;
    }

    Way way() {
      return way;
    }

    /** What the server sent in the calls so far that were not yet asked for. */
    List<SentCall> sent(int count) throws InterruptedException {
      calls += count;
      if (!server.log().await(name, calls, PATIENCE)) {
        throw new IllegalStateException("an answer did not end");
      }
      List<SentCall> all = server.log().calls(name);
      return all.subList(all.size() - count, all.size());
    }

    @Override
    public void close() {
      door.close();
      server.unregister(name);
    }
  }

  Line line(Way way, SimulatedTier tier, CallListener listener) {
    return new Line(way, tier, listener);
  }

  void forget() {
    server.log().clear();
  }

  /** A door to any server that takes the secret as its key. */
  Door open(String name, URI base, String secret, Way way, CallListener listener) {
    ServingTier tier =
        new ServingTier(
            way.protocol.word(),
            way.transport.word(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Upstream upstream =
        new Upstream(
            Set.of(way.protocol),
            base,
            Map.of(),
            new FixedKey(new Key(secret)),
            new TierRewriter(MODEL, tier),
            RetryRule.NEVER,
            Duration.ZERO,
            Duration.ofSeconds(60));
    return gateway.open(
        new DoorSpec(
            name,
            upstream,
            new ContenderLimiter(ContenderLimits.CallRates.NONE),
            new PriceBudget(ContenderLimits.none(), Optional.empty()),
            Optional.empty(),
            listener));
  }

  /** A tier without jitter. */
  static SimulatedTier tier(Duration firstToken, double tokensPerSecond) {
    return new SimulatedTier(
        firstToken,
        tokensPerSecond,
        1,
        0,
        Duration.ZERO,
        Duration.ZERO,
        0,
        1,
        SimulatedTier.Faults.NONE);
  }

  @Override
  public void close() {
    gateway.close();
    server.close();
  }
}
