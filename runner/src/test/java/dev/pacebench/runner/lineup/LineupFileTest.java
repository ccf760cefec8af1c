package dev.pacebench.runner.lineup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link LineupFile}. */
class LineupFileTest {

  static final Map<String, KnownAgent> AGENTS =
      Map.of(
          "oracle", new KnownAgent("1", false),
          "nop", new KnownAgent("1", false),
          "solo", new KnownAgent("2", true));

  static final String FULL =
      """
      providers:
        lab: {protocol: openai-responses, base_url: "https://lab.example/v1", credential: {env: LAB_KEY}}
        sim: {protocol: simulated}
      models:
        big: {provider: lab, id: big-1, price: {input: 1.5, cached_input: 0, output: 6}}
        fake: {provider: sim, id: fake-1, simulated: {first_token: 400ms, tokens_per_second: 65, skill: 0.5}}
      contenders:
        - name: big fast
          agent: solo
          model: big
          tier: {service_tier: priority}
          settings: {effort: high, steps: 40}
          limits: {time: 10m}
        - {name: fake, agent: solo, model: fake}
        - {name: nothing, agent: nop}
      task_network: true
      """;

  @TempDir Path folder;

  @Test
  void readsWhatItSays() throws IOException {
    Lineup lineup = read(FULL);

    assertThat(lineup.name()).isEqualTo("lineup");
    assertThat(lineup.contenders())
        .extracting(Contender::name)
        .containsExactly("big fast", "fake", "nothing");
    Contender big = lineup.contenders().get(0);
    assertThat(big.tier()).containsExactly(entry("service_tier", "priority"));
    assertThat(big.settings()).containsEntry("steps", "40");
    assertThat(big.limits().time()).contains(Duration.ofMinutes(10));
    assertThat(big.simulated()).isFalse();
    assertThat(lineup.contenders().get(1).simulated()).isTrue();
    assertThat(lineup.taskNetwork()).isTrue();
    assertThat(lineup.verifyNetwork()).isFalse();
    assertThat(lineup.noNewPrivileges()).isEmpty();
  }

  @Test
  void readsTheBundledLineup() {
    Lineups lineups = new Lineups(Path.of("lineups"));

    assertThat(lineups.names()).contains("oracle-nop");
    assertThat(LineupFile.read(lineups.resolve("oracle-nop"), AGENTS).contenders())
        .extracting(Contender::agent)
        .containsExactly("oracle", "nop");
  }

  /** Results of runs that are over are found again by these. */
  @Test
  void digestsOfTheModellessStayWhatTheyWere() {
    Path bundled = new Lineups(Path.of("lineups")).resolve("oracle-nop");

    assertThat(LineupFile.read(bundled, AGENTS).contenders())
        .extracting(Contender::digest)
        .containsExactly(
            "fde629eb64c057eb88fd875adb8b873a644c50bc39f4e6e520709009676c6f26",
            "dae663e7f951f5a9d97978579e224893cabdaab17d4b0df9e625d7f8793f1d87");
  }

  @Test
  void namesTheNearestBundledLineup() {
    assertThatThrownBy(() -> new Lineups(Path.of("lineups")).resolve("oracel-nop"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.remedy()).contains("did you mean `oracle-nop`"));
  }

  @Test
  void digestIgnoresNamePriceAndKeySource() throws IOException {
    String other =
        FULL.replace("big fast", "else")
            .replace("input: 1.5", "input: 9")
            .replace("LAB_KEY", "OTHER");

    assertThat(digest(other)).isEqualTo(digest(FULL));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void digestNoticesWhatChangesBehaviour(String from, String to) throws IOException {
    assertThat(FULL).contains(from);
    assertThat(digest(FULL.replace(from, to))).isNotEqualTo(digest(FULL));
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        arguments("id: big-1", "id: big-2"),
        arguments("openai-responses, base", "openai-chat, base"),
        arguments("lab.example", "other.example"),
        arguments("priority", "flex"),
        arguments("effort: high", "effort: low"),
        arguments("10m", "11m"),
        arguments("model: big\n", "model: fake\n"));
  }

