package dev.pacebench.tasks.digest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.harbor.HarborFormat;
import dev.pacebench.tasks.testing.TaskFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes a task's digests, and what must not. */
class TaskDigesterTest {

  private static final String TOML =
      """
      schema_version = "1.4"
      artifacts = ["/app/out"]

      [task]
      name = "acme/golden"
      description = "left out"

      [metadata]
      difficulty = "easy"

      [agent]
      timeout_sec = 90.5

      [environment]
      cpus = 2
      workdir = "/app"
      network_mode = "no-network"
      env = { B = "2", A = "1" }
      """;

  @TempDir private Path temp;

  /**
   * The expected values come from an independent Python program: the digests by the definition in
   * {@link TaskDigester}, Harbor's checksum by the package {@code dirhash} 0.5.0.
   */
  @Test
  void knownTaskHasKnownDigests() {
    TaskSet set = new HarborFormat().read("set", golden(temp.resolve("golden")).path());

    TaskDigests digests = set.tasks().get(0).digests();
    assertThat(digests.task())
        .isEqualTo("4ee9ed615bba34c26f381f43261d6c6e1bffdcba13001587a3645f1b90164053");
    assertThat(digests.solution())
        .contains("047a07efb3f7e44b199f86ddde7a2307c38175b1d4c9ceea1e52b3ac3efa07e3");
    assertThat(digests.simulated())
        .contains("a1779d6297b81fc7d27255caf91e32560ced113d2824d0b69407417b50832afb");
    assertThat(digests.harbor())
        .isEqualTo("b40e0cbab5e480dc58470b5c1c91c180a644dc66da8acc773ce8c5f496de4605");
    assertThat(set.digest())
        .isEqualTo("d7aa720f3f6e98848849d6b154b6b176f82b9263aa3f21a30d0db571017912cd");
  }

