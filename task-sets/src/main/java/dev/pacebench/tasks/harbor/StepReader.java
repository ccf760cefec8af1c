package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.Healthcheck;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Solution;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads one of {@code [[steps]]} with its folder. */
final class StepReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String DECISIVE = "reward";

  private final TaskTree tree;
  private final Schema schema;
  private final TaskFile file;
  private final Verifier verifier;
  private final List<Problem> problems;

  /**
   * @param verifier that of the task, which holds where a step says nothing
   */
  StepReader(
      TaskTree tree, Schema schema, TaskFile file, Verifier verifier, List<Problem> problems) {
    this.tree = tree;
    this.schema = schema;
    this.file = file;
    this.verifier = verifier;
    this.problems = problems;
  }

  /** The step's name, which is that of its folder and never leads out of {@code steps/}. */
  Optional<String> name(TomlTable table) {
    if (!table.has("name")) {
      table.error("name", "is absent", "name the step's folder below steps/");
    }
    Optional<String> name = table.text("name");
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      table.error(
          "name",
          "is \"" + Show.text(name.get()) + "\"",
          "write a folder's name of letters, digits, dots, dashes and underscores");
      return Optional.empty();
    }
    if (name.isPresent() && !tree.hasFolder("steps/" + name.get())) {
      table.error(
          "name",
          "is \"" + name.get() + "\", and there is no folder steps/" + name.get(),
          "add the folder with the step's instruction.md, or correct the name");
      return Optional.empty();
    }
    return name;
  }

  Optional<Step> read(TomlTable table, String name) {
    table.expectOnly(KnownKeys.STEP);
    String folder = "steps/" + name;
    Optional<String> instruction = instruction(folder);
    TomlTable agent = table.tableOrEmpty("agent");
    agent.expectOnly(KnownKeys.AGENT);
    for (String key : List.of("user", "network_mode", "allowed_hosts")) {
      if (agent.has(key)) {
        agent.error(
            key, "is said for one step, which cannot be run yet", "say it in [agent], for all");
      }
    }
    Optional<Duration> timeout = Limits.seconds(agent, "timeout_sec");
    Verifier own =
        new VerifierReader(tree, schema)
            .read(table.tableOrEmpty("verifier"), verifier, tests(folder));
    Optional<Healthcheck> healthcheck =
        table.table("healthcheck").flatMap(EnvironmentReader::healthcheck);
    Path workdir = tree.root().resolve(folder).resolve("workdir");
    return instruction.map(
        text ->
            new Step(
                name,
                text,
                tree.hasFolder(folder + "/workdir") ? Optional.of(workdir) : Optional.empty(),
                healthcheck,
                timeout,
                own,
                solution(folder),
                ArtifactReader.read(table, file),
                minReward(table)));
  }

  private Optional<String> instruction(String folder) {
    Path file = tree.root().resolve(folder).resolve("instruction.md");
    if (!tree.hasFile(folder + "/instruction.md")) {
      problems.add(
          Problem.error(
              Show.path(file), "is absent", "write what the agent is to do in this step"));
      return Optional.empty();
    }
    Optional<String> text = TextFiles.read(file, problems).map(TextFiles::withoutCanary);
    if (text.isPresent() && text.get().isBlank()) {
      problems.add(FolderCheck.empty(file, "write what the agent is to do in this step"));
      return Optional.empty();
    }
    return text;
  }

  private Path tests(String folder) {
    boolean own = tree.hasFile(folder + "/tests/test.sh");
    if (own) {
      new FolderCheck(tree, problems).script(folder + "/tests/test.sh", true);
    } else if (!tree.hasFile("tests/test.sh")) {
      problems.add(
          Problem.error(
              Show.path(tree.root().resolve(folder).resolve("tests/test.sh")),
              "is absent",
              "add the script that writes the step's reward, or a tests/test.sh for all steps"));
    }
    Path tests = tree.root().resolve(folder).resolve("tests");
    return tree.hasFolder(folder + "/tests") ? tests : tree.root().resolve("tests");
  }

  private Optional<Solution> solution(String folder) {
    Path at = tree.root().resolve(folder).resolve("solution");
    return tree.hasFile(folder + "/solution/solve.sh")
        ? Optional.of(new Solution(at, at.resolve("solve.sh"), Values.env(solutionTable())))
        : Optional.empty();
  }

  private TomlTable solutionTable() {
    return file.table().tableOrEmpty("solution");
  }

  /** A number stands for the reward that decides. */
  private static Map<String, Double> minReward(TomlTable table) {
    JsonNode value = table.raw("min_reward");
    if (value == null) {
      return Map.of();
    }
    Map<String, Double> least = new TreeMap<>();
    if (value.isObject()) {
      TomlTable inner = table.tableOrEmpty("min_reward");
      for (String key : inner.keys()) {
        bound(inner, key).ifPresent(number -> least.put(key, number));
      }
    } else {
      bound(table, "min_reward").ifPresent(number -> least.put(DECISIVE, number));
    }
    return least;
  }

  private static OptionalDouble bound(TomlTable table, String key) {
    return table.number(key, -1e9, 1e9);
  }
}
