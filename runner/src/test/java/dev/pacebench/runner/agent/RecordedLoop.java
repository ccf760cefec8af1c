package dev.pacebench.runner.agent;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.record.CallFiles;
import dev.pacebench.runner.gateway.record.RecordLimits;
import dev.pacebench.runner.gateway.record.Recorder;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** The loop's work with a simulated model through a real gateway, recorded as a trial's is. */
public final class RecordedLoop {

  private RecordedLoop() {}

  /**
   * Works, and leaves the folders {@code agent} and {@code model-calls}.
   *
   * @param cutAfter when the phase is cut short; zero lets it end by itself
   * @return milliseconds that the phase took
   */
  public static double run(
      LoopRig rig,
      Play play,
      Protocol protocol,
      Transport transport,
      Sandbox sandbox,
      Path evidence,
      Duration cutAfter)
      throws Exception {
    Path logs = Files.createDirectories(evidence.resolve("agent"));
    long start = System.nanoTime();
    try (Recorder recorder =
            Recorder.start(
                evidence.resolve(CallFiles.FOLDER),
                "trial",
                start,
                true,
                RecordLimits.DEFAULT,
                text -> text);
        Door door = rig.open(play, ContenderLimits.none(), recorder)) {
      AgentContext context = rig.context(door, protocol, transport, sandbox, logs, state -> {});
      Thread work =
          new Thread(
              () -> {
                try {
                  new LoopAgent(Ticker.SYSTEM).run(context);
                } catch (InterruptedException | RuntimeException e) {
                  // Being cut short is what some tests are about.
                }
              });
      work.start();
      if (cutAfter.isZero()) {
        work.join(Duration.ofSeconds(50).toMillis());
      } else {
        work.join(cutAfter.toMillis());
      }
      double phase = (System.nanoTime() - start) / 1e6;
      door.shut();
      work.interrupt();
      work.join(Duration.ofSeconds(10).toMillis());
      if (work.isAlive()) {
        throw new IllegalStateException("the loop did not end");
      }
      door.calls(false);
      return phase;
    }
  }

  /** A sandbox that answers every command. */
  public static Sandbox answering(Function<String, String> output) {
    return new FakeSandbox(
        script -> FakeSandbox.result(CommandResult.End.EXITED, 0, output.apply(script)));
  }
}
