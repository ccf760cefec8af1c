package dev.pacebench.runner.serve;

import dev.pacebench.runner.store.RunPulse;
import dev.pacebench.runner.store.RunRow;
import java.util.List;

/** Which runs a board is over: all of them, or one. */
record Selection(String run) {

  static final Selection ALL = new Selection("");

  boolean has(String runId) {
    return run.isEmpty() || run.equals(runId);
  }

  /** Oldest first. */
  List<RunRow> of(List<RunRow> newestFirst) {
    List<RunRow> chosen =
        new java.util.ArrayList<>(newestFirst.stream().filter(row -> has(row.runId())).toList());
    java.util.Collections.reverse(chosen);
    return chosen;
  }

  /** Runs that somebody works on. */
  List<String> underWay(List<RunPulse> pulses) {
    return pulses.stream()
        .filter(pulse -> pulse.underWay() && has(pulse.runId()))
        .map(RunPulse::runId)
        .toList();
  }

  /** Equal as long as no figure can have changed. */
  String stamp(List<RunPulse> pulses) {
    StringBuilder stamp = new StringBuilder();
    for (RunPulse pulse : pulses) {
      if (has(pulse.runId())) {
        stamp
            .append(pulse.runId())
            .append(' ')
            .append(pulse.state())
            .append(' ')
            .append(pulse.underWay())
            .append(' ')
            .append(pulse.planned())
            .append(' ')
            .append(pulse.done())
            .append('\n');
      }
    }
    return stamp.toString();
  }
}
