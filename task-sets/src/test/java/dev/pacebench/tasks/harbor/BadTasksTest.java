package dev.pacebench.tasks.harbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.testing.TaskFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake an author can make is refused with the place, the fact and the remedy. */
class BadTasksTest {

  /** A mistake and the three parts that its message must have. */
  private static final String MUST = "--> ";

  private static final String UNSUPPORTED = "--> unsupported ";

  record Bad(String name, Consumer<TaskFolder> mistake, String where, String what, String remedy) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({"folders", "composeFiles", "nesting", "taskFiles", "links"})
  void refusesTheTask(Bad bad, @TempDir Path set) {
    TaskFolder task = TaskFolder.make(set.resolve("hello"));
    bad.mistake().accept(task);

    TaskException refusal =
        catchThrowableOfType(
            TaskException.class, () -> new HarborFormat().read("starter", set.resolve("hello")));

    assertThat(refusal).isNotNull();
    assertThat(refusal.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.where()).endsWith("hello" + bad.where());
              assertThat(problem.what()).contains(bad.what());
              assertThat(problem.remedy()).contains(bad.remedy());
            })
        .allMatch(problem -> problem.severity() == Problem.Severity.ERROR)
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("unsupportedFiles")
  void leavesTheSetUsable(Bad bad, @TempDir Path set) {
    TaskFolder.make(set.resolve("sound"));
    bad.mistake().accept(TaskFolder.make(set.resolve("hello")));

    List<Task> tasks = new HarborFormat().read("starter", set).tasks();

    assertThat(tasks).extracting(Task::name).containsExactly("hello", "sound");
    assertThat(tasks.get(1).unsupported()).isEmpty();
    assertThat(tasks.get(0).unsupported())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).endsWith("hello" + bad.where());
              assertThat(problem.what()).contains(bad.what());
              assertThat(problem.remedy()).contains(bad.remedy());
            });
  }

  @Test
  void aTaskForWindowsLeavesItsSetUsable(@TempDir Path set) {
    TaskFolder.make(set.resolve("sound"));
    TaskFolder.make(set.resolve("hello"))
        .toml("[environment]\nos = \"windows\"\nnetwork_mode = \"no-network\"\n")
        .delete("tests/test.sh")
        .file("tests/test.bat", "echo 1\n");

    List<Task> tasks = new HarborFormat().read("starter", set).tasks();

    assertThat(tasks).hasSize(2);
    assertThat(tasks.get(0).unsupported())
        .extracting(Problem::what)
        .containsExactly("is a script for Windows", "is windows");
  }

  private static TaskFolder steps(TaskFolder task, String... names) {
    for (String name : names) {
      task.file("steps/" + name + "/instruction.md", "Go on.\n");
    }
    return task.toml(stepsToml(names));
  }

  private static String stepsToml(String... names) {
    StringBuilder toml = new StringBuilder("[environment]\nnetwork_mode = \"no-network\"\n");
    for (String name : names) {
      toml.append("[[steps]]\nname = \"").append(name).append("\"\n");
    }
    return toml.toString();
  }

  static Stream<Bad> folders() {
    return Stream.of(
        bad("no task file", t -> t.delete("task.toml"), "/task.toml", "absent", "add it"),
        bad("no instruction", t -> t.delete("instruction.md"), "/instruction.md", "absent", "add"),
        bad(
            "empty instruction",
            t -> t.file("instruction.md", " \n"),
            "/instruction.md",
            "empty",
            "write what"),
        bad(
            "nothing but a canary",
            t -> t.file("instruction.md", "<!-- canary 1 -->\n"),
            "/instruction.md",
            "empty",
            "write what"),
        bad(
            "instruction in Latin-1",
            t -> t.bytes("instruction.md", new byte[] {'a', (byte) 0xe9}),
            "/instruction.md",
            "not UTF-8",
            "save it as UTF-8"),
        bad(
            "instruction with NUL",
            t -> t.file("instruction.md", "a\0b"),
            "/instruction.md",
            "NUL",
            "remove it"),
        bad(
            "huge instruction",
            t -> t.file("instruction.md", "a".repeat(1_100_000)),
            "/instruction.md",
            "1100000 bytes",
            "keep it below"),
        bad(
            "instruction is a folder",
            t -> t.delete("instruction.md").folder("instruction.md"),
            "/instruction.md",
            "not a plain file",
            "put the file"),
        bad("no tests", t -> t.delete("tests"), "/tests/test.sh", "absent", "add the script"),
        bad(
            "no test script",
            t -> t.delete("tests/test.sh").file("tests/test.py", ""),
            "/tests/test.sh",
            "absent",
            "add the script"),
        bad(
            "empty test script",
            t -> t.file("tests/test.sh", ""),
            "/tests/test.sh",
            "empty",
            "write the script"),
        bad(
            "empty solution script",
            t -> t.file("solution/solve.sh", ""),
            "/solution/solve.sh",
            "empty",
            "write the script"),
        bad(
            "tests is a file",
            t -> t.delete("solution").file("solution", "x"),
            "/solution",
            "not a plain folder",
            "put the folder"),
        bad("no environment", t -> t.delete("environment"), "/environment", "absent", "Dockerfile"),
        bad(
            "environment without anything",
            t -> t.delete("environment/Dockerfile"),
            "/task.toml:6: environment.docker_image",
            "no Dockerfile",
            "docker_image"),
        bad(
            "several steps as folders",
            t -> t.folder("steps/one"),
            "/task.toml: steps",
            "there is a folder steps/",
            "add [[steps]]"),
        bad(
            "step without an instruction",
            t -> steps(t, "one").delete("steps/one/instruction.md"),
            "/steps/one/instruction.md",
            "absent",
            "write what"),
        bad(
            "step with an empty instruction",
            t -> steps(t, "one").file("steps/one/instruction.md", " "),
            "/steps/one/instruction.md",
            "empty",
            "write what"),
        bad(
            "step without tests",
            t -> steps(t, "one").delete("tests"),
            "/steps/one/tests/test.sh",
            "absent",
            "for all steps"),
        bad(
            "two steps of one name",
            t -> steps(t, "one", "One"),
            "/task.toml:6: steps[1].name",
            "like that of an earlier step",
            "folder of its own"),
        bad(
            "step with a network of its own",
            t ->
                steps(t, "one")
                    .toml(stepsToml("one") + "[steps.agent]\nnetwork_mode = \"public\"\n"),
            "/task.toml:6: steps[0].agent.network_mode",
            "for one step",
            "in [agent]"),
        bad(
            "interrupted steps",
            t ->
                steps(t, "one")
                    .toml(
                        stepsToml("one")
                            + "[[pacebench.interruptions]]\nat_turn = 1\ninstruction = \"x\"\n"),
            "/task.toml:5: pacebench.interruptions",
            "several steps",
            "one of the two"),
        bad(
            "huge task file",
            t -> t.toml("# " + "a".repeat(1_100_000)),
            "/task.toml",
            "1100002 bytes",
            "keep it below"),
        bad(
            "task file in Latin-1",
            t -> t.bytes("task.toml", "x=\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1)),
            "/task.toml",
            "not UTF-8",
            "save it as UTF-8"),
        bad("pipe", t -> t.pipe("environment/pipe"), "/environment/pipe", "pipe", "remove it"),
        bad(
            "line break in a file name",
            t -> t.file("tests/a\nb", ""),
            "/tests/a\\x0ab",
            "control characters",
            "rename it"));
  }

  static Stream<Bad> composeFiles() {
    String file = "environment/docker-compose.yaml";
    return Stream.of(
        bad(
            "compose without services",
            t -> t.file(file, "main: {}"),
            "/" + file,
            "has no services",
            "describe"),
        bad(
            "compose with a bomb of aliases",
            t -> t.file(file, "a: &a [x, x]\nservices: {main: {command: *a}}"),
            "/" + file + ":2",
            "an alias *a",
            "write the value out"),
        bad(
            "compose with a Dockerfile that is not there",
            t ->
                t.delete("environment/Dockerfile")
                    .file(file, "services: {main: {build: {context: ., dockerfile: X}}}"),
            "/task.toml:6: environment.docker_image",
            "has no X",
            "add environment/X"),
        bad(
            "compose that is no YAML",
            t -> t.file(file, "a: [\n"),
            "/" + file + ":2",
            "is not YAML",
            "mend"));
  }

  static Stream<Bad> nesting() {
    return Stream.of(
        bad(
            "deep brackets",
            t -> t.toml("a = " + "[".repeat(5000) + "]".repeat(5000)),
            "/task.toml",
            "nests values deeper",
            "flatten"),
        bad(
            "deep dotted key",
            t -> t.toml("[metadata]\n" + "a.".repeat(2000) + "b = 1\n"),
            "/task.toml",
            "nests values deeper",
            "flatten"));
  }

  /** Task files, each followed by the place, the fact and the remedy that its message must have. */
  static Stream<Bad> taskFiles() throws IOException {
    return files(false);
  }

  static Stream<Bad> unsupportedFiles() throws IOException {
    return files(true);
  }

  private static Stream<Bad> files(boolean unsupported) throws IOException {
    try (InputStream in = BadTasksTest.class.getResourceAsStream("bad-task-files.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(all.substring(2).split("\n\n# "))
          .filter(text -> text.contains(UNSUPPORTED) == unsupported)
          .map(text -> taskFile(text.replace(UNSUPPORTED, MUST)));
    }
  }

  private static Bad taskFile(String text) {
    String name = text.substring(0, text.indexOf('\n'));
    int end = text.lastIndexOf(MUST);
    String toml = text.substring(name.length() + 1, end);
    String[] expected = text.substring(end + MUST.length()).strip().split(" \\| ");
    return bad(name, task -> task.toml(toml), "/task.toml" + expected[0], expected[1], expected[2]);
  }

  static Stream<Bad> links() {
    return Stream.of(
        bad(
            "link to the host",
            t -> t.link("environment/passwd", "/etc/passwd"),
            "/environment/passwd",
            "leads out",
            "copy the file"),
        bad(
            "link that climbs out",
            t -> t.link("tests/up", "../../other"),
            "/tests/up",
            "leads out",
            "copy the file"),
        bad(
            "link that climbs out through a link",
            t ->
                t.folder("tests/a/b/c")
                    .folder("tests/d")
                    .link("tests/a/b/c/in", "../../../d")
                    .link("tests/a/b/c/out", "in/../../../x"),
            "/tests/a/b/c/out",
            "leads out",
            "copy the file"),
        bad(
            "link to itself",
            t -> t.link("tests/self", "self"),
            "/tests/self",
            "in a circle",
            "point it"));
  }

  private static Bad bad(
      String name, Consumer<TaskFolder> mistake, String where, String what, String remedy) {
    return new Bad(name, mistake, where, what, remedy);
  }
}
