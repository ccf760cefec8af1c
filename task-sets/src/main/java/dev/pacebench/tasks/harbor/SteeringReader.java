package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Interruption;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Steering.RewardStrategy;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.files.TaskTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what comes after the first instruction: {@code [[steps]]} and interruptions. */
final class SteeringReader {

  static final int MOST_STEPS = 64;

  private final TaskTree tree;
  private final Schema schema;
  private final List<Problem> problems;

  SteeringReader(TaskTree tree, Schema schema, List<Problem> problems) {
    this.tree = tree;
    this.schema = schema;
    this.problems = problems;
  }

  Steering read(TomlTable top, TaskFile file, Verifier verifier) {
    Optional<String> strategy = top.choice("multi_step_reward_strategy", List.of("mean", "final"));
    List<TomlTable> tables = top.tables("steps");
    if (tree.hasFolder("steps") && tables.isEmpty() && !top.has("steps")) {
      top.error(
          "steps",
          "is absent, and there is a folder steps/",
          "add [[steps]] with the name of each step's folder, or remove the folder");
    }
    if (strategy.isPresent() && tables.isEmpty()) {
      top.warning("multi_step_reward_strategy", "has no effect without [[steps]]", "remove it");
    }
    List<Interruption> interruptions =
        new InterruptionReader(tree, problems).read(top.tableOrEmpty("pacebench"));
    if (!interruptions.isEmpty() && !tables.isEmpty()) {
      top.error(
          "pacebench.interruptions",
          "interrupt a task of several steps, which cannot be run",
          "use one of the two: steps, or interruptions");
    }
    return new Steering(
        steps(top, tables, file, verifier),
        strategy.filter("final"::equals).isPresent() ? RewardStrategy.FINAL : RewardStrategy.MEAN,
        interruptions);
  }

  private List<Step> steps(
      TomlTable top, List<TomlTable> tables, TaskFile file, Verifier verifier) {
    if (tables.size() > MOST_STEPS) {
      top.error("steps", "are " + tables.size(), "write at most " + MOST_STEPS);
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    StepReader reader = new StepReader(tree, schema, file, verifier, problems);
    for (TomlTable table : tables) {
      Optional<String> name = reader.name(table);
      if (name.isPresent() && !names.add(name.get().toLowerCase(Locale.ROOT))) {
        table.error(
            "name",
            "is \"" + name.get() + "\", like that of an earlier step",
            "give each step a folder of its own; upper and lower case do not tell them apart");
      } else {
        name.flatMap(it -> reader.read(table, it)).ifPresent(steps::add);
      }
    }
    return steps;
  }
}
