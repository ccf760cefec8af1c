package dev.pacebench.tasks.swe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.CodeChange;
import dev.pacebench.tasks.Judge;
import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Repository;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.digest.DigestMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Reads our own format, and says of broken tasks where and what is wrong. */
class SweFormatTest {

  private static final String TOML =
      "format = \"pacebench-swe/1\"\n[verifier]\ncommand = \"make test\"\nparser = \"tap\"\n"
          + "[tests]\nfail_to_pass = [\"a\"]\npass_to_pass = [\"b\"]\n"
          + "[metadata]\ndifficulty = \"easy\"\nlanguage = \"c\"\n";

  @TempDir private Path set;
  private Path task;

  @BeforeEach
  void write() throws IOException {
    task = set.resolve("sums");
    put("swe.toml", TOML);
    put("issue.md", "Sums are wrong.\n");
    put("repo/src/sum.c", "int x;\n");
    put("tests/test/sum.t", "exit 1\n");
    put("solution/solution.patch", "diff --git a/src/sum.c b/src/sum.c\n");
  }

  private void put(String name, String text) throws IOException {
    Files.createDirectories(task.resolve(name).getParent());
    Files.writeString(task.resolve(name), text);
  }

  private Task read() {
    return new SweFormat(DigestMemory.NONE).read("set", set).tasks().get(0);
  }

  @Test
  void aTaskIsReadWithItsDefaults() {
    Task read = read();
    CodeChange change = read.change().orElseThrow();
    assertThat(read.name()).isEqualTo("sums");
    assertThat(read.instruction()).isEqualTo("Sums are wrong.\n");
    assertThat(change.workdir()).isEqualTo("/testbed");
    assertThat(change.repository()).isInstanceOf(Repository.Folder.class);
    assertThat(((Judge.Commands) change.judge()).command()).isEqualTo("make test");
    assertThat(change.tests().orElseThrow().failToPass()).containsExactly("a");
    assertThat(read.environment().image()).contains("pacebench/starter");
    assertThat(read.agent().network()).isEqualTo(Network.NONE);
    assertThat(read.verifier().mode()).isEqualTo(Verifier.Mode.SEPARATE);
    assertThat(read.metadata().difficulty()).contains("easy");
    assertThat(read.solvable()).isTrue();
    assertThat(new SweFormat(DigestMemory.NONE).recognises(set)).isTrue();
    assertThat(new SweFormat(DigestMemory.NONE).recognises(task.resolve("repo"))).isFalse();
  }

  @Test
  void theDigestCoversWhatAnAgentOrVerifierCanNoticeAndNothingElse() throws IOException {
    String before = read().digest();
    put("solution/solution.patch", "another\n");
    put("simulated/good.yaml", "path: good\n");
    put("swe.toml", "# a comment\n" + TOML.replace("easy", "hard"));
    assertThat(read().digest()).isEqualTo(before);
    put("repo/src/sum.c", "int y;\n");
    String repo = read().digest();
    assertThat(repo).isNotEqualTo(before);
    Files.setPosixFilePermissions(
        task.resolve("repo/src/sum.c"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(read().digest()).isNotEqualTo(repo);
    String mode = read().digest();
    put("swe.toml", TOML.replace("[\"b\"]", "[]"));
    assertThat(read().digest()).isNotEqualTo(mode);
  }

  @Test
  void withoutListsATaskIsReadAndWaitsForThem() throws IOException {
    put("swe.toml", TOML.replaceAll("(?s)\\[tests\\].*?\\[meta", "[meta"));
    assertThat(read().change().orElseThrow().tests()).isEmpty();
  }

  static final List<List<String>> BROKEN =
      List.of(
          List.of("format = \"pacebench-swe/1\"", "format = \"swe/2\"", "swe.toml:1: format"),
          List.of("parser = \"tap\"", "parser = \"tab\"", "did you mean \"tap\"?"),
          List.of("command = \"make test\"", "comand = \"x\"", "did you mean command?"),
          List.of("fail_to_pass = [\"a\"]", "fail_to_pass = []", "names no test"),
          List.of("pass_to_pass = [\"b\"]", "pass_to_pass = [\"a\"]", "as fail_to_pass does"),
          List.of("[verifier]", "[task]\nworkdir = \"/\"\n[verifier]", "task.workdir"),
          List.of(
              "[verifier]",
              "[task]\nbase_commit = \"abc\"\n[verifier]",
              "repo/ is a plain folder"));

  @ParameterizedTest
  @FieldSource("BROKEN")
  void brokenFilesAreNamedByLineOrField(List<String> example) throws IOException {
    put("swe.toml", TOML.replace(example.get(0), example.get(1)));
    assertThatThrownBy(this::read)
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(example.get(2));
  }

  @Test
  void brokenFoldersAreNamed() throws IOException {
    put("repo/vendor/.git", "gitdir: elsewhere\n");
    put("tests.patch", "diff\n");
    put("environment/notes.txt", "x\n");
    put("issue.md", " \n");
    assertThatThrownBy(this::read)
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("repo/vendor/.git: is git's own")
        .hasMessageContaining("tests.patch: stands beside tests/")
        .hasMessageContaining("environment: has no Dockerfile")
        .hasMessageContaining("issue.md: is empty");
  }

  @Test
  void aBundleNeedsItsBaseCommit() throws IOException {
    Files.delete(task.resolve("repo/src/sum.c"));
    Files.delete(task.resolve("repo/src"));
    Files.delete(task.resolve("repo"));
    put("repo.bundle", "x");
    assertThatThrownBy(this::read).hasMessageContaining("task.base_commit: is absent");
    String base = "[task]\nbase_commit = \"" + "a1".repeat(20) + "\"\n[verifier]";
    put("swe.toml", TOML.replace("[verifier]", base));
    assertThat(read().change().orElseThrow().repository()).isInstanceOf(Repository.Bundle.class);
  }
}
