package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.AgentPhase;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.NearestName;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Services;
import dev.pacebench.tasks.Solution;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.compose.ComposeFile;
import dev.pacebench.tasks.compose.ComposeProject;
import dev.pacebench.tasks.compose.ComposeService;
import dev.pacebench.tasks.compose.ServiceSet;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.TerminalBenchDigester;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.harbor.TextFiles;
import dev.pacebench.tasks.yaml.YamlFile;
import dev.pacebench.tasks.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one task folder of Terminal-Bench 1 and reports all that is wrong with it. */
final class TerminalBenchReader {

  static final String TESTS_SCRIPT = "run-tests.sh";

  /** To be raised whenever digests are computed in another way. */
  private static final String RULES = "terminal-bench-1-1";

  private static final String FORMAT = "terminal-bench/1";
  private static final String TESTS = "/tests";
  private static final long AGENT_SECONDS = 360;
  private static final long TEST_SECONDS = 60;

  /** The harness has no limit of its own. */
  private static final Duration BUILD = Duration.ofMinutes(30);

  private static final Pattern SAFE_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!\\.)");
  private static final Pattern IMAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,254}(@sha256:[0-9a-f]{64})?");

  private final String set;
  private final Path directory;
  private final DigestMemory memory;
  private final List<Problem> problems = new ArrayList<>();

  TerminalBenchReader(String set, Path directory, DigestMemory memory) {
    this.set = set;
    this.directory = directory;
    this.memory = memory;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The task, absent when one of {@link #problems} is an error. */
  Optional<Task> read() {
    TaskTree tree = TaskTree.walk(directory, problems);
    String name = String.valueOf(directory.getFileName());
    if (!SAFE_NAME.matcher(name).matches()) {
      problems.add(
          Problem.error(
              Show.path(directory),
              "the name \"" + Show.text(name) + "\" cannot name a task",
              "use letters, digits, dots, dashes and underscores"));
    }
    script(tree);
    Path file = directory.resolve(TerminalBenchDigester.TASK_FILE);
    Optional<YamlNode> root =
        required(tree, TerminalBenchDigester.TASK_FILE)
            ? TextFiles.read(file, problems).flatMap(text -> YamlFile.parse(file, text, problems))
            : Optional.empty();
    if (root.isPresent() && !(root.get() instanceof YamlNode.Mapping)) {
      problems.add(
          Problem.error(
              Show.path(file) + ":" + root.get().line(),
              "is " + root.get().kind(),
              "write a mapping, with instruction and the rest as its keys"));
    }
    return root.flatMap(
        it ->
            it instanceof YamlNode.Mapping fields
                ? task(name, tree, new TaskYaml(file, fields, problems))
                : Optional.empty());
  }

  private Optional<Task> task(String name, TaskTree tree, TaskYaml yaml) {
    yaml.warnAboutMistypedKeys();
    String instruction = instruction(yaml);
    String parser = parser(yaml);
    Duration agentLimit = yaml.seconds("max_agent_timeout_sec", AGENT_SECONDS);
    Duration testLimit = yaml.seconds("max_test_timeout_sec", TEST_SECONDS);
    if (yaml.on("run_tests_in_same_shell")) {
      yaml.unsupported(
          "run_tests_in_same_shell",
          "asks for tests in the agent's own shell, and agents here have none that lasts",
          "let the task be judged by files and processes");
    }
    Metadata metadata = metadata(yaml);
    Optional<Path> compose = composeFile(tree);
    ComposeProject project = project(compose);
    ComposeService service = project.main();
    Optional<Environment> environment = environment(tree, compose, project);
    Optional<Solution> solution = new SolutionReader(directory, problems).read(tree);
    boolean wrong = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    if (wrong || environment.isEmpty()) {
      return Optional.empty();
    }
    Network network = environment.get().network();
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("instruction", instruction);
    fields.put("parser_name", parser);
    fields.put("max_agent_timeout_sec", String.valueOf(agentLimit.toNanos()));
    fields.put("max_test_timeout_sec", String.valueOf(testLimit.toNanos()));
    Verifier verifier =
        new Verifier(
            directory.resolve("tests"),
            testLimit,
            Map.of("TEST_DIR", TESTS),
            Optional.of("root"),
            Verifier.Mode.SHARED,
            Optional.empty(),
            network,
            List.of(),
            List.of(),
            Optional.of(new Verifier.Printed(directory.resolve(TESTS_SCRIPT), parser)));
    return Optional.of(
        new Task(
            set,
            name,
            directory,
            FORMAT,
            instruction,
            environment.get(),
            new AgentPhase(Optional.of(agentLimit), service.user(), network, List.of()),
            verifier,
            solution,
            List.of(),
            metadata,
            memory.digests(RULES, tree, () -> TerminalBenchDigester.digest(tree, fields)),
            problems,
            Steering.NONE));
  }

  private static String instruction(TaskYaml yaml) {
    String text = TextFiles.withoutCanary(yaml.text("instruction").orElse(""));
    if (text.isBlank() && yaml.has("descriptions")) {
      yaml.error(
          "descriptions",
          "is the early layout, with several wordings of one task",
          "write the one that agents are to get under instruction");
    } else if (text.isBlank()) {
      yaml.error(
          "instruction",
          yaml.has("instruction") ? "is empty" : "is absent",
          "write what the agent is to do");
    }
    return text;
  }

  private static String parser(TaskYaml yaml) {
    String parser = yaml.text("parser_name").orElse("pytest");
    if (PrintedResults.UNREAD.contains(parser)) {
      yaml.unsupported(
          "parser_name",
          "is " + parser + ", which belongs to a benchmark of its own and is not read",
          "let run-tests.sh print what pytest -rA does");
    } else if (!PrintedResults.PARSERS.contains(parser)) {
      List<String> near = NearestName.of(parser, PrintedResults.PARSERS);
      yaml.error(
          "parser_name",
          "is \"" + Show.text(parser) + "\"",
          near.isEmpty()
              ? "write " + String.join(" or ", PrintedResults.PARSERS)
              : "did you mean " + near.get(0) + "?");
    }
    return parser;
  }

  private static Metadata metadata(TaskYaml yaml) {
    Optional<String> difficulty = yaml.text("difficulty");
    if (difficulty.isPresent()
        && !List.of("easy", "medium", "hard", "unknown").contains(difficulty.get())) {
      yaml.warning(
          "difficulty",
          "is \"" + Show.text(difficulty.get()) + "\"",
          "use easy, medium, hard or unknown");
    }
    return new Metadata(
        difficulty.filter(it -> !it.equals("unknown")),
        yaml.text("category").or(() -> Optional.of("software_engineering")),
        yaml.texts("tags"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        yaml.text("author_name")
            .filter(it -> !it.equals("unknown"))
            .map(List::of)
            .orElse(List.of()));
  }

  private Optional<Path> composeFile(TaskTree tree) {
    return List.of("docker-compose.yaml", "docker-compose.yml").stream()
        .filter(tree::hasFile)
        .findFirst()
        .map(directory::resolve);
  }

  private ComposeProject project(Optional<Path> file) {
    if (file.isEmpty()) {
      problems.add(
          Problem.warning(
              Show.path(directory.resolve("docker-compose.yaml")),
              "is absent, so the Dockerfile is taken as it is",
              "add it if other tools shall run the task"));
      return ComposeProject.NONE;
    }
    return TextFiles.read(file.get(), problems)
        .flatMap(
            text ->
                ComposeFile.read(
                    file.get(),
                    text,
                    "client",
                    ComposeFile.Base.NONE,
                    Harness.variables(String.valueOf(directory.getFileName())),
                    problems))
        .orElse(ComposeProject.NONE);
  }

  private Optional<Environment> environment(
      TaskTree tree, Optional<Path> compose, ComposeProject project) {
    ComposeService service = project.main();
    boolean named = service.build().isEmpty() && service.image().isPresent();
    if (named && !IMAGE.matcher(service.image().get()).matches()) {
      problems.add(
          Problem.error(
              Show.path(directory.resolve("docker-compose.yaml")) + ": services.client.image",
              "is \"" + Show.text(service.image().get()) + "\", which is no image name",
              "write it as name:tag or name@sha256:digest"));
    }
    ComposeService.Build build =
        service.build().orElse(new ComposeService.Build(".", "Dockerfile"));
    Path context = directory.resolve(build.context()).normalize();
    Path dockerfile = context.resolve(build.dockerfile()).normalize();
    String path = directory.relativize(dockerfile).toString();
    if (!named && !tree.hasFile(path)) {
      problems.add(Problem.error(Show.path(dockerfile), "is absent", "add it"));
    }
    Path within = directory.relativize(context);
    if (Harness.HIDDEN.stream().anyMatch(within::startsWith)) {
      problems.add(
          Problem.error(
              Show.path(context),
              "is the build's folder, and holds what judges or solves the task",
              "build another folder"));
    }
    List<String> hidden = context.equals(directory) ? Harness.HIDDEN : List.of();
    Services services =
        compose
            .map(file -> new ServiceSet(project, tree, file, Harness.HIDDEN, problems))
            .map(it -> it.read(named ? Optional.empty() : Optional.of(dockerfile), service.image()))
            .orElse(Services.NONE);
    return Optional.of(
        new Environment(
            context,
            named ? Optional.empty() : Optional.of(dockerfile),
            named ? service.image() : Optional.empty(),
            BUILD,
            new Resources(
                service.cpus(), service.memoryBytes(), OptionalLong.empty(), OptionalInt.empty()),
            service.noNetwork() ? Network.NONE : Network.PUBLIC,
            service.noNetwork(),
            List.of(),
            service.workdir(),
            service.env(),
            Optional.empty(),
            compose,
            hidden,
            services));
  }

  private void script(TaskTree tree) {
    if (!required(tree, TESTS_SCRIPT)) {
      return;
    }
    Path file = directory.resolve(TESTS_SCRIPT);
    String text = TextFiles.read(file, problems).orElse("#");
    if (text.isBlank()) {
      problems.add(Problem.error(Show.path(file), "is empty", "write how the tests are run"));
    } else if (text.contains("\r\n")) {
      problems.add(
          Problem.warning(Show.path(file), "has Windows line ends", "save it with Unix line ends"));
    }
  }

  private boolean required(TaskTree tree, String name) {
    boolean there = tree.hasFile(name);
    if (!there) {
      problems.add(Problem.error(Show.path(directory.resolve(name)), "is absent", "add it"));
    }
    return there;
  }
}
