package dev.pacebench.runner.batch;

import java.util.Map;

/**
 * How an execution of a run ended.
 *
 * @param planned all trials of the run
 * @param done those with a result, LOST ones included
 * @param lost of the done ones
 * @param stopped whether it was stopped before its end
 * @param suspended contenders whose trials stay pending, with the cause
 * @param failure what ended it when it could not go on, empty otherwise
 */
public record RunSummary(
    String runId,
    int planned,
    int done,
    int lost,
    boolean stopped,
    Map<String, String> suspended,
    String failure) {

  public boolean isComplete() {
    return done == planned;
  }
}
