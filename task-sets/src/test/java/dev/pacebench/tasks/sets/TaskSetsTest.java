package dev.pacebench.tasks.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.testing.TaskFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code -t} arguments find their sets. */
class TaskSetsTest {

  @TempDir private Path temp;
  private TaskSets sets;

  @BeforeEach
  void twoBundledSetsAndNoImportedOnes() {
    TaskFolder.make(temp.resolve("bundled/starter-terminal/hello"));
    TaskFolder.make(temp.resolve("bundled/starter-terminal/world"));
    TaskFolder.make(temp.resolve("bundled/second/hello"));
    sets = new TaskSets(temp.resolve("bundled"), temp.resolve("imported"), temp.resolve("cache"));
  }

  @Test
  void bundledAndImportedNamesAreFound() {
    TaskFolder.make(temp.resolve("imported/mine/one"));

    assertThat(sets.resolve("starter-terminal").tasks()).hasSize(2);
    assertThat(sets.resolve("mine").name()).isEqualTo("mine");
  }

  @Test
  void pathLeadsToASetOrToOneTask() {
    TaskSet set = sets.resolve(temp.resolve("bundled/second").toString());
    TaskSet single = sets.resolve(temp.resolve("bundled/starter-terminal/hello").toString());

    assertThat(set.name()).isEqualTo("second");
    assertThat(single.tasks()).extracting(Task::name).containsExactly("hello");
  }

  @Test
  void setNameOfAPathIsSafe() {
    TaskFolder.make(temp.resolve("my tasks (new)/hello"));

    assertThat(sets.resolve(temp.resolve("my tasks (new)").toString()).name())
        .isEqualTo("my-tasks-new");
  }

  @Test
  void nameThatIsBundledAndImportedIsRefused() {
    TaskFolder.make(temp.resolve("imported/second/one"));

    assertThatThrownBy(() -> sets.resolve("second"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("a bundled set and an imported one")
        .hasMessageContaining("imported/second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "starter-termnal|names no task set|did you mean starter-terminal?",
        "starter|names no task set|did you mean starter-terminal?",
        "unheard-of|names no task set|there are second, starter-terminal",
        "./unheard-of|does not exist|give the path",
        "no/such/place|does not exist|give the path",
        "' '|is empty|there are second"
      })
  void unknownArgumentIsRefusedWithWhatThereIs(String argument, String what, String remedy) {
    assertThatThrownBy(() -> sets.resolve(argument))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("-t " + argument)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource({"swe.toml,one/task.toml,swe", "task.yaml,one/task.toml,terminal-bench-1"})
  void tasksOfAnotherFormatAreNotLeftOutSilently(String mark, String said, String format) {
    TaskFolder.make(temp.resolve("mixed/one"));
    TaskFolder.empty(temp.resolve("mixed/two")).file(mark, "\n");

    assertThatThrownBy(() -> sets.resolve(temp.resolve("mixed").toString()))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(said + ": makes a task of another format than its set's")
        .hasMessageContaining("which is " + format);
  }

  @Test
  void brokenSetIsListedWithItsProblemsBesideTheOthers() {
    TaskFolder.make(temp.resolve("imported/broken/one")).delete("instruction.md");

    assertThat(sets.list())
        .satisfiesExactly(
            second -> assertThat(second.tasks()).isEqualTo(1),
            starter -> assertThat(starter.tasks()).isEqualTo(2),
            broken -> {
              assertThat(broken.usable()).isFalse();
              assertThat(broken.origin()).isEqualTo(ListedSet.Origin.IMPORTED);
              assertThat(broken.problems()).hasSize(1);
            });
  }

  @Test
  void archiveIsUnpackedOnceAndReadWithoutItsOuterFolder() throws Exception {
    Path archive = temp.resolve("wrapped.tar.gz");
    Process tar =
        new ProcessBuilder(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                temp.resolve("bundled").toString(),
                "starter-terminal")
            .start();
    assertThat(tar.waitFor()).isZero();

    TaskSet set = sets.resolve(archive.toString());
    TaskSet again = sets.resolve(archive.toString());

    assertThat(set.name()).isEqualTo("wrapped");
    assertThat(set.digest()).isEqualTo(sets.resolve("starter-terminal").digest());
    assertThat(again.directory()).isEqualTo(set.directory());
    assertThat(cached()).hasSize(1).allMatch(name -> name.matches("[0-9a-f]{64}"));
  }

  private Stream<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("cache"))) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
