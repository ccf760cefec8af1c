package dev.pacebench.runner.agent.program;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.agent.ModelAccess;
import dev.pacebench.runner.agent.ModelLostException;
import dev.pacebench.runner.agent.ProviderFault;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.sandbox.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells how a program's end is to be read.
 *
 * <p>Exit codes say little: some programs end with 0 when they could not do anything. What decides
 * is what the gateway saw of its calls.
 */
final class ProgramEnd {

  /** The record of a call may come a little after the program that made it has ended. */
  private static final Duration SETTLES = Duration.ofMillis(500);

  private final String name;
  private final AgentContext context;
  private final Ticker ticker;
  private final long start;

  /** Calls from now on are the program's; a task of several steps may have seen others. */
  ProgramEnd(String name, AgentContext context, Ticker ticker) {
    this.name = name;
    this.context = context;
    this.ticker = ticker;
    this.start = ticker.nanos();
  }

  /**
   * The end.
   *
   * @param failed whether the program said itself that it failed
   * @param lastWords its last line
   * @throws ModelLostException when it ended since its provider did not answer
   */
  AgentEnd of(CommandResult result, boolean failed, String lastWords) throws InterruptedException {
    switch (result.end()) {
      case TIMED_OUT, KILLED, SANDBOX_ENDED -> {
        return new AgentEnd(Ended.DEADLINE, "");
      }
      case DISPATCHER_LOST -> {
        return crashed("killed what runs commands in the sandbox", "");
      }
      case EXITED -> {}
    }
    boolean answered = settled(result.exitCode() == 0 && !failed);
    if (result.exitCode() == 0 && answered && !failed) {
      return AgentEnd.finished();
    }
    List<CallRecord> calls = calls();
    boolean limited = calls.stream().anyMatch(call -> call.answer().end() == CallEnd.LIMITED);
    if (!limited) {
      Optional<CallRecord> fault = ProviderFault.atEnd(calls);
      if (fault.isPresent()) {
        throw ProviderFault.lost(name + " ended after its last call", fault.get());
      }
    }
    if (ProviderFault.overflowAtEnd(calls)) {
      return new AgentEnd(
          Ended.CONTEXT_OVERFLOW, "the agent " + name + " ended as the model could read no more");
    }
    if (result.exitCode() != 0) {
      return crashed("ended with exit code " + result.exitCode(), lastWords);
    }
    if (answered) {
      // It did its work before, and says with its exit code that this is its end.
      return new AgentEnd(Ended.FINISHED, "the agent " + name + " said that its turn failed");
    }
    return crashed(
        calls.isEmpty()
            ? "did nothing: it ended with exit code 0 and never called its model"
            : "did nothing: it ended with exit code 0 and none of its model calls was answered",
        lastWords);
  }

  private AgentEnd crashed(String what, String lastWords) {
    String words = lastWords.isEmpty() ? "" : ": " + lastWords;
    return new AgentEnd(Ended.CRASHED, "the agent " + name + " " + what + words);
  }

  private List<CallRecord> calls() {
    return context
        .model()
        .map(ModelAccess::calls)
        .map(calls -> calls.get())
        .orElse(List.of())
        .stream()
        .filter(call -> call.times().end() >= start)
        .toList();
  }

  /** Whether any call was answered; waits for records only where the rest looks well. */
  private boolean settled(boolean well) throws InterruptedException {
    long until = ticker.nanos() + SETTLES.toNanos();
    while (true) {
      boolean answered = calls().stream().anyMatch(call -> call.answer().end().answered());
      if (answered || !well || calls().isEmpty() || ticker.nanos() > until) {
        return answered;
      }
      Thread.sleep(5);
    }
  }
}
