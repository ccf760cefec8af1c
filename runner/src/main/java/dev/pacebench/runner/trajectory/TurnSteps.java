package dev.pacebench.runner.trajectory;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallUsage;
import dev.pacebench.runner.trajectory.LoopSteps.LoopCall;
import dev.pacebench.runner.trajectory.LoopSteps.LoopStep;
import dev.pacebench.runner.trajectory.Step.Call;
import dev.pacebench.runner.trajectory.Step.Metrics;
import dev.pacebench.runner.trajectory.Step.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an agent's step of a turn: what the model said, what was run, what came back. */
final class TurnSteps {

  /** More calls in one answer than any agent runs. */
  private static final int MOST_CALLS = 256;

  private final Instant began;
  private final ToolEvents events;

  TurnSteps(Instant began, ToolEvents events) {
    this.began = began;
    this.events = events;
  }

  /**
   * @param next start of the next turn, in milliseconds; of the last one, end of the phase
   * @param own what the agent's log says of the turn
   */
  Step step(Turn turn, double next, @Nullable LoopStep own) {
    CallRecord call = turn.call();
    SpokenAnswer answer = turn.answer();
    double from = Latency.millis(turn.began());
    double to = Latency.millis(call.times().end());
    List<SpokenAnswer.Call> said =
        answer.calls().subList(0, Math.min(MOST_CALLS, answer.calls().size()));
    List<Call> calls = calls(said);
    List<Result> results = results(turn, said, calls, own);
    ObjectNode extra = Json.object();
    extra.put("began_ms", from);
    extra.put("model_ms", Math.max(0, rounded(to - from - waited(turn))));
    if (!said.isEmpty()) {
      tools(extra, calls, results, took(said, to, next, own), Math.max(0, next - to));
    }
    if (own != null && !own.notes().isEmpty()) {
      ArrayNode notes = extra.putArray("notes");
      own.notes().forEach(notes::add);
    }
    return new Step(
        began.plusNanos(turn.began()),
        Step.Source.AGENT,
        Texts.cut(answer.text()),
        word(call.answer().model() == null ? call.asked().model() : call.answer().model()),
        word(call.asked().effort()),
        answer.reasoning().isBlank() ? null : Texts.cut(answer.reasoning()),
        calls,
        results,
        metrics(turn),
        extra);
  }

  private static double waited(Turn turn) {
    return Latency.of(turn.attempts()).path("wait_ms").asDouble(0);
  }

  /** Every call with an id of its own, whatever the model wrote. */
  private static List<Call> calls(List<SpokenAnswer.Call> said) {
    List<Call> calls = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (SpokenAnswer.Call call : said) {
      String id = call.id().isBlank() ? "call" : Texts.word(call.id());
      String free = id;
      for (int i = 2; !taken.add(free); i++) {
        free = id + "#" + i;
      }
      String name = call.name().isBlank() ? "unnamed" : Texts.word(call.name());
      calls.add(new Call(free, name, Json.arguments(call.arguments())));
    }
    return calls;
  }

  /** What the model was told counts; the agent's own log fills in what it was not told any more. */
  private static List<Result> results(
      Turn turn, List<SpokenAnswer.Call> said, List<Call> calls, @Nullable LoopStep own) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      String told = turn.results().get(said.get(i).id());
      if (told == null && own != null && i < own.calls().size()) {
        told = own.calls().get(i).result();
      }
      if (told != null) {
        results.add(new Result(calls.get(i).id(), Texts.cut(told)));
      }
    }
    return results;
  }

  private List<@Nullable Double> took(
      List<SpokenAnswer.Call> said, double from, double to, @Nullable LoopStep own) {
    if (own == null) {
      return events.took(said, from, to);
    }
    List<@Nullable Double> took = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      LoopCall call = i < own.calls().size() ? own.calls().get(i) : null;
      took.add(call == null ? null : Double.valueOf(call.tookMillis()));
    }
    return took;
  }

  /** Without better knowledge the tools had all the time until the next call. */
  private void tools(
      ObjectNode extra,
      List<Call> calls,
      List<Result> results,
      List<@Nullable Double> took,
      double gap) {
    ArrayNode list = extra.putArray("tools");
    double sum = 0;
    boolean all = true;
    for (int i = 0; i < calls.size(); i++) {
      ObjectNode tool = list.addObject().put("id", calls.get(i).id());
      Double millis = took.get(i);
      if (millis == null) {
        all = false;
      } else {
        tool.put("took_ms", rounded(millis));
        sum += millis;
      }
      String id = calls.get(i).id();
      boolean back = false;
      for (Result result : results) {
        if (id.equals(result.callId())) {
          back = true;
          ToolTexts.exitCode(result.content()).ifPresent(code -> tool.put("exit_code", code));
        }
      }
      if (!back) {
        tool.put("came_back", false);
      }
    }
    // Tools that run side by side cannot have taken longer than there was time.
    extra.put("tool_ms", rounded(all ? Math.min(sum, gap) : gap));
    extra.put("tool_ms_from", all ? "agent" : "gap");
  }

  private static Metrics metrics(Turn turn) {
    CallUsage usage = turn.call().answer().usage();
    ObjectNode extra = Latency.of(turn.attempts());
    return usage == null
        ? new Metrics(null, null, null, extra)
        : new Metrics(
            Math.max(0, usage.input()),
            Math.max(0, usage.output()),
            Math.max(0, Math.min(usage.cached(), usage.input())),
            extra);
  }

  private static double rounded(double millis) {
    return Math.round(millis * 1e3) / 1e3;
  }

  private static @Nullable String word(@Nullable String text) {
    return text == null || text.isBlank() ? null : Texts.word(text);
  }
}
