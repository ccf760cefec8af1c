package dev.pacebench.runner.agent;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.policy.ContenderLimiter;
import dev.pacebench.runner.gateway.policy.FixedKey;
import dev.pacebench.runner.gateway.policy.Key;
import dev.pacebench.runner.gateway.policy.PriceBudget;
import dev.pacebench.runner.gateway.policy.RetryRule;
import dev.pacebench.runner.gateway.policy.Rewriter;
import dev.pacebench.runner.gateway.proxy.CallListener;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.proxy.DoorSpec;
import dev.pacebench.runner.gateway.proxy.GatewayServer;
import dev.pacebench.runner.gateway.proxy.Upstream;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.SimulatedServer;
import dev.pacebench.runner.gateway.wire.RequestReader;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The loop on a simulated model through a real gateway, without a run around it. */
public final class LoopRig implements AutoCloseable {

  private final AtomicInteger opened = new AtomicInteger();
  private final SimulatedServer models = SimulatedServer.start();
  private final GatewayServer gateway = GatewayServer.start(Ticker.SYSTEM);
  private final Task task;

  public LoopRig(Path folder) throws IOException {
    task = writeTask(folder.resolve("task"));
  }

  /** Opens a door to a model that plays. */
  public Door open(Play play, ContenderLimits limits) {
    return open(play, limits, CallListener.NONE);
  }

  /** The same with somebody who hears what is said. */
  public Door open(Play play, ContenderLimits limits, CallListener listener) {
    String name = "trial-" + opened.incrementAndGet();
    Rewriter asIs =
        (protocol, body) ->
            new Rewriter.Rewritten(body, Map.of(), RequestReader.body(protocol, body));
    Upstream upstream =
        new Upstream(
            Set.of(Protocol.values()),
            models.baseUrl(),
            Map.of(),
            new FixedKey(new Key(models.register(name, play))),
            asIs,
            RetryRule.NEVER,
            Duration.ZERO,
            Duration.ofSeconds(20));
    return gateway.open(
        new DoorSpec(
            name,
            upstream,
            new ContenderLimiter(limits.rates()),
            new PriceBudget(limits, Optional.empty()),
            Optional.empty(),
            listener));
  }

  /** What the loop is given. */
  public AgentContext context(
      Door door,
      Protocol protocol,
      Transport transport,
      Sandbox sandbox,
      Path logs,
      Consumer<TrialState> states) {
    Contender contender =
        new Contender(
            "c",
            "loop",
            "1",
            Optional.of("m"),
            Map.of(),
            Map.of(),
            ContenderLimits.none(),
            true,
            "digest");
    return new AgentContext(
        task,
        contender,
        new AgentSandbox(sandbox),
        logs,
        Duration.ofMinutes(10),
        states,
        Optional.of(
            new ModelAccess(
                door.address(), door.token(), "sim", protocol, transport, 0, Optional.empty())));
  }

  /** A sandbox in which every command says the same at once. */
  public static Sandbox says(String output) {
    return new FakeSandbox(script -> FakeSandbox.result(CommandResult.End.EXITED, 0, output));
  }

  @Override
  public void close() {
    gateway.close();
    models.close();
  }

  private static Task writeTask(Path at) throws IOException {
    Files.createDirectories(at.resolve("environment"));
    Files.createDirectories(at.resolve("tests"));
    Files.writeString(at.resolve("instruction.md"), "Write 42 into /app/answer.txt.\n");
    Files.writeString(at.resolve("environment/Dockerfile"), "FROM pacebench/starter\n");
    Files.writeString(at.resolve("tests/test.sh"), "#!/bin/sh\n");
    Files.writeString(at.resolve("task.toml"), "schema_version = \"1.4\"\n");
    return new HarborFormat().read("test", at).tasks().get(0);
  }
}
