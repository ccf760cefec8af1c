package dev.pacebench.runner.bench;

import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.LoopAgent;
import dev.pacebench.runner.agent.LoopRig;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.SimulatedTier;
import dev.pacebench.runner.timeline.TrialState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The loop's own time in a turn: from the event that ends an answer, as the gateway reads it, to
 * the next request at the gateway, without the time in which a command is started and runs.
 *
 * <p>The commands' outputs are as long as a model is shown at most, so that the history grows as
 * fast as it can.
 */
final class LoopBench {

  private static final int TURNS = 40;

  private LoopBench() {}

  /** When the loop was busy with a tool. */
  private static final class ToolTime {

    private final List<long[]> spans = new ArrayList<>();
    private long since;
    private boolean on;

    void state(TrialState state) {
      boolean tool = state == TrialState.TOOL_DISPATCH || state == TrialState.TOOL_EXEC;
      long now = System.nanoTime();
      if (tool && !on) {
        since = now;
      } else if (!tool && on) {
        spans.add(new long[] {since, now});
      }
      on = tool;
    }

    long within(long from, long to) {
      return spans.stream()
          .mapToLong(span -> Math.max(0, Math.min(to, span[1]) - Math.max(from, span[0])))
          .sum();
    }
  }

  static void run(boolean quick, List<Result> results) throws Exception {
    Path folder = Files.createTempDirectory("pacebench-bench-");
    try (LoopRig rig = new LoopRig(folder)) {
      for (Protocol protocol : EnumSet.complementOf(EnumSet.of(Protocol.GEMINI))) {
        measure(rig, folder, protocol, Transport.SSE, quick, results);
        if (protocol == Protocol.OPENAI_RESPONSES) {
          measure(rig, folder, protocol, Transport.WEBSOCKET, quick, results);
        }
      }
    } finally {
      FileTrees.delete(folder);
    }
  }

  private static void measure(
      LoopRig rig,
      Path folder,
      Protocol protocol,
      Transport transport,
      boolean quick,
      List<Result> results)
      throws Exception {
    String way = protocol.word() + " " + transport.word();
    int warmUp = quick ? 2 : 5;
    Samples samples = new Samples();
    double bytes = 0;
    for (int i = 0; i < warmUp + (quick ? 2 : 10); i++) {
      ToolTime tools = new ToolTime();
      List<CallRecord> calls =
          conversation(rig, folder.resolve(way + i), protocol, transport, tools);
      for (int turn = 1; i >= warmUp && turn < calls.size(); turn++) {
        long from = calls.get(turn - 1).times().terminal();
        long to = calls.get(turn).times().scheduled();
        samples.add((to - from - tools.within(from, to)) / 1e6);
      }
      bytes = calls.get(calls.size() - 1).bytesUp();
    }
    results.add(
        Result.atMost("agents", "loop's own time in a turn, " + way, samples.median(), "ms", 10));
    results.add(Result.note("agents", "  the same, 99th percentile", samples.quantile(0.99), "ms"));
    results.add(Result.note("agents", "  bytes of the last request", bytes, "B"));
  }

  private static List<CallRecord> conversation(
      LoopRig rig, Path logs, Protocol protocol, Transport transport, ToolTime tools)
      throws Exception {
    SimulatedTier tier =
        new SimulatedTier(
            Duration.ofMillis(5),
            5_000,
            4,
            0,
            Duration.ZERO,
            Duration.ZERO,
            0,
            1,
            SimulatedTier.Faults.NONE);
    try (Door door = rig.open(new Play(tier, Optional.of(script()), 1), ContenderLimits.none())) {
      AgentContext context =
          rig.context(
              door, protocol, transport, LoopRig.says("x".repeat(9_000)), logs, tools::state);
      new LoopAgent(Ticker.SYSTEM).run(context);
      door.shut();
      return door.calls(false);
    }
  }

  private static Script script() {
    List<Script.Turn> turns = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      turns.add(new Script.Turn("", "Go on.", List.of("cat file-" + i), 0, 20));
    }
    turns.add(new Script.Turn("", "Done.", List.of(), 0, 5));
    return new Script("long", true, turns);
  }
}