  private String digest(String text) throws IOException {
    return read(text).contenders().get(0).digest();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void refusesBadFilesWithPlaceAndRemedy(String name, String text, String where, String remedy)
      throws IOException {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.getMessage()).contains(where);
              assertThat(e.getMessage() + "\n" + e.remedy()).contains(remedy);
            });
  }

  static Stream<Arguments> badFiles() {
    String head = "contenders:\n  - {name: a, agent: nop}\n";
    return Stream.of(
        arguments("empty file", "", "lineup.yaml: is empty", "contenders"),
        arguments("only comments", "# nothing\n", "lineup.yaml: is empty", "contenders"),
        arguments("null document", "---\n", "is empty", "contenders"),
        arguments("a list at the top", "- a\n", "lineup.yaml:1", "must be a mapping"),
        arguments("text at the top", "hello\n", "lineup.yaml:1", "must be a mapping"),
        arguments(
            "no contenders", "task_network: true\n", "has no `contenders`", "list at least one"),
        arguments("empty contenders", "contenders: []\n", "lineup.yaml:1", "list at least one"),
        arguments("contenders is text", "contenders: all\n", "lineup.yaml:1", "must be a list"),
        arguments(
            "unknown key at the top",
            head + "task_netwrok: true\n",
            "lineup.yaml:3",
            "did you mean `task_network`?"),
        arguments(
            "unknown key of a contender",
            "contenders:\n  - name: a\n    agnet: nop\n    agent: nop\n",
            "lineup.yaml:3",
            "did you mean `agent`?"),
        arguments(
            "unknown key far from any",
            head + "zzzzzzzzz: 1\n",
            "lineup.yaml:3",
            "use one of: contenders"),
        arguments(
            "unknown agent",
            "contenders:\n  - {name: a, agent: orcale}\n",
            "lineup.yaml:2",
            "`oracle`"),
        arguments("no agent", "contenders:\n  - {name: a}\n", "lineup.yaml:2", "add `agent: ...`"),
        arguments("no name", "contenders:\n  - {agent: nop}\n", "lineup.yaml:2", "add `name: ...`"),
        arguments(
            "name is null",
            "contenders:\n  - {name: , agent: nop}\n",
            "lineup.yaml:2",
            "must be text"),
        arguments(
            "name is blank",
            "contenders:\n  - {name: ' ', agent: nop}\n",
            "lineup.yaml:2",
            "blank"),
        arguments(
            "name is too long",
            "contenders:\n  - {name: " + "x".repeat(81) + ", agent: nop}\n",
            "lineup.yaml:2",
            "shorten"),
        arguments(
            "name with an escape",
            "contenders:\n  - {name: \"a\\e[31m\", agent: nop}\n",
            "lineup.yaml:2",
            "letters"),
        arguments(
            "name that turns the direction of writing",
            "contenders:\n  - {name: \"a\\u202Eb\", agent: nop}\n",
            "lineup.yaml:2",
            "letters"),
        arguments(
            "two contenders of one name",
            head + "  - {name: a, agent: oracle}\n",
            "lineup.yaml:3",
            "stands in line 2"),
        arguments(
            "key given twice",
            "task_network: true\ntask_network: false\n",
            "lineup.yaml:2",
            "stands in line 1"),
        arguments(
            "switch is a word", head + "task_network: yes\n", "lineup.yaml:3", "true or false"),
        arguments(
            "switch is a number", head + "verify_network: 1\n", "lineup.yaml:3", "true or false"),
        arguments(
            "contender is text", "contenders:\n  - nop\n", "lineup.yaml:2", "must be a mapping"),
        arguments(
            "model missing",
            "contenders:\n  - {name: a, agent: solo}\n",
            "lineup.yaml:2",
            "add `model: NAME`"),
        arguments(
            "model not defined",
            "contenders:\n  - {name: a, agent: solo, model: m}\n",
            "lineup.yaml:2",
            "none is defined"),
        arguments(
            "model for nop",
            "contenders:\n  - {name: a, agent: nop, model: m}\n",
            "lineup.yaml:2",
            "remove the `model`"),
        arguments(
            "provider not defined",
            head
                + "models:\n  m: {provider: lba, id: x}\nproviders:\n  lab: {protocol: simulated}\n",
            "lineup.yaml:4",
            "did you mean `lab`?"),
        arguments(
            "unknown protocol",
            head + "providers:\n  p: {protocol: simulatd}\n",
            "lineup.yaml:4",
            "`simulated`"),
        arguments(
            "no address",
            head + "providers:\n  p: {protocol: openai-chat}\n",
            "lineup.yaml:4",
            "address"),
        arguments(
            "address of another kind",
            head + "providers:\n  p: {protocol: openai-chat, base_url: 'file:///etc/passwd'}\n",
            "lineup.yaml:4",
            "http://"),
        arguments(
            "address with a password",
            head + "providers:\n  p: {protocol: openai-chat, base_url: 'https://u:p@h.example'}\n",
            "lineup.yaml:4",
            "keys belong under `credential`"),
        arguments(
            "two key sources",
            head + "providers:\n  p: {protocol: simulated, credential: {env: A, file: b}}\n",
            "lineup.yaml:4",
            "exactly one source"),
        arguments(
            "negative price",
            head
                + "providers:\n  p: {protocol: simulated}\nmodels:\n  m: {provider: p, id: x, price: {input: -1}}\n",
            "lineup.yaml:6",
            "from 0 to 100000"),
        arguments(
            "setting is a list",
            "contenders:\n  - {name: a, agent: nop, settings: {x: [1, 2]}}\n",
            "lineup.yaml:2",
            "single value"),
        arguments(
            "negative time limit",
            "contenders:\n  - {name: a, agent: nop, limits: {time: -5}}\n",
            "lineup.yaml:2",
            "write seconds"),
        arguments(
            "endless time limit",
            "contenders:\n  - {name: a, agent: nop, limits: {time: 9999h}}\n",
            "lineup.yaml:2",
            "7 days"),
        arguments(
            "indented by a tab",
            "contenders:\n\t- {name: a, agent: nop}\n",
            "lineup.yaml:2",
            "blanks"),
        arguments(
            "brace not closed",
            "contenders:\n  - {name: a, agent: nop\n",
            "lineup.yaml:",
            "is not YAML"),
        arguments(
            "quote not closed",
            "contenders:\n  - {name: 'a, agent: nop}\n",
            "lineup.yaml:",
            "is not YAML"),
        arguments("second document", head + "---\n" + head, "lineup.yaml:", "one document"),
        arguments(
            "deep nesting",
            "contenders: " + "[".repeat(500) + "]".repeat(500) + "\n",
            "lineup.yaml:1",
            "flatter"),
        arguments(
            "alias",
            "contenders:\n  - &one {name: a, agent: nop}\n  - *one\n",
            "lineup.yaml:3",
            "write the value out"),
        arguments(
            "more than 1 MB",
            head + "# " + "x".repeat(1 << 20) + "\n",
            "larger than 1 MB",
            "lineup"));
  }

  @Test
  void refusesAliasBombsAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ",").repeat(8) + alias + "]\n");
    }

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("alias"));
  }

  @Test
  void neverRepeatsAKeyThatStandsInTheFile() {
    String text =
        "contenders:\n  - {name: a, agent: nop}\nproviders:\n  p: {protocol: simulated, credential: sk-secret}\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            UserError.class,
            e ->
                assertThat(e.getMessage() + e.remedy())
                    .contains("must say where the key is")
                    .doesNotContain("sk-secret"));
  }

  @Test
  void reportsAllProblemsAtOnce() {
    String text =
        "contenders:\n  - {name: a, agent: nopp}\n  - {name: b, agnet: nop}\nverify_network: 7\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("4 problems", "lineup.yaml:2", "lineup.yaml:3", "lineup.yaml:4");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    assertThatThrownBy(() -> LineupFile.read(folder, AGENTS)).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> LineupFile.read(folder.resolve("no.yaml"), AGENTS))
        .hasMessageContaining("does not exist");
    Path latin =
        Files.write(
            folder.resolve("l.yaml"), "contenders: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> LineupFile.read(latin, AGENTS)).hasMessageContaining("not UTF-8");
  }

  private Lineup read(String text) throws IOException {
    return LineupFile.read(Files.writeString(folder.resolve("lineup.yaml"), text), AGENTS);
  }
}
