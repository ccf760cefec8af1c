package dev.pacebench.runner.cli;

import dev.pacebench.runner.agent.Agents;
import dev.pacebench.runner.gateway.simulated.Scripts;
import dev.pacebench.runner.home.Home;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.Lineup;
import dev.pacebench.runner.lineup.LineupFile;
import dev.pacebench.runner.plan.PlanRules;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.sets.TaskSets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a run is made of, from arguments as people give them. */
final class Inputs {

  private Inputs() {}

  static Lineup lineup(Installation installation, String argument, Cli cli) {
    return LineupFile.read(installation.lineupFiles().resolve(argument), cli.catalog().known());
  }

  /** All sets; problems of all of them come together. */
  static List<TaskSet> taskSets(Installation installation, Home home, List<String> arguments) {
    TaskSets sets = installation.taskSets(home);
    List<TaskSet> read = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String argument : arguments) {
      try {
        read.add(sets.resolve(argument));
      } catch (TaskException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new TaskException(problems);
    }
    return read;
  }

  /** A lineup argument that is a path, made absolute, so that a resume finds it from elsewhere. */
  static String lastingLineup(Installation installation, String argument) {
    return installation.lineupFiles().names().contains(argument) ? argument : absolute(argument);
  }

  /** As {@link #lastingLineup}, of a task set. */
  static String lastingSet(Installation installation, Home home, String argument) {
    boolean named = installation.taskSets(home).isNamed(argument);
    return named ? argument : absolute(argument);
  }

  private static String absolute(String argument) {
    return Path.of(argument).toAbsolutePath().normalize().toString();
  }

  static PlanRules rules(Cli cli, int hostCpus) {
    Agents agents = cli.catalog().agents();
    return new PlanRules(
        (contender, task) -> agents.refusal(contender, task).or(() -> unscripted(contender, task)),
        hostCpus);
  }

  /**
   * Why a simulated model has nothing to play on a task.
   *
   * @throws dev.pacebench.runner.UserError when its scripts are wrong
   */
  private static Optional<String> unscripted(Contender contender, Task task) {
    if (!contender.simulated()) {
      return Optional.empty();
    }
    if (task.digests().simulated().isEmpty()) {
      return Optional.of("it has no scripts for simulated models in " + Scripts.FOLDER + "/");
    }
    Scripts.read(task);
    return Optional.empty();
  }
}
