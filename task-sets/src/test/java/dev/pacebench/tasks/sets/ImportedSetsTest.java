package dev.pacebench.tasks.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.sets.ImportRecord.Mode;
import dev.pacebench.tasks.testing.TaskFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets that were given a name in a home. */
class ImportedSetsTest {

  @TempDir private Path temp;
  private Path own;
  private TaskSets sets;

  @BeforeEach
  void aSetOfTwoTasks() {
    own = temp.resolve("own tasks");
    TaskFolder.make(own.resolve("one")).script("environment/app/run", "#!/bin/sh\n");
    TaskFolder.make(own.resolve("two"));
    TaskFolder.make(temp.resolve("bundled/starter/hello"));
    sets = open();
  }

  private TaskSets open() {
    return new TaskSets(temp.resolve("bundled"), temp.resolve("home"), temp.resolve("cache"));
  }

  private TaskSet put(Mode mode, boolean accept) {
    return sets.importSet(Optional.of(own.toString()), "mine", mode, accept);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void importedSetIsFoundByItsNameWithTheDigestItHad(Mode mode) {
    String digest = sets.resolve(own.toString()).digest();

    put(mode, false);
    TaskSet found = open().resolve("mine");

    assertThat(found.name()).isEqualTo("mine");
    assertThat(found.digest()).isEqualTo(digest);
    assertThat(found.tasks()).extracting(Task::set).containsOnly("mine");
    assertThat(open().isNamed("mine")).isTrue();
    assertThat(open().list())
        .filteredOn(one -> one.origin() == ListedSet.Origin.IMPORTED)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.tasks()).isEqualTo(2);
              assertThat(one.imported()).map(ImportRecord::mode).contains(mode);
            });
  }

  @Test
  void copyLivesOnWithoutWhatItWasMadeFrom() throws IOException {
    put(Mode.COPY, false);
    Folders.delete(own);

    assertThat(sets.resolve("mine").tasks()).hasSize(2);
  }

  @Test
  void referenceWhoseFilesChangedIsRefusedUntilAccepted() {
    put(Mode.REFERENCE, false);
    String before = sets.resolve("mine").digest();
    TaskFolder.empty(own.resolve("one")).file("instruction.md", "Something else.\n");

    assertThatThrownBy(() -> sets.resolve("mine"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("not what was imported")
        .hasMessageContaining("pacebench tasks import --name mine --reference --accept");
    assertThat(sets.list())
        .filteredOn(one -> one.name().equals("mine"))
        .noneMatch(ListedSet::usable);

    sets.importSet(Optional.empty(), "mine", Mode.REFERENCE, true);

    assertThat(sets.resolve("mine").digest()).isNotEqualTo(before);
  }

  @Test
  void copyThatSomebodyEditedIsRefusedToo() {
    TaskSet copied = put(Mode.COPY, false);
    TaskFolder.empty(copied.directory().resolve("one")).file("instruction.md", "Else.\n");

    assertThatThrownBy(() -> sets.resolve("mine")).hasMessageContaining("not what was imported");
  }

  @Test
  void referenceThatIsGoneSaysSo() throws IOException {
    put(Mode.REFERENCE, false);
    Folders.delete(own);

    assertThatThrownBy(() -> sets.resolve("mine"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void takenNamesAreRefusedUnlessAccepted() {
    put(Mode.COPY, false);
    TaskFolder.make(own.resolve("three"));

    assertThatThrownBy(() -> put(Mode.COPY, false)).hasMessageContaining("--accept");
    assertThat(put(Mode.COPY, true).tasks()).hasSize(3);
    assertThat(sets.resolve("mine").tasks()).hasSize(3);
    assertThatThrownBy(
            () -> sets.importSet(Optional.of(own.toString()), "starter", Mode.COPY, true))
        .hasMessageContaining("a bundled set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".hidden", "a/b", "..", "a b", "x.json", "-x"})
  void namesThatNoCommandCouldSayAreRefused(String name) {
    assertThatThrownBy(() -> sets.importSet(Optional.of(own.toString()), name, Mode.COPY, false))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("is no name");
  }

  @Test
  void brokenSetIsNotImported() throws IOException {
    TaskFolder.empty(own.resolve("one")).delete("instruction.md");

    assertThatThrownBy(() -> put(Mode.COPY, false)).isInstanceOf(TaskException.class);
    assertThat(leftInHome()).isEmpty();
  }

  @Test
  void archiveIsImportedAsACopyAndByReference() throws Exception {
    Path archive = temp.resolve("own.tar.gz");
    assertThat(
            new ProcessBuilder("tar", "-czf", archive.toString(), "-C", own.toString(), ".")
                .start()
                .waitFor())
        .isZero();
    String digest = sets.resolve(own.toString()).digest();

    sets.importSet(Optional.of(archive.toString()), "copied", Mode.COPY, false);
    sets.importSet(Optional.of(archive.toString()), "known", Mode.REFERENCE, false);

    assertThat(sets.resolve("copied").digest()).isEqualTo(digest);
    assertThat(sets.resolve("known").digest()).isEqualTo(digest);
    Files.delete(archive);
    assertThat(sets.resolve("copied").tasks()).hasSize(2);
    assertThatThrownBy(() -> sets.resolve("known")).hasMessageContaining("does not exist");
  }

  @Test
  void singleTaskIsImportedAsASet() {
    sets.importSet(Optional.of(own.resolve("one").toString()), "single", Mode.COPY, false);

    assertThat(sets.resolve("single").tasks()).extracting(Task::name).containsExactly("one");
  }

  @Test
  void removedCopyIsGoneAndRemovedReferenceLeavesItsFiles() throws IOException {
    put(Mode.COPY, false);
    sets.importSet(Optional.of(own.toString()), "known", Mode.REFERENCE, false);

    sets.remove("mine");
    sets.remove("known");

    assertThat(leftInHome()).isEmpty();
    assertThat(own.resolve("one/task.toml")).exists();
    assertThatThrownBy(() -> sets.remove("mine")).hasMessageContaining("no imported set");
    assertThatThrownBy(() -> sets.remove("starter")).hasMessageContaining("bundled");
  }

  @Test
  void damagedRecordIsNamed() throws IOException {
    put(Mode.COPY, false);
    Files.writeString(temp.resolve("home/mine.json"), "{\"version\": 1, ");

    assertThatThrownBy(() -> sets.resolve("mine"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("mine.json")
        .hasMessageContaining("damaged");
    assertThat(sets.list()).anyMatch(one -> one.name().equals("mine") && !one.usable());
  }

  @Test
  void unreadableTasksDoNotHideTheOthers() {
    TaskFolder.empty(own.resolve("one")).delete("instruction.md");

    assertThat(sets.each(own.toString()))
        .satisfiesExactly(
            one -> {
              assertThat(one.task()).isEmpty();
              assertThat(one.problems()).isNotEmpty();
            },
            two -> assertThat(two.task()).isPresent());
    assertThatThrownBy(() -> sets.each("nothing-of-the-sort")).isInstanceOf(TaskException.class);
  }

  private List<String> leftInHome() throws IOException {
    if (!Files.exists(temp.resolve("home"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(temp.resolve("home"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
