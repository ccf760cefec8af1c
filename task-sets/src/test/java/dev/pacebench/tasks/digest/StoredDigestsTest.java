package dev.pacebench.tasks.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.TaskDigests;
import dev.pacebench.tasks.files.TaskTree;
import dev.pacebench.tasks.harbor.HarborFormat;
import dev.pacebench.tasks.testing.TaskFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When digests are believed without reading files again, and when not. */
class StoredDigestsTest {

  private static final Clock LATER =
      Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofMinutes(1));

  @TempDir private Path temp;
  private TaskFolder task;
  private Path file;
  private final AtomicInteger computed = new AtomicInteger();

  @BeforeEach
  void aTask() {
    task = TaskFolder.make(temp.resolve("set/hello"));
    file = temp.resolve("home/cache/digests");
  }

  /** Asks as another process would, a minute after everything was written. */
  private TaskDigests ask() {
    return ask(LATER);
  }

  private TaskDigests ask(Clock clock) {
    StoredDigests stored = new StoredDigests(file, clock);
    TaskDigests digests =
        stored.digests(
            "test-1",
            TaskTree.walk(task.path(), new ArrayList<>()),
            () -> digests(computed.incrementAndGet()));
    stored.save();
    return digests;
  }

  private static TaskDigests digests(int number) {
    String hex = String.format("%064x", number);
    return new TaskDigests(hex, Optional.of(hex), Optional.empty(), "");
  }

  @Test
  void unchangedTaskIsReadOnce() {
    TaskDigests first = ask();

    assertThat(ask()).isEqualTo(first);
    assertThat(computed).hasValue(1);
  }

  @Test
  void whateverChangesIsReadAgain() throws IOException {
    ask();
    task.file("instruction.md", "Write 43 to /app/out.\n");
    ask();
    task.file("environment/new", "");
    ask();
    task.delete("environment/new");
    ask();
    task.mode("tests/test.sh", "rw-r--r--");
    ask();
    task.link("environment/link", "Dockerfile");
    ask();
    Files.delete(task.path().resolve("environment/link"));
    task.link("environment/link", "dockerfilE");
    ask();

    assertThat(computed).hasValue(7);
  }

  @Test
  void contentThatChangedBehindTheSameSizeAndDateIsReadAgain() throws IOException {
    Path instruction = task.path().resolve("instruction.md");
    ask();
    FileTime date = Files.getLastModifiedTime(instruction);
    Files.writeString(instruction, "Write 24 to /app/out.\n");
    Files.setLastModifiedTime(instruction, date);

    ask();

    assertThat(computed).hasValue(2);
  }

  @Test
  void whatWasJustWrittenIsNotBelievedYet() {
    ask(Clock.systemUTC());
    ask(Clock.systemUTC());

    assertThat(computed).hasValue(2);
  }

  @Test
  void damagedFileCostsTimeAlone() throws IOException {
    TaskDigests first = ask();
    String good = Files.readString(file);
    for (String bad :
        new String[] {
          "",
          "nonsense",
          good.substring(0, good.length() / 2),
          good.replace(first.task(), digests(77).task()),
          good + "more\n"
        }) {
      Files.writeString(file, bad);
      int before = computed.get();

      ask();

      assertThat(computed).as(bad).hasValue(before + 1);
    }
  }

  @Test
  void folderThatCannotBeWrittenToCostsTimeAlone() throws IOException {
    Files.createDirectories(file.getParent().getParent());
    Files.writeString(file.getParent(), "a file where a folder should be");

    ask();
    ask();

    assertThat(computed).hasValue(2);
  }

  @Test
  void digestsOfAFormatAreTheSameWithAndWithoutMemory() {
    StoredDigests stored = new StoredDigests(file, LATER);
    String plain = new HarborFormat().read("set", task.path()).digest();

    assertThat(new HarborFormat(stored).read("set", task.path()).digest()).isEqualTo(plain);
    stored.save();
    assertThat(new HarborFormat(new StoredDigests(file, LATER)).read("set", task.path()).tasks())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.digests())
                    .isEqualTo(
                        new HarborFormat().read("set", task.path()).tasks().get(0).digests()));
  }
}
