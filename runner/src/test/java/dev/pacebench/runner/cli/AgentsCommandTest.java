package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents of manifests, as the command line shows and checks them. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentsCommandTest {

  private static final String TINY =
      """
      name: tiny
      version: 1.2.3
      about: Does little.
      provide: {kind: none}
      speaks: {openai-responses: [sse, websocket], anthropic-messages: [sse]}
      command: echo done
      settings:
        effort: {default: low}
      """;

  private static final String LINEUP =
      """
      providers:
        sim: {protocol: simulated}
      models:
        quick: {provider: sim, id: quick,
          simulated: {first_token: 10ms, tokens_per_second: 1000, skill: 1}}
      contenders:
        - {name: one, agent: tiny, model: quick}
      """;

  @TempDir Path folder;
  private Path home;
  private CommandLineTester pacebench;

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    pacebench = new CommandLineTester(home);
  }

  @Test
  void listNamesWhatShipsAndTheUsersOwn() throws IOException {
    manifest("tiny", TINY);

    Result table = pacebench.run("agents", "list");
    Map<String, JsonNode> byName =
        pacebench
            .run("agents", "list", "--json")
            .out()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line))
            .collect(Collectors.toMap(one -> one.get("agent").asString(), one -> one));

    assertThat(table.code()).isZero();
    assertThat(table.out()).contains("codex", "not yet, npm", "tiny", "in the image");
    assertThat(byName).containsKeys("loop", "oracle", "nop", "codex", "claude-code", "tiny");
    assertThat(byName.get("loop").get("provided_by").asString()).isEqualTo("pacebench");
    assertThat(byName.get("codex").get("installed").asBoolean()).isFalse();
    JsonNode tiny = byName.get("tiny");
    assertThat(tiny.get("version").asString()).matches("1\\.2\\.3\\+[0-9a-f]{8}");
    assertThat(tiny.get("installed").asBoolean()).isTrue();
    assertThat(tiny.at("/speaks/openai-responses").valueStream().map(JsonNode::asString))
        .containsExactly("sse", "websocket");
    assertThat(tiny.at("/settings/effort/default").asString()).isEqualTo("low");
  }

  @Test
  void aWrongManifestIsToldOfAndHindersNoOther() throws IOException {
    manifest("tiny", TINY.replace("speaks", "speeks"));
    manifest("codex", TINY.replace("name: tiny", "name: codex"));

    Result list = pacebench.run("agents", "list");
    Result check = pacebench.run("agents", "check", "tiny");

    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("codex").doesNotContain("tiny");
    assertThat(list.err())
        .contains("unknown key `speeks`", "did you mean `speaks`?")
        .contains("an agent named `codex` comes with Pacebench");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("unknown key `speeks`");
  }

  @Test
  void anUnknownNameGetsTheNearest() {
    Result check = pacebench.run("agents", "check", "codx");

    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("there is no agent of that name", "did you mean `codex`?");
  }

  @Test
  void aLineupIsHeldAgainstTheManifest() throws IOException {
    manifest("tiny", TINY);

    Result result =
        run(
            LINEUP
                + "  - {name: two, agent: tiny, model: quick, settings: {efort: high}}\n"
                + "  - {name: three, agent: tiny, model: quick, tier: {protocol: openai-chat}}\n"
                + "  - {name: four, agent: loop, model: quick, settings: {effort: high}}\n"
                + "  - {name: five, agent: loop, model: quick, tier: {protocol: gemini}}\n");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("4 problems")
        .contains("lineup.yaml:8: contender two: agent `tiny` has no setting `efort`")
        .contains("did you mean `effort`?")
        .contains("lineup.yaml:9: contender three: agent `tiny` does not speak openai-chat")
        .contains("write `tier: {protocol: openai-responses}`")
        .contains("lineup.yaml:10: contender four: agent `loop` has no setting `effort`")
        .contains("lineup.yaml:11: contender five: agent `loop` does not speak gemini")
        .contains("remove `protocol`, or use the agent gemini-cli");
  }

  @Test
  @Tag("local")
  void aRunWhoseAgentCannotBeInstalledEndsBeforeItsFirstTrial() throws IOException {
    manifest(
        "tiny", TINY.replace("{kind: none}", "{kind: npm, packages: [tiny@1.2.3], program: x}"));
    pacebench.with("PATH", "/nonexistent");

    Result result = run(LINEUP);

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err())
        .contains("agent tiny 1.2.3 cannot be installed: there is no npm on the PATH")
        .contains("apt install npm");
    assertThat(home.resolve("runs")).isEmptyDirectory();
  }

  @Test
  @Tag("local")
  @Tag("slow")
  void checkSaysWhatIsWrongWithAnAgentThatDoesNothing() throws IOException {
    manifest("tiny", TINY.replace("[sse, websocket], anthropic-messages: [sse]", "[sse]"));

    Result result = pacebench.run("agents", "check", "tiny", "--sandbox", "local", "--json");

    assertThat(result.code()).isEqualTo(1);
    JsonNode document = JsonMapper.shared().readTree(result.out());
    assertThat(document.get("holds").asBoolean()).isFalse();
    assertThat(step(document, "manifest").get("holds").asBoolean()).isTrue();
    assertThat(step(document, "calls its model").get("holds").asBoolean()).isFalse();
    assertThat(step(document, "calls its model").get("remedy").asString()).contains("{base_url}");
    assertThat(step(document, "ends by itself").get("what").asString()).contains("did nothing");
    assertThat(result.err()).contains("evidence: ");
    String evidence = result.err().replaceAll("(?s).*evidence: (\\S+).*", "$1");
    assertThat(Path.of(evidence)).isNotEmptyDirectory();
    dev.pacebench.runner.home.FileTrees.delete(
        Path.of(evidence).getParent().getParent().getParent());
  }

  @Test
  @Tag("local")
  @Tag("slow")
  void checkSaysThatAProgramIsOfAnotherVersion() throws IOException {
    manifest("tiny", TINY + "version_command: echo tiny 9.9.9\n");

    Result result = pacebench.run("agents", "check", "tiny", "--sandbox", "local");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("FAIL", "starts", "9.9.9", "1.2.3", "remedy:");
  }

  @Test
  @Tag("local")
  @Tag("slow")
  void checkPassesForAnAgentThatWorks() {
    Result result = pacebench.run("agents", "check", "loop", "--sandbox", "local");

    assertThat(result.err()).doesNotContain("evidence");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .doesNotContain("FAIL")
        .contains("openai-responses websocket: solves the task")
        .contains("openai-chat sse: solves the task")
        .contains("anthropic-messages sse: runs commands");
  }

  @Test
  void whatNeedsNoModelCannotBeChecked() {
    Result result = pacebench.run("agents", "check", "nop");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("needs no model", "oracle-nop");
  }

  private Result run(String lineup) throws IOException {
    Path file = Files.writeString(folder.resolve("lineup.yaml"), lineup);
    return pacebench.run(
        "run",
        "-t",
        "starter-terminal",
        "--only",
        "rotate-log",
        "-l",
        file.toString(),
        "--sandbox",
        "local");
  }

  private static JsonNode step(JsonNode document, String name) {
    return document
        .get("checks")
        .valueStream()
        .filter(one -> one.get("step").asString().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + name + " in " + document));
  }

  private void manifest(String name, String text) throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve("agents")).resolve(name + ".yaml"), text);
  }
}
