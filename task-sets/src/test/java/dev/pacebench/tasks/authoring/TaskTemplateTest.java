package dev.pacebench.tasks.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.authoring.TaskTemplate.Answers;
import dev.pacebench.tasks.authoring.TaskTemplate.Style;
import dev.pacebench.tasks.sets.TaskSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** New tasks as they are before anybody edits them. */
class TaskTemplateTest {

  @TempDir private Path temp;

  private static Answers answers(Style style) {
    return new Answers(style, "first-one", "medium", "my kind", LocalDate.of(2026, 11, 21));
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void newTaskIsReadWithWhatWasAnsweredAndGivesNothingToSay(Style style) throws IOException {
    Path folder = temp.resolve("set/folder");

    List<String> files = TaskTemplate.write(folder, answers(style));
    Task task =
        new TaskSets(temp.resolve("a"), temp.resolve("b"), temp.resolve("c"))
            .resolve(temp.resolve("set").toString())
            .tasks()
            .get(0);

    assertThat(task.name()).isEqualTo("first-one");
    assertThat(task.metadata().difficulty()).contains("medium");
    assertThat(task.metadata().category()).contains("my kind");
    assertThat(task.metadata().created()).contains("2026-11-21");
    assertThat(task.solvable()).isTrue();
    assertThat(task.digests().simulated()).isPresent();
    assertThat(StaticCheck.of(task)).isEmpty();
    assertThat(written(folder)).containsExactlyInAnyOrderElementsOf(files);
    assertThat(written(folder)).noneMatch(name -> contains(folder.resolve(name), "@"));
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("full"));
    Path mine = Files.writeString(folder.resolve("task.toml"), "mine");
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nowhere"));

    for (Path there : List.of(folder, mine, link)) {
      assertThatThrownBy(() -> TaskTemplate.write(there, answers(Style.TERMINAL)))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("nothing is ever overwritten");
    }
    assertThat(mine).hasContent("mine");
    assertThat(written(folder)).containsExactly("task.toml");
  }

  @Test
  void emptyFolderIsTaken() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("empty"));

    assertThat(TaskTemplate.write(folder, answers(Style.SWE))).contains("swe.toml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../x|easy|shell|--name",
        "a b|easy|shell|--name",
        "-x|easy|shell|--name",
        "x|tricky|shell|--difficulty",
        "x|easy|\"quoted\"|--category",
        "x|easy|''|--category",
      })
  void answersThatNoTaskCouldHaveAreRefused(
      String name, String difficulty, String category, String where) {
    assertThatThrownBy(() -> new Answers(Style.SWE, name, difficulty, category, LocalDate.EPOCH))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(where);
  }

  private static List<String> written(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).matches("(?s).*" + text + "[A-Z]+" + text + ".*");
    } catch (IOException e) {
      return true;
    }
  }
}
