package dev.pacebench.runner.bench;

import dev.pacebench.runner.agent.LoopRig;
import dev.pacebench.runner.agent.RecordedLoop;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.record.CallFiles;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.home.FileTrees;
import dev.pacebench.runner.lineup.SimulatedTier;
import dev.pacebench.runner.trajectory.Trajectories;
import dev.pacebench.runner.trajectory.TrialFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What it takes to tell a hundred turns from the gateway's records, after the agent phase. */
final class TrajectoryBench {

  private static final int TURNS = 100;

  private TrajectoryBench() {}

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
    Path evidence = folder.resolve("told-" + protocol.word() + "-" + transport.word());
    double phase =
        RecordedLoop.run(
            rig,
            new Play(tier(), Optional.of(script()), 7),
            protocol,
            transport,
            RecordedLoop.answering(command -> "x".repeat(1500)),
            evidence,
            () -> false);
    Path calls = evidence.resolve(CallFiles.FOLDER);
    Path logs = evidence.resolve("agent");
    Samples millis = new Samples();
    int warmUp = quick ? 3 : 8;
    for (int i = 0; i < warmUp + (quick ? 5 : 20); i++) {
      long start = System.nanoTime();
      int turns =
          Trajectories.write(facts(phase), logs.resolve("told.json"), List.of(logs), calls).turns();
      double took = (System.nanoTime() - start) / 1e6;
      if (turns != TURNS) {
        throw new IllegalStateException(way + ": " + turns + " turns were told");
      }
      if (i >= warmUp) {
        millis.add(took);
      }
    }
    double size = Files.size(calls.resolve(CallFiles.RECORDING)) / 1048576.0;
    results.add(
        Result.atMost("agents", "telling " + TURNS + " turns, " + way, millis.median(), "ms", 200));
    results.add(Result.note("agents", "  from a recording of", size, "MiB"));
  }

  private static TrialFacts facts(double phase) {
    return new TrialFacts(
        "bench",
        "loop",
        "1",
        Optional.of("bench"),
        true,
        true,
        "Go on.",
        Instant.EPOCH,
        phase,
        "finished",
        false);
  }

  private static SimulatedTier tier() {
    return new SimulatedTier(
        Duration.ofMillis(2),
        100_000,
        4,
        0,
        Duration.ZERO,
        Duration.ZERO,
        0,
        1,
        SimulatedTier.Faults.NONE);
  }

  private static Script script() {
    List<Script.Turn> turns = new ArrayList<>();
    for (int i = 1; i < TURNS; i++) {
      turns.add(new Script.Turn("So it is.", "Go on.", List.of("cat file-" + i), 10, 120));
    }
    turns.add(new Script.Turn("", "Done.", List.of(), 0, 5));
    return new Script("long", true, turns);
  }
}
