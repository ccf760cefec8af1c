package dev.pacebench.runner.agent;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.model.Input;
import dev.pacebench.runner.model.ToolCall;
import dev.pacebench.runner.model.Turn;
import dev.pacebench.sandbox.SandboxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One conversation on one task: the model says what to run, it is run, the model is told what came
 * of it, until the model calls no tool any more.
 */
final class LoopRun {

  /** Turns in a row that bring nothing to run, after which no more are asked for. */
  private static final int IDLE_TURNS = 3;

  /** Newest outputs that a compaction leaves whole. */
  private static final int KEPT_OUTPUTS = 4;

  /** From here on a model is told how many steps it has left. */
  private static final int STEPS_TOLD = 5;

  private static final String CUT_OFF =
      "Your answer was cut off, since it was too long. Go on in smaller pieces.";

  private static final String NOTHING_SAID =
      "Your answer was empty. Go on with the task, or say in a sentence that it is done.";

  private static final String NOT_RUN = "not run, since new instructions came first";

  private final AgentContext context;
  private final LoopModel model;
  private final LoopShell shell;
  private final LoopLog log;
  private final Ticker ticker;
  private final int steps;
  private final long start;
  private int idle;
  private boolean compacted;
  private boolean sandboxEnded;
  private final LoopSteering steering;
  private int told;

  LoopRun(AgentContext context, LoopModel model, LoopLog log, Ticker ticker, int steps) {
    this.context = context;
    this.model = model;
    this.shell = new LoopShell(context);
    this.log = log;
    this.ticker = ticker;
    this.steps = steps;
    this.start = ticker.nanos();
    this.steering = new LoopSteering(context, ticker, start);
  }

  AgentEnd run() throws InterruptedException {
    List<Input> next = new ArrayList<>();
    next.add(new Input.UserText(LoopPrompt.task(context.task().instruction(), context.limit())));
    try (steering) {
      for (int step = 1; step <= steps; step++) {
        Optional<String> instruction = steering.take();
        if (instruction.isPresent()) {
          told++;
          log.interruption(
              told, context.interruptions().arrivals().get(told - 1), instruction.get());
          next.add(new Input.UserText(instruction.get()));
          idle = 0;
        }
        log.asked(step);
        List<Input> added = next;
        Optional<Turn> turn = steering.ask(step, live -> model.ask(added, live));
        if (turn.isPresent()) {
          log.answered(turn.get());
          next = after(turn.get(), steps - step);
        } else {
          log.cutOff(steering.said());
          next = new ArrayList<>();
          if (!steering.said().isEmpty()) {
            next.add(new Input.ModelText(steering.said()));
          }
        }
        log.endStep();
      }
      return new AgentEnd(Ended.STEP_LIMIT, "after " + steps + " steps");
    } catch (LoopModel.EndsRun e) {
      return e.end();
    } finally {
      List<Long> came = context.interruptions().arrivals();
      for (int number = told + 1; number <= context.task().interruptions().size(); number++) {
        log.interruption(number, number <= came.size() ? came.get(number - 1) : null, "");
      }
    }
  }

  /** What is said after a turn. */
  private List<Input> after(Turn turn, int stepsLeft)
      throws InterruptedException, LoopModel.EndsRun {
    List<Input> next = new ArrayList<>();
    if (steering.waiting()) {
      // Said after all, as the answer was complete; its calls are answered, and not run.
      turn.calls().forEach(call -> notRun(call, next));
      return next;
    }
    switch (turn.stop()) {
      case END -> throw ends(Ended.FINISHED, "");
      case REFUSED -> throw ends(Ended.REFUSED, turn.text());
      case CONTEXT_OVERFLOW -> {
        if (compacted || !model.compact(KEPT_OUTPUTS)) {
          throw ends(Ended.CONTEXT_OVERFLOW, "");
        }
        compacted = true;
      }
      case EMPTY -> {
        if (idle > 0) {
          throw ends(Ended.FINISHED, "the model had nothing more to say");
        }
        idle++;
        next.add(new Input.UserText(NOTHING_SAID));
      }
      case MAX_TOKENS -> {
        runAll(turn.calls(), stepsLeft, next);
        next.add(new Input.UserText(CUT_OFF));
      }
      case TOOL_CALLS -> runAll(turn.calls(), stepsLeft, next);
    }
    return next;
  }

  /** Answers every call, in order, since a call without a result would be refused. */
  private void runAll(List<ToolCall> calls, int stepsLeft, List<Input> results)
      throws InterruptedException, LoopModel.EndsRun {
    int readable = 0;
    for (ToolCall call : calls) {
      if (steering.waiting()) {
        notRun(call, results);
        readable++;
        continue;
      }
      boolean failed = false;
      String shown;
      double took = 0;
      try {
        LoopCommand command = LoopCommand.of(call);
        readable++;
        LoopShell.Ran ran = runOne(command);
        shown = ran.shown();
        took = ran.took().toNanos() / 1e6;
      } catch (LoopCommand.Unreadable e) {
        shown = "error: " + e.getMessage();
        failed = true;
      }
      shown += "\n" + notes(stepsLeft);
      log.called(call.name(), call.arguments(), took, shown);
      results.add(new Input.ToolResult(call.id(), shown, failed));
      if (sandboxEnded) {
        throw ends(Ended.DEADLINE, "");
      }
    }
    idle = readable > 0 ? 0 : idle + 1;
    if (idle >= IDLE_TURNS) {
      throw ends(
          Ended.FINISHED, IDLE_TURNS + " answers in a row held no command that could be run");
    }
  }

  private void notRun(ToolCall call, List<Input> results) {
    log.called(call.name(), call.arguments(), 0, NOT_RUN);
    results.add(new Input.ToolResult(call.id(), NOT_RUN, true));
  }

  private LoopShell.Ran runOne(LoopCommand command) throws InterruptedException, LoopModel.EndsRun {
    try {
      LoopShell.Ran ran = shell.run(command, steering);
      sandboxEnded = ran.sandboxEnded();
      return ran;
    } catch (SandboxException e) {
      if (e.kind() == SandboxException.Kind.BAD_REQUEST) {
        // The door to the sandbox has shut; nothing else can be wrong with the request.
        throw ends(Ended.DEADLINE, "");
      }
      throw e;
    }
  }

  private String notes(int stepsLeft) {
    String time = LoopPrompt.timeLeft(left(), context.limit());
    return stepsLeft > STEPS_TOLD ? time : time + "\n[steps left: " + stepsLeft + "]";
  }

  private Duration left() {
    return context.limit().minusNanos(ticker.nanos() - start);
  }

  private static LoopModel.EndsRun ends(Ended ended, String note) {
    String plain = note.replaceAll("\\p{Cntrl}+", " ").strip();
    return new LoopModel.EndsRun(
        new AgentEnd(ended, plain.length() <= 300 ? plain : plain.substring(0, 300) + "..."));
  }
}
