package dev.pacebench.runner.endtoend;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.policy.ContenderLimiter;
import dev.pacebench.runner.gateway.policy.FixedKey;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.PriceBudget;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.TierRewriter;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.proxy.DoorSpec;
import dev.pacebench.runner.gateway.proxy.Upstream;
import dev.pacebench.runner.gateway.simulated.SentCall;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.ContenderLimits.CallRates;
import dev.pacebench.runner.lineup.ServingTier;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Where one agent works: a sandbox that sees nothing but its relay, and the door behind it. */
final class AgentCliPlace implements AutoCloseable {

  static final String MODEL = "simulated-model";

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final AgentCliGateway gateway;
  private final String name;
  private final Path socket;
  private final int port;
  private final Door door;
  private final Sandbox sandbox;

  AgentCliPlace(AgentCliGateway gateway, Protocol protocol, String transport) throws IOException {
    int number = NUMBER.incrementAndGet();
    this.gateway = gateway;
    name = "agent-" + number;
    socket = Files.createDirectories(gateway.folder().resolve(name)).resolve("gate");
    port = 61001 + number;
    door = door(protocol, transport);
    try {
      sandbox = sandbox();
    } catch (RuntimeException e) {
      door.close();
      throw e;
    }
  }

  private Door door(Protocol protocol, String transport) {
    ServingTier tier =
        new ServingTier(
            protocol.word(),
            transport,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Upstream upstream =
        new Upstream(
            Set.of(protocol),
            gateway.simulated().baseUrl(),
            Map.of(),
            new FixedKey(new Key(gateway.simulated().register(name, AgentCliGateway.PLAY))),
            new TierRewriter(MODEL, tier),
            RetryRule.NEVER,
            Duration.ZERO,
            PATIENCE);
    return gateway
        .server()
        .open(
            new DoorSpec(
                name,
                upstream,
                new ContenderLimiter(CallRates.NONE),
                new PriceBudget(ContenderLimits.none(), Optional.empty()),
                Optional.of(socket),
                CallListener.NONE));
  }

  private Sandbox sandbox() {
    return gateway
        .provider()
        .open(
            SandboxSpec.builder(name, "agent-cli-test", gateway.image(), Duration.ofMinutes(5))
                .limits(
                    new Limits(OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.of(500)))
                .relay(Optional.of(new RelaySpec(socket, port)))
                .build());
  }

  /** Runs a script that finds the door's token as TOKEN and the relay's port as PORT. */
  CommandResult run(String script) throws InterruptedException {
    return sandbox.run(
        Command.of(script, PATIENCE)
            .withEnv(Map.of("TOKEN", door.token(), "PORT", String.valueOf(port))));
  }

  Sandbox inside() {
    return sandbox;
  }

  Door door() {
    return door;
  }

  int port() {
    return port;
  }

  Path socket() {
    return socket;
  }

  /** What the gateway recorded. */
  List<CallRecord> calls() {
    return door.calls(false);
  }

  /** What the simulated model says that it sent, and when. */
  List<SentCall> sent() {
    return gateway.simulated().log().calls(name);
  }

  @Override
  public void close() {
    try {
      sandbox.close();
    } finally {
      door.close();
      gateway.simulated().unregister(name);
    }
  }
}
