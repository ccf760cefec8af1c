package dev.pacebench.runner.trial;

import dev.pacebench.sandbox.ProcessInfo;
import dev.pacebench.sandbox.Sandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes that were there when an agent had ended by itself, and what they did since. */
final class LeftBehind {

  /** Processor time after a clean end that is worth a flag. */
  private static final Duration WORTH_A_FLAG = Duration.ofSeconds(1);

  private final Sandbox sandbox;
  private final List<ProcessInfo> processes;

  private LeftBehind(Sandbox sandbox, List<ProcessInfo> processes) {
    this.sandbox = sandbox;
    this.processes = processes;
  }

  /** Looks, where there can be any. */
  static LeftBehind of(Sandbox sandbox, AgentPhase.End end, boolean used, RecordBuilder record) {
    List<ProcessInfo> left = end.freeze().isPresent() || !used ? List.of() : sandbox.processes();
    record.processesAtEnd(left);
    return new LeftBehind(sandbox, left);
  }

  /** Notes the processor time that they have used since. */
  void note(RecordBuilder record) {
    if (processes.isEmpty()) {
      return;
    }
    Map<Long, Duration> before = new HashMap<>();
    processes.forEach(process -> before.put(process.pid(), process.cpu()));
    Duration worked = Duration.ZERO;
    for (ProcessInfo process : sandbox.processes()) {
      Duration earlier = before.get(process.pid());
      if (earlier != null) {
        worked = worked.plus(process.cpu().minus(earlier));
      }
    }
    record.figure("cpu_seconds_after_end", worked.toNanos() / 1e9);
    record.flagIf(worked.compareTo(WORTH_A_FLAG) > 0, "worked_after_end");
  }
}