  static Stream<Arguments> changesThatMatter() {
    return Stream.of(
        change(
            "one byte of the instruction",
            t -> t.file("instruction.md", "Write 43 to /app/out.\n")),
        change(
            "one byte of the tests",
            t -> t.script("tests/test.sh", "#!/bin/sh\necho 0 > /logs/verifier/reward.txt\n")),
        change("the right to execute", t -> t.mode("tests/test.sh", "rw-r--r--")),
        change(
            "a renamed file",
            t ->
                t.delete("environment/data.txt")
                    .file("environment/date.txt", "sorted before data/\n")),
        change(
            "a moved file",
            t ->
                t.delete("environment/data.txt")
                    .file("environment/data/data.txt", "sorted before data/\n")),
        change(
            "where a link leads",
            t -> t.delete("environment/link").link("environment/link", "data.txt")),
        change(
            "a file in place of a link",
            t -> t.delete("environment/link").file("environment/link", "data/a.txt")),
        change("an empty folder more", t -> t.folder("environment/more")),
        change("an empty folder less", t -> t.delete("environment/empty")),
        change(
            "a byte between two files",
            t ->
                t.file("environment/data/a.txt", "alpha")
                    .file("environment/data.txt", "\nsorted before data/\n")),
        change("a limit", t -> t.toml(TOML.replace("90.5", "90.6"))),
        change("a variable", t -> t.toml(TOML.replace("A = \"1\"", "A = \"3\""))),
        change("an unknown key", t -> t.toml(TOML.replace("[agent]", "[agent]\nunknown = 1"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesThatMatter")
  void taskDigestChangesWith(String name, Consumer<TaskFolder> change) {
    TaskDigests before = digests("before", task -> {});

    assertThat(digests("after", change).task()).isNotEqualTo(before.task());
  }

  static Stream<Arguments> changesThatDoNot() {
    return Stream.of(
        change("metadata", t -> t.toml(TOML.replace("easy", "hard"))),
        change("no metadata", t -> t.toml(TOML.replace("[metadata]\ndifficulty = \"easy\"\n", ""))),
        change(
            "description, authors and keywords",
            t ->
                t.toml(
                    TOML.replace(
                        "description = \"left out\"",
                        "keywords = [\"a\"]\nauthors = [{name = \"b\"}]"))),
        change(
            "comments and layout",
            t -> t.toml(TOML.replace("[agent]\n", "# a comment\n  [ agent ]  # more\n\n"))),
        change(
            "the order of tables",
            t ->
                t.toml(
                    TOML.replace("[agent]\ntimeout_sec = 90.5\n", "")
                        + "[agent]\ntimeout_sec = 90.5\n")),
        change(
            "the order of keys",
            t -> t.toml(TOML.replace("{ B = \"2\", A = \"1\" }", "{ A = \"1\", B = \"2\" }"))),
        change(
            "a table instead of an inline one",
            t ->
                t.toml(
                    TOML.replace(
                        "env = { B = \"2\", A = \"1\" }",
                        "[environment.env]\nA = \"1\"\nB = '2'"))),
        change(
            "the spelling of numbers",
            t -> t.toml(TOML.replace("90.5", "9.05e1").replace("cpus = 2", "cpus = 2.0"))),
        change("the solution", t -> t.script("solution/solve.sh", "#!/bin/sh\nexit 0\n")),
        change("the scripts for simulated tiers", t -> t.file("simulated/play.json", "[]\n")),
        change("other files", t -> t.file("README.md", "about\n")),
        change("rights that are not the owner's", t -> t.mode("instruction.md", "rw-rw-rw-")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesThatDoNot")
  void taskDigestStaysWith(String name, Consumer<TaskFolder> change) {
    TaskDigests before = digests("before", task -> {});

    assertThat(digests("after", change).task()).isEqualTo(before.task());
  }

  @Test
  void solutionAndSimulatedScriptsHaveDigestsOfTheirOwn() {
    TaskDigests before = digests("before", task -> {});
    TaskDigests after =
        digests("after", t -> t.script("solution/solve.sh", "exit 0\n").delete("simulated"));

    assertThat(after.solution()).isPresent().isNotEqualTo(before.solution());
    assertThat(after.simulated()).isEmpty();
    assertThat(after.harbor()).isNotEqualTo(before.harbor());
  }

  @Test
  void harborChecksumIgnoresRightsAndEmptyFoldersAsHarborDoes() {
    TaskDigests before = digests("before", task -> {});
    TaskDigests after =
        digests("after", t -> t.mode("tests/test.sh", "rw-r--r--").delete("environment/empty"));

    assertThat(after.harbor()).isEqualTo(before.harbor());
  }

  @Test
  void folderThatLinksToItselfIsDigested() {
    TaskDigests digests = digests("loop", t -> t.link("environment/up", "data/../../environment"));

    assertThat(digests.harbor()).hasSize(64).isNotEqualTo(digests("plain", t -> {}).harbor());
  }

  @Test
  void largeFileIsStreamed() throws IOException {
    TaskFolder task = golden(temp.resolve("large")).file("environment/large", "");
    long size = 256L << 20;
    try (RandomAccessFile file =
        new RandomAccessFile(task.path().resolve("environment/large").toFile(), "rw")) {
      file.setLength(size);
    }
    long before = allocatedBytes();

    TaskSet set = new HarborFormat().read("set", task.path());

    assertThat(set.tasks()).hasSize(1);
    assertThat(allocatedBytes() - before).isLessThan(size / 10);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private TaskDigests digests(String name, Consumer<TaskFolder> change) {
    TaskFolder task = golden(temp.resolve(name));
    change.accept(task);
    return new HarborFormat().read("set", task.path()).tasks().get(0).digests();
  }

  private static Arguments change(String name, Consumer<TaskFolder> change) {
    return Arguments.of(name, change);
  }

  private static TaskFolder golden(Path folder) {
    return TaskFolder.empty(folder)
        .toml(TOML)
        .file("instruction.md", "Write 42 to /app/out.\n")
        .file("environment/Dockerfile", "FROM scratch\n")
        .file("environment/data/a.txt", "alpha\n")
        .file("environment/data.txt", "sorted before data/\n")
        .folder("environment/empty")
        .link("environment/link", "data/a.txt")
        .script("tests/test.sh", "#!/bin/sh\necho 1 > /logs/verifier/reward.txt\n")
        .script("solution/solve.sh", "#!/bin/sh\necho 42 > /app/out\n")
        .file("simulated/play.json", "{}\n");
  }
}
