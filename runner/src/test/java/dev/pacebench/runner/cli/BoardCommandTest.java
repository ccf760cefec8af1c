package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code board} over runs that are stored. */
class BoardCommandTest {

  @TempDir static Path home;

  @TempDir Path folder;

  private final CommandLineTester pacebench = new CommandLineTester(home);

  @BeforeAll
  static void store() {
    MadeRuns made = new MadeRuns("made-1", true);
    for (int task = 0; task < 11; task++) {
      made.trial("quick", "task-" + task, 1, task < 6 ? Outcome.SOLVED : Outcome.FAILED, 20 + task);
      made.trial("thorough", "task-" + task, 1, task < 9 ? Outcome.SOLVED : Outcome.FAILED, 300);
    }
    made.store(home);
  }

  @Test
  void writesOneFileAndSaysWhere() throws IOException {
    Path file = folder.resolve("page.html");
    Files.writeString(file, "what was there before");
    Result result = pacebench.run("board", "made-1", "-o", file.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().strip()).isEqualTo(file.toString());
    assertThat(result.err()).contains("2 contenders, 22 trials");
    assertThat(Files.readString(file))
        .startsWith("<!doctype html>")
        .endsWith("</html>\n")
        .contains("thorough", "81.8 %", "Simulated: no model took part");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void pagesOfTrialsLieBesideItAndAreLinked() throws IOException {
    Path file = folder.resolve("page.html");
    Result result = pacebench.run("board", "-o", file.toString(), "--trials", "--json");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode said = new JsonMapper().readTree(result.out());
    String page = Files.readString(file);
    String json = page.split("id=\"data\">", 2)[1].split("</script>", 2)[0];
    JsonNode links =
        new JsonMapper().readTree(json).get("sections").get(0).get("trials").get("page");
    assertThat(links.size()).isEqualTo(22);
    int there = 0;
    for (JsonNode link : links) {
      if (!link.isNull()) {
        assertThat(folder.resolve(link.asString())).isRegularFile();
        there++;
      }
    }
    assertThat(said.get("trial_pages").asInt()).isEqualTo(there).isEqualTo(22);
    assertThat(said.get("file").asString()).isEqualTo(file.toString());
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeAnythingIsComputed() {
    Result missing = pacebench.run("board", "-o", folder.resolve("no/page.html").toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("its folder does not exist", "remedy:");
    Result place = pacebench.run("board", "-o", folder.toString());
    assertThat(place.code()).isEqualTo(2);
    assertThat(place.err()).contains("is a folder");
  }

  @Test
  void anUnknownRunIsRefused() {
    Result result = pacebench.run("board", "nosuch", "-o", folder.resolve("p.html").toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("nosuch", "remedy:");
    assertThat(folder.resolve("p.html")).doesNotExist();
  }
}
