package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link Scripts} and the files behind them. */
class ScriptsTest {

  @TempDir Path parent;
  private ScriptsFolder folder;

  @BeforeEach
  void folder() throws IOException {
    folder = new ScriptsFolder(parent);
  }

  @Test
  void readsTurnsInOrderWithTheirCounts() throws IOException {
    Task task =
        folder.script("b.yaml", ScriptsFolder.GOOD).script("a.yaml", ScriptsFolder.WRONG).task();

    Scripts scripts = Scripts.read(task);

    assertThat(scripts.good())
        .containsExactly(
            new Script(
                "b",
                true,
                List.of(
                    new Turn(
                        "A look first.",
                        "I look around.",
                        List.of("ls", "cat <<'END'\ntwo lines\nEND"),
                        4,
                        11),
                    new Turn("Simple enough.", "", List.of("echo 42 > answer.txt"), 7, 30),
                    new Turn("", "Done.", List.of(), 0, 2))));
    assertThat(scripts.wrong()).extracting(Script::name).containsExactly("a");
    assertThat(scripts.taskDigest()).isEqualTo(task.digest());
    assertThat(scripts.digest()).isEqualTo(task.digests().simulated().orElseThrow());
  }

  @Test
  void readsWhatComesAfterFurtherInstructions() throws IOException {
    String later =
        """
        later:
          - when: another colour
            turns:
              - run: paint red
              - text: It is red.
        """;
    folder
        .script("good.yaml", ScriptsFolder.GOOD + later)
        .script("wrong.yaml", ScriptsFolder.WRONG);

    Script script = folder.read().good().get(0);

    assertThat(script.later())
        .containsExactly(
            new Script.Later(
                "another colour",
                List.of(
                    new Turn("", "", List.of("paint red"), 0, 3),
                    new Turn("", "It is red.", List.of(), 0, 3))));
    assertThat(script.firstTurn(1)).isEqualTo(script.turns().size());
  }

  @Test
  void scriptsComeInTheOrderOfTheirNames() throws IOException {
    folder.script("good.yaml", ScriptsFolder.GOOD);
    for (String name : List.of("w3", "w1", "w2")) {
      folder.script(name + ".yaml", ScriptsFolder.WRONG);
    }

    assertThat(folder.read().wrong()).extracting(Script::name).containsExactly("w1", "w2", "w3");
  }

