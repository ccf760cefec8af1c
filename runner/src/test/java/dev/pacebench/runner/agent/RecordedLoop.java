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
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The loop's work with a simulated model through a real gateway, recorded as a trial's is. */
public final class RecordedLoop {

  private RecordedLoop() {}

  /**
   * Works, and leaves the folders {@code agent} and {@code model-calls}.
   *
   * @param cut tells that the phase is to be cut short now
   * @return milliseconds that the phase took
   */
  public static double run(
      LoopRig rig,
      Play play,
      Protocol protocol,
      Transport transport,
      Sandbox sandbox,
      Path evidence,
      BooleanSupplier cut)
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
      long latest = start + Duration.ofSeconds(50).toNanos();
      while (work.isAlive() && !cut.getAsBoolean() && System.nanoTime() < latest) {
        work.join(10);
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

  /** Whether a command that does not end by itself is running. */
  public static boolean sleeps(Sandbox sandbox) {
    return ((FakeSandbox) sandbox).sleeping.getCount() == 0;
  }

  /** A sandbox that answers every command. */
  public static Sandbox answering(Function<String, String> output) {
    return new FakeSandbox(
        script -> FakeSandbox.result(CommandResult.End.EXITED, 0, output.apply(script)));
  }
}
