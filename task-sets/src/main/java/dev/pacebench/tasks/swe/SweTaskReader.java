package dev.pacebench.tasks.swe;

import dev.pacebench.tasks.AgentPhase;
import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Environment;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Metadata;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Patch;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Repository;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TestLists;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.digest.SweDigester;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.harbor.Limits;
import dev.pacebench.tasks.harbor.MetadataReader;
import dev.pacebench.tasks.harbor.TaskFile;
import dev.pacebench.tasks.harbor.TextFiles;
import dev.pacebench.tasks.harbor.TomlTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads one task folder of our own format and reports all that is wrong with it. */
final class SweTaskReader {

  /** To be raised whenever digests are computed in another way. */
  private static final String RULES = "swe-1";

  /** What the repository is placed into unless the task says otherwise. */
  static final String WORKDIR = "/testbed";

  /** The image when the task has no Dockerfile. */
  static final String STARTER = "pacebench/starter";

  private static final Pattern SAFE_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!\\.)");
  private static final Pattern SAFE_FOLDER = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._-]*)+");
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration TESTS = Duration.ofMinutes(10);
  private static final long MB = 1L << 20;

  private final String set;
  private final Path directory;
  private final DigestMemory memory;
  private final List<Problem> problems = new ArrayList<>();

  SweTaskReader(String set, Path directory, DigestMemory memory) {
    this.set = set;
    this.directory = directory;
    this.memory = memory;
  }

  /** The task, absent when one of {@link #problems} is an error. */
  Optional<Task> read() {
    TaskTree tree = TaskTree.walk(directory, problems);
    new SweFolderCheck(tree, problems).run();
    Path file = directory.resolve(SweDigester.TASK_FILE);
    Optional<TaskFile> parsed =
        tree.hasFile(SweDigester.TASK_FILE)
            ? TextFiles.read(file, problems).flatMap(text -> TaskFile.parse(file, text, problems))
            : Optional.empty();
    Optional<String> issue =
        tree.hasFile("issue.md")
            ? TextFiles.read(directory.resolve("issue.md"), problems).map(TextFiles::withoutCanary)
            : Optional.empty();
    if (issue.isPresent() && issue.get().isBlank()) {
      problems.add(
          Problem.error(
              Show.path(directory.resolve("issue.md")),
              "is empty",
              "write what is wrong, as a user would"));
    }
    return parsed.flatMap(it -> task(it, tree, issue.orElse("")));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private Optional<Task> task(TaskFile file, TaskTree tree, String issue) {
    TomlTable top = file.table();
    SweKeys.expectOnly(top, SweKeys.TOP);
    requireFormat(top);
    TomlTable task = top.tableOrEmpty("task");
    SweKeys.expectOnly(task, SweKeys.TASK);
    TomlTable limits = top.tableOrEmpty("environment");
    SweKeys.expectOnly(limits, SweKeys.ENVIRONMENT);
    TomlTable agent = top.tableOrEmpty("agent");
    SweKeys.expectOnly(agent, SweKeys.AGENT);
    TomlTable verifier = top.tableOrEmpty("verifier");
    SweKeys.expectOnly(verifier, SweKeys.VERIFIER);

    String name = name(task);
    String workdir = workdir(task);
    Network network =
        limits.choice("network", List.of("none", "public")).orElse("none").equals("public")
            ? Network.PUBLIC
            : Network.NONE;
    Optional<Duration> agentLimit = Limits.seconds(agent, "timeout_sec");
    Duration verifierLimit = Limits.seconds(verifier, "timeout_sec").orElse(TESTS);
    Duration buildLimit = Limits.seconds(limits, "build_timeout_sec").orElse(BUILD);
    Resources resources = resources(limits);
    Optional<Repository> repository = repository(task, tree);
    Optional<Judge> judge = judge(verifier, tree);
    Optional<TestLists> tests = tests(top);
    Metadata metadata = MetadataReader.read(top.tableOrEmpty("metadata"), task);
    boolean wrong = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    if (wrong || repository.isEmpty() || judge.isEmpty()) {
      return Optional.empty();
    }
    Optional<Patch> reference =
        tree.hasFile(SweFolderCheck.REFERENCE)
            ? Optional.of(new Patch.InFile(directory.resolve(SweFolderCheck.REFERENCE)))
            : Optional.empty();
    return Optional.of(
        new Task(
            set,
            name,
            directory,
            SweKeys.FORMAT,
            issue,
            environment(tree, resources, network, workdir, buildLimit),
            new AgentPhase(agentLimit, Optional.empty(), network, List.of()),
            verifier(verifierLimit, network),
            Optional.empty(),
            List.of(),
            metadata,
            memory.digests(RULES, tree, () -> SweDigester.digest(tree, file.root())),
            problems,
            Steering.NONE,
            Optional.of(new CodeChange(workdir, repository.get(), judge.get(), tests, reference))));
  }

  private static void requireFormat(TomlTable top) {
    Optional<String> format = top.string("format");
    if (!top.has("format")) {
      top.error("", "has no format", "write format = \"" + SweKeys.FORMAT + "\" at the top");
    } else if (format.isPresent() && !format.get().equals(SweKeys.FORMAT)) {
      top.error(
          "format",
          "is \"" + Show.text(format.get()) + "\"",
          "write \"" + SweKeys.FORMAT + "\", the one format that is known");
    }
  }

  private String name(TomlTable task) {
    String folder = String.valueOf(directory.getFileName());
    String name = task.text("name").orElse(folder);
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (!SAFE_NAME.matcher(last).matches() || name.indexOf('/') != name.lastIndexOf('/')) {
      task.error(
          task.has("name") ? "name" : "",
          "the name \"" + Show.text(name) + "\" cannot name a task",
          "use letters, digits, dots, dashes and underscores");
    }
    return last;
  }

  private static String workdir(TomlTable task) {
    String workdir = task.text("workdir").orElse(WORKDIR);
    if (!SAFE_FOLDER.matcher(workdir).matches()) {
      task.error(
          "workdir",
          "is \"" + Show.text(workdir) + "\"",
          "write an absolute path below / with letters, digits, dots, dashes and underscores");
      return WORKDIR;
    }
    return workdir;
  }

  private static Resources resources(TomlTable table) {
    OptionalDouble cpus = table.number("cpus", Limits.LEAST_CPUS, Limits.MOST_CPUS);
    OptionalLong memory = table.whole("memory_mb", Limits.LEAST_MEMORY_MB, Limits.MOST_MEMORY_MB);
    return new Resources(
        cpus,
        memory.isPresent() ? OptionalLong.of(memory.getAsLong() * MB) : OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  private Optional<Repository> repository(TomlTable task, TaskTree tree) {
    Optional<String> base = task.text("base_commit");
    if (tree.hasFile("repo.bundle")) {
      if (base.isEmpty() || !base.get().matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
        task.error(
            "base_commit",
            base.isEmpty() ? "is absent, and repo.bundle needs it" : "is no full commit hash",
            "write the hash that `git rev-parse` prints for the commit before the fix");
        return Optional.empty();
      }
      return Optional.of(new Repository.Bundle(directory.resolve("repo.bundle"), base.get()));
    }
    if (base.isPresent()) {
      task.error(
          "base_commit",
          "is given, but repo/ is a plain folder",
          "remove it; it says where to start in a repo.bundle");
    }
    return tree.hasFolder("repo")
        ? Optional.of(new Repository.Folder(directory.resolve("repo")))
        : Optional.empty();
  }

  private Optional<Judge> judge(TomlTable verifier, TaskTree tree) {
    Optional<String> command = verifier.text("command");
    if (!verifier.has("command")) {
      verifier.error("command", "is absent", "write the command that runs the tests");
    }
    Optional<String> parser = verifier.choice("parser", TestParsers.NAMES);
    if (!verifier.has("parser")) {
      verifier.error("parser", "is absent", "write one of " + String.join(", ", TestParsers.NAMES));
    }
    List<String> before = verifier.strings("before");
    if (command.isEmpty() || parser.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Judge.Commands(
            before,
            command.get(),
            parser.get(),
            tree.hasFolder("tests") ? Optional.of(directory.resolve("tests")) : Optional.empty(),
            tree.hasFile("tests.patch")
                ? Optional.of(directory.resolve("tests.patch"))
                : Optional.empty()));
  }

  private static Optional<TestLists> tests(TomlTable top) {
    Optional<TomlTable> table = top.table("tests");
    if (table.isEmpty()) {
      return Optional.empty();
    }
    TomlTable tests = table.get();
    SweKeys.expectOnly(tests, SweKeys.TESTS);
    List<String> failToPass = tests.strings("fail_to_pass");
    List<String> passToPass = tests.strings("pass_to_pass");
    if (failToPass.isEmpty()) {
      tests.error(
          "fail_to_pass",
          "names no test",
          "name those that only the fix lets pass, or remove [tests] and let `tasks check --fix`"
              + " find them");
      return Optional.empty();
    }
    Optional<String> both = passToPass.stream().filter(failToPass::contains).findFirst();
    if (both.isPresent()) {
      tests.error(
          "pass_to_pass",
          "names \"" + Show.text(both.get()) + "\", as fail_to_pass does",
          "leave it in the list where it belongs");
      return Optional.empty();
    }
    return Optional.of(new TestLists(failToPass, passToPass));
  }

  private Environment environment(
      TaskTree tree, Resources resources, Network network, String workdir, Duration limit) {
    Path folder = directory.resolve("environment");
    boolean own = tree.hasFile("environment/Dockerfile");
    return new Environment(
        folder,
        own ? Optional.of(folder.resolve("Dockerfile")) : Optional.empty(),
        own ? Optional.empty() : Optional.of(STARTER),
        limit,
        resources,
        network,
        true,
        List.of(),
        Optional.of(workdir),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private Verifier verifier(Duration limit, Network network) {
    return new Verifier(
        directory.resolve("tests"),
        limit,
        Map.of(),
        Optional.empty(),
        Verifier.Mode.SEPARATE,
        Optional.empty(),
        network,
        List.of(),
        List.of());
  }
}