  @Test
  void theDigestTellsScriptsApartAndTheTaskStaysTheSame() throws IOException {
    folder.script("g.yaml", ScriptsFolder.GOOD).script("w.yaml", ScriptsFolder.WRONG);
    Scripts before = folder.read();
    folder.script("w.yaml", ScriptsFolder.WRONG.replace("Nothing", "Little"));
    Scripts after = folder.read();

    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.taskDigest()).isEqualTo(before.taskDigest());
  }

  @Test
  void aTaskWithoutScriptsIsRefusedWithTheRemedy() {
    assertThatThrownBy(folder::read)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("answer/simulated: task `answer` has no scripts")
        .extracting(e -> ((UserError) e).remedy())
        .asString()
        .contains("path: good", "path: wrong", "--only", "not simulated");
  }

  @Test
  void bothPathsAreNeeded() throws IOException {
    folder.script("w.yaml", ScriptsFolder.WRONG);
    assertThatThrownBy(folder::read).hasMessageContaining("no script has `path: good`");

    folder.script("w.yaml", ScriptsFolder.GOOD);
    assertThatThrownBy(folder::read).hasMessageContaining("no script has `path: wrong`");
  }

  static Stream<Arguments> mistakes() {
    String said = "path: good\nturns:\n  - {text: a, run: b}\n  - text: c\n";
    return Stream.of(
        arguments("", ":1: is empty"),
        arguments("path: [", ":1: is not YAML"),
        arguments("a\n", ":1: the file must be a mapping, is text"),
        arguments("turns: [{text: a}]\n", ":1: `path` is missing"),
        arguments("path: good\n", ":1: `turns` is missing or empty"),
        arguments("path: good\nturns: []\n", ":1: `turns` is missing or empty"),
        arguments("path: fine\nturns: [{text: a}]\n", ":1: `path` is `fine`"),
        arguments("path: good\nturns: 3\n", ":2: `turns` must be a list, is a number"),
        arguments("path: good\npath: good\nturns: [{text: a}]\n", ":2: `path` stands here twice"),
        arguments("path: good\nturn: []\n", ":2: unknown key `turn`; did you mean `turns`?"),
        arguments(said + "later:\n  - {when: x}\n", ":6: `later[0]` needs `when` and `turns`"),
        arguments(
            said + "later:\n  - {turns: [{text: a}]}\n", ":6: `later[0]` needs `when` and `turns`"),
        arguments(
            said + "later:\n  - when: x\n    turns: [{run: a}]\n",
            ":7: the last turn runs something"),
        arguments(
            said + "later:\n  - when: x\n    turns: [{text: a}, {text: b}]\n",
            ":7: `later[0].turns[0]` runs nothing"),
        arguments(
            said + "later:\n  - {wenn: x}\n",
            ":6: unknown key `wenn` in `later[0]`; did you mean `when`?"),
        arguments(said + "  - say: {a: [b]}\n", ":5: unknown key `say` in `turns[2]`"),
        arguments(said + "  - text\n", ":5: `turns[2]` must be a mapping, is text"),
        arguments(said + "  - run: x\n", ":5: the last turn runs something"),
        arguments(said + "  - reasoning: x\n", ":5: the last turn has no `text`"),
        arguments(said + "  - text: x\n", ":4: `turns[1]` runs nothing"),
        arguments(said + "  - text: ' '\n", ":5: `turns[2].text` is blank"),
        arguments(said + "  - run: true\n", ":5: `turns[2].run` must be text, is true or false"),
        arguments(said + "  - run: [a, 5]\n", ":5: `turns[2].run[1]` must be text, is a number"),
        arguments(said + "  - run: []\n", ":5: `turns[2].run` is empty"),
        arguments(said + "  - run: {a: b}\n", ":5: `turns[2].run` must be text, is a mapping"),
        arguments(said + "  - text: \"a\\0\"\n", ":5: `turns[2].text` has control characters"),
        arguments(said + "  - {text: &x a, run: *x}\n", ":5: `turns[2].run` is an alias"),
        arguments(said + "---\npath: good\n", "a second document begins"),
        arguments(said + "  - {text: a, tokens: 5}\n", ":5: `turns[2].tokens` must be a mapping"),
        arguments(said + "  - {text: a, tokens: {output: 0}}\n", "`turns[2].tokens.output` is out"),
        arguments(said + "  - {text: a, tokens: {output: 100001}}\n", "is out of range"),
        arguments(said + "  - {text: a, tokens: {output: 99999999999999999999}}\n", "out of range"),
        arguments(said + "  - {text: a, tokens: {output: -1}}\n", "is out of range"),
        arguments(said + "  - {text: a, tokens: {output: 1.5}}\n", "must be a whole number"),
        arguments(said + "  - {text: a, tokens: {out: 1}}\n", "unknown key `out`"),
        arguments(said + "  - {text: a, tokens: {reasoning: 9}}\n", ":5: `turns[2].tokens.reason"));
  }

  @ParameterizedTest(name = "[{index}] {1}")
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsPlace(String text, String expected) throws IOException {
    folder.script("g.yaml", text).script("w.yaml", ScriptsFolder.WRONG);

    assertThatThrownBy(folder::read)
        .isInstanceOf(UserError.class)
        .satisfies(
            e -> {
              UserError error = (UserError) e;
              assertThat(error.getMessage() + "; " + error.remedy())
                  .contains("simulated/g.yaml")
                  .contains(expected);
              assertThat(error.remedy()).isNotBlank();
            });
  }

  @Test
  void allMistakesComeAtOnce() throws IOException {
    folder.script("g.yaml", "path: fine\nturns: [{txt: a}]\n").script("w.yaml", "path: wrong\n");

    assertThatThrownBy(folder::read)
        .hasMessageContaining("3 problems")
        .hasMessageContaining("g.yaml:1")
        .hasMessageContaining("g.yaml:2")
        .hasMessageContaining("w.yaml:1");
  }

  @Test
  void turnsCommandsBytesAndFilesAreBounded() throws IOException {
    folder.script("w.yaml", ScriptsFolder.WRONG);
    String turn = "  - {text: a, run: b}\n";
    folder.script("g.yaml", "path: good\nturns:\n" + turn.repeat(63) + "  - text: c\n");
    assertThat(folder.read().good().get(0).turns()).hasSize(64);

    folder.script("g.yaml", "path: good\nturns:\n" + turn.repeat(64) + "  - text: c\n");
    assertThatThrownBy(folder::read).hasMessageContaining("g.yaml:67: there are more than 64");

    String many = IntStream.range(0, 17).mapToObj(i -> "x").collect(Collectors.joining(","));
    folder.script("g.yaml", "path: good\nturns: [{run: [" + many + "]}, {text: a}]\n");
    assertThatThrownBy(folder::read).hasMessageContaining("more than 16 commands");

    folder.script("g.yaml", "path: good\n#" + "x".repeat(64 * 1024) + "\nturns: [{text: a}]\n");
    assertThatThrownBy(folder::read).hasMessageContaining("larger than 64 KB");

    folder.script("g.yaml", ScriptsFolder.GOOD);
    for (int i = 0; i < 15; i++) {
      folder.script("w" + i + ".yaml", ScriptsFolder.WRONG);
    }
    assertThatThrownBy(folder::read).hasMessageContaining("holds more than 16 files");
  }

  @Test
  void whatIsNoScriptFileIsRefused() throws IOException {
    folder.script("g.yaml", ScriptsFolder.GOOD).script("w.yaml", ScriptsFolder.WRONG);
    for (String name : List.of("notes.md", ".hidden.yaml", "two words.yaml", "sub/g.yaml")) {
      folder.script(name, ScriptsFolder.GOOD);
      assertThatThrownBy(folder::read).as(name).hasMessageContaining("is not a script file");
      Files.delete(folder.path("simulated/" + name));
    }
    Files.delete(folder.path("simulated/sub"));
    assertThat(folder.read().good()).hasSize(1);

    Files.createSymbolicLink(folder.path("simulated/link.yaml"), Path.of("g.yaml"));
    assertThatThrownBy(folder::read).hasMessageContaining("link.yaml: is not a script file");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    folder.script("g.yaml", ScriptsFolder.GOOD).script("w.yaml", ScriptsFolder.WRONG);
    Files.write(
        folder.path("simulated/w.yaml"), "path: wr\u00f6ng".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(folder::read).hasMessageContaining("is not UTF-8 text");
  }
}
