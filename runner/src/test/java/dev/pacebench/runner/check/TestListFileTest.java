package dev.pacebench.runner.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.tasks.TestLists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How deciding tests come into a task's file. */
class TestListFileTest {

  private static final TestLists LISTS =
      new TestLists(List.of("b \"quoted\"", "a[1]"), List.of("back\\slash"));

  private static final String TABLE =
      """
      [tests]
      fail_to_pass = [
        "a[1]",
        "b \\"quoted\\"",
      ]
      pass_to_pass = [
        "back\\\\slash",
      ]
      """;

  @TempDir private Path temp;

  @Test
  void tableIsAddedAtTheEnd() {
    assertThat(TestListFile.with("# mine\n[task]\nname = \"x\"\n\n\n", LISTS))
        .isEqualTo("# mine\n[task]\nname = \"x\"\n\n" + TABLE);
  }

  @Test
  void tableIsReplacedWhereItStood() {
    String text =
        """
        [verifier]
        command = "x" # keep
        [ tests ] # old ones
        fail_to_pass = [
          "old",
          "[looks like a table]",
        ]
        pass_to_pass = ["p"]
        [metadata]
        difficulty = "easy"
        """;

    assertThat(TestListFile.with(text, LISTS))
        .isEqualTo(
            "[verifier]\ncommand = \"x\" # keep\n\n"
                + TABLE
                + "\n[metadata]\ndifficulty = \"easy\"\n");
  }

  @Test
  void writingTwiceGivesTheSameFile() throws Exception {
    Path file = Files.writeString(temp.resolve("swe.toml"), "[task]\nname = \"x\"\n");

    TestListFile.write(file, LISTS);
    String once = Files.readString(file);
    TestListFile.write(file, LISTS);

    assertThat(file).hasContent(once);
    assertThat(temp).isDirectoryNotContaining("glob:**.tmp");
  }
}
