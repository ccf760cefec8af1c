package dev.pacebench.tasks.harbor;

import dev.pacebench.tasks.AgentPhase;
import dev.pacebench.tasks.Artifact;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Solution;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Step;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.TaskDigester;
import dev.pacebench.tasks.files.TaskTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one task folder and reports all that is wrong with it. */
final class TaskReader {

  /** To be raised whenever digests are computed in another way. */
  private static final String RULES = "harbor-1";

  private final String set;
  private final Path directory;
  private final DigestMemory memory;
  private final List<Problem> problems = new ArrayList<>();

  TaskReader(String set, Path directory, DigestMemory memory) {
    this.set = set;
    this.directory = directory;
    this.memory = memory;
  }

  /** The task, absent when one of {@link #problems} is an error. */
  Optional<Task> read() {
    TaskTree tree = TaskTree.walk(directory, problems);
    new FolderCheck(tree, problems).run();
    Optional<String> instruction = instruction(tree);
    Optional<TaskFile> file =
        tree.hasFile("task.toml")
            ? TextFiles.read(directory.resolve("task.toml"), problems)
                .flatMap(text -> TaskFile.parse(directory.resolve("task.toml"), text, problems))
            : Optional.empty();
    return file.flatMap(it -> task(it, tree, instruction));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private Optional<Task> task(TaskFile file, TaskTree tree, Optional<String> instruction) {
    TomlTable top = file.table();
    top.expectOnly(KnownKeys.TOP);
    Schema schema = Schema.read(top);
    top.string("source");
    String name = TaskName.read(top, directory);
    Optional<Environment> environment =
        new EnvironmentReader(tree, schema)
            .read(top.tableOrEmpty("environment"), List.of("environment"));
    NetworkRule network = environment.map(EnvironmentReader::network).orElse(NetworkRule.ABSENT);
    AgentPhase agent = agent(top.tableOrEmpty("agent"), network);
    Verifier verifier =
        new VerifierReader(tree, schema).read(top.tableOrEmpty("verifier"), network);
    List<Artifact> artifacts = ArtifactReader.read(top, file);
    Optional<Solution> solution = solution(top.tableOrEmpty("solution"), tree);
    Steering steering = new SteeringReader(tree, schema, problems).read(top, file, verifier);
    TomlTable task = top.tableOrEmpty("task");
    task.expectOnly(KnownKeys.TASK);
    Metadata metadata = MetadataReader.read(top.tableOrEmpty("metadata"), task);
    boolean wrong = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    Optional<String> told = instruction.or(() -> firstOf(steering));
    if (wrong || environment.isEmpty() || told.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Task(
            set,
            name,
            directory,
            schema.text(),
            told.get(),
            environment.get(),
            agent,
            verifier,
            solution,
            artifacts,
            metadata,
            memory.digests(RULES, tree, () -> TaskDigester.digest(tree, file.root())),
            problems,
            steering));
  }

  private static Optional<String> firstOf(Steering steering) {
    return steering.steps().stream().map(Step::instruction).findFirst();
  }

  private Optional<String> instruction(TaskTree tree) {
    Path file = directory.resolve("instruction.md");
    if (!tree.hasFile("instruction.md")) {
      return Optional.empty();
    }
    Optional<String> text = TextFiles.read(file, problems).map(TextFiles::withoutCanary);
    if (text.isPresent() && text.get().isBlank()) {
      problems.add(FolderCheck.empty(file, "write what the agent is to do"));
    }
    return text;
  }

  private static AgentPhase agent(TomlTable table, NetworkRule inherited) {
    table.expectOnly(KnownKeys.AGENT);
    NetworkRule network = NetworkRule.read(table, inherited);
    return new AgentPhase(
        Limits.seconds(table, "timeout_sec"),
        Values.user(table),
        network.network(),
        network.allowedHosts());
  }

  private Optional<Solution> solution(TomlTable table, TaskTree tree) {
    table.expectOnly(KnownKeys.SOLUTION);
    Map<String, String> env = Values.env(table);
    if (!tree.hasFile("solution/solve.sh")) {
      return Optional.empty();
    }
    Path folder = directory.resolve("solution");
    return Optional.of(new Solution(folder, folder.resolve("solve.sh"), env));
  }
}
