package dev.pacebench.runner.trial;

import dev.pacebench.runner.verify.Rewards;
import dev.pacebench.runner.verify.Verdict;
import dev.pacebench.tasks.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one step.
 *
 * @param end of its agent phase, absent when there was none
 * @param verdict of its verification, absent when there was none
 * @param seconds of its agent phase
 * @param problem why the step could not begin; empty otherwise
 */
record StepResult(
    Step step,
    Optional<AgentPhase.End> end,
    Optional<Verdict> verdict,
    double seconds,
    String problem) {

  static StepResult notBegun(Step step, String problem) {
    return new StepResult(step, Optional.empty(), Optional.empty(), 0, problem);
  }

  /** The same, after which nothing more can be run: the agent goes on, though told to stop. */
  StepResult stuck() {
    return new StepResult(step, end, verdict, seconds, "its agent did not stop");
  }

  /** What its verifier wrote. */
  Optional<Rewards> rewards() {
    return verdict.flatMap(Verdict::rewards);
  }

  boolean solved() {
    return verdict.map(Verdict::solved).orElse(false);
  }

  /** Why no further step is run; empty when one is. */
  String stops() {
    if (!problem.isEmpty()) {
      return problem;
    }
    if (rewards().isEmpty()) {
      return "its verifier gave no reward";
    }
    Map<String, Double> values = rewards().get().values();
    for (Map.Entry<String, Double> least : step.minReward().entrySet()) {
      Double value = values.get(least.getKey());
      if (value == null || value < least.getValue()) {
        return "its reward " + least.getKey() + " is below " + least.getValue();
      }
    }
    return "";
  }

  /** As {@code result.json} has it: the names of Harbor's step results, and ours. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("step_name", step.name());
    facts.put("verifier_result", rewards().map(it -> Map.of("rewards", it.values())).orElse(null));
    facts.put("solved", solved());
    facts.put("ended", end.map(it -> it.ended().word()).orElse(null));
    facts.put("agent_seconds", seconds);
    String note = problem.isEmpty() ? end.map(AgentPhase.End::note).orElse("") : problem;
    if (!note.isEmpty()) {
      facts.put("note", note);
    }
    verdict
        .filter(it -> it.rewards().isEmpty())
        .ifPresent(it -> facts.put("verifier_problem", it.problem()));
    return facts;
  }
}
