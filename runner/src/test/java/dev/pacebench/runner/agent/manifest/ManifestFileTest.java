package dev.pacebench.runner.agent.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestFileTest {

  /** Uses every key. */
  static final String FULL =
      """
      name: helper
      version: 1.2.3
      about: Helps.
      provide:
        kind: npm
        packages: ["@maker/helper@1.2.3", "node@24.1.0"]
        after: [[node, node_modules/@maker/helper/install.cjs]]
        program: "**/vendor/*/bin/helper"
        needs: [git]
      speaks:
        openai-responses: [websocket, sse]
        anthropic-messages: [sse]
      env:
        HELPER_KEY: "{token}"
        HELPER_HOME: "{home}/.helper"
      files:
        "{home}/.helper/config.json": |
          {{"url": "{base_url}/v1",
           "model": "{model}", "deep": {{"sockets": {websocket}}}}}
      command: |
        # it's not for quotes
        {program} run --effort {setting.effort} -m {model} "$(cat {instruction})" </dev/null
      version_command: "{program} --version"
      version_shows: helper 1.2.3
      output:
        format: jsonl
        tool_start: [{type: started, item.type: command}, {type: call}]
        tool_end: {type: ended, item.type: command}
        tool_id: [item.id, id]
        failed: {type: result, is_error: true}
        finished: [{type: result}]
      retries_itself: true
      settings:
        effort: {default: medium, about: How long it thinks.}
      """;

  private static final String LEAST =
      """
      name: helper
      version: "1"
      provide: {kind: none}
      speaks: {openai-chat: [sse]}
      command: helper <{instruction}
      """;

  @TempDir Path folder;

  @Test
  void readsWhatAManifestSays() {
    AgentManifest manifest = read(FULL);

    assertThat(manifest.name()).isEqualTo("helper");
    assertThat(manifest.version()).isEqualTo("1.2.3");
    assertThat(manifest.provide().packages()).containsExactly("@maker/helper@1.2.3", "node@24.1.0");
    assertThat(manifest.provide().after())
        .containsExactly(List.of("node", "node_modules/@maker/helper/install.cjs"));
    assertThat(manifest.provide().program()).contains("**/vendor/*/bin/helper");
    assertThat(manifest.provide().needs()).containsExactly("git");
    assertThat(manifest.speaks())
        .containsEntry(Protocol.OPENAI_RESPONSES, List.of(Transport.WEBSOCKET, Transport.SSE))
        .containsEntry(Protocol.ANTHROPIC_MESSAGES, List.of(Transport.SSE))
        .hasSize(2);
    assertThat(manifest.output().tellsTools()).isTrue();
    assertThat(manifest.output().toolStart()).hasSize(2);
    assertThat(manifest.output().toolId()).containsExactly("item.id", "id");
    assertThat(manifest.versionShows()).isEqualTo("helper 1.2.3");
    assertThat(manifest.retriesItself()).isTrue();
    assertThat(manifest.settings(Map.of())).containsExactly(Map.entry("effort", "medium"));
    assertThat(manifest.settings(Map.of("effort", "high"))).containsEntry("effort", "high");
  }

  @Test
  void whatIsLeftOutHasPlainDefaults() {
    AgentManifest manifest = read(LEAST);

    assertThat(manifest.about()).isEmpty();
    assertThat(manifest.versionCommand()).isEmpty();
    assertThat(manifest.versionShows()).isEqualTo("1");
    assertThat(manifest.output()).isEqualTo(Output.PLAIN);
    assertThat(manifest.retriesItself()).isFalse();
    assertThat(manifest.settings()).isEmpty();
  }

  @Test
  void fillsInWhatATrialKnows() {
    AgentManifest manifest = read(FULL);
    Map<String, String> values =
        Map.of(
            "program", "/opt/x/helper",
            "setting.effort", "$(touch /tmp/x) 'high'",
            "model", "m-1",
            "instruction", "/run/it",
            "base_url", "http://127.0.0.1:61002",
            "websocket", "true",
            "home", "/h");

    assertThat(manifest.command().fillForShell(values))
        .isEqualTo(
            """
            # it's not for quotes
            /opt/x/helper run --effort '$(touch /tmp/x) '\\''high'\\''' -m m-1 "$(cat /run/it)" </dev/null
            """);
    Template path = manifest.files().keySet().iterator().next();
    assertThat(path.fill(values)).isEqualTo("/h/.helper/config.json");
    assertThat(manifest.files().get(path).fill(values))
        .isEqualTo(
            """
            {"url": "http://127.0.0.1:61002/v1",
             "model": "m-1", "deep": {"sockets": true}}
            """);
  }

  @Test
  void namesEveryProblemAtOnceWithItsLine() {
    UserError error =
        refused(
            FULL.replace("about: Helps.", "abuot: Helps.")
                .replace("node@24.1.0", "node@latest")
                .replace("{base_url}", "{base_ulr}")
                .replace("[websocket, sse]", "[websockets]"));

    assertThat(error)
        .hasMessageContaining("4 problems")
        .hasMessageContaining("helper.yaml:3: unknown key `abuot`")
        .hasMessageContaining("did you mean `about`?")
        .hasMessageContaining("helper.yaml:6: package `node@latest` has no exact version")
        .hasMessageContaining("helper.yaml:11: unknown transport `websockets`")
        .hasMessageContaining("helper.yaml:18: nothing is known as `{base_ulr}`")
        .hasMessageContaining("did you mean `base_url`?");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("name of capitals", "name: helper", "name: Helper", "small letters"),
        arguments("version with a blank", "version: 1.2.3", "version: newest one", "no exact"),
        arguments("unknown kind", "kind: npm", "kind: nmp", "did you mean `npm`?"),
        arguments("none with packages", "kind: npm", "kind: none", "`packages` has no use"),
        arguments("npm without packages", "packages:", "needs:", "already"),
        arguments("version range", "helper@1.2.3\"", "helper@^1.2.3\"", "no exact version"),
        arguments("url as a package", "node@24.1.0", "file:../x", "no exact version"),
        arguments("option as a package", "\"node@24.1.0\"", "--global", "no exact version"),
        arguments("pip's way of writing for npm", "node@24.1.0", "node==24.1.0", "no exact"),
        arguments("program out of the folder", "**/vendor", "../vendor", "no plain path"),
        arguments("absolute program", "\"**/vendor", "\"/vendor", "no plain path"),
        arguments("need with a blank", "[git]", "[\"git x\"]", "no program's name"),
        arguments("unknown protocol", "anthropic-messages", "antropic-messages", "did you mean"),
        arguments("socket where there is none", "messages: [sse]", "messages: [websocket]", "not"),
        arguments("no transport", "messages: [sse]", "messages: []", "has no transport"),
        arguments("unknown setting", "{setting.effort}", "{setting.efort}", "did you mean"),
        arguments("name in quotes", "-m {model}", "-m \"{model}\"", "stands in quotes"),
        arguments("name in single quotes", "-m {model}", "-m '{model}'", "stands in quotes"),
        arguments("stray brace", "-m {model}", "-m ${HOME:-x}", "begins no name"),
        arguments("stray closing brace", "-m {model}", "-m }", "closes nothing"),
        arguments("token before its time", "{program} --version", "x {token}", "nothing is known"),
        arguments("token for all to see", "-m {model}", "-m {token}", "lists processes"),
        arguments("relative file", "\"{home}/.helper/config.json\"", "config.json", "absolute"),
        arguments("file above", "{home}/.helper/config", "{home}/../config", "no absolute path"),
        arguments("odd variable", "HELPER_KEY", "HELPER-KEY", "no variable's name"),
        arguments("one half of a pair", "  tool_end:", "  finished:", "already"),
        arguments("unknown format", "format: jsonl", "format: json", "did you mean `jsonl`?"),
        arguments("rules without reading", "format: jsonl", "format: text", "rules need output"),
        arguments("empty rule", "[{type: result}]", "[{}]", "names no field"),
        arguments("rule of lists", "[{type: result}]", "[{type: [a]}]", "to be a list"),
        arguments("setting without default", "default: medium, ", "", "has no `default`"),
        arguments("setting of capitals", "effort: {def", "Effort: {def", "small letters"),
        arguments("retries of text", "retries_itself: true", "retries_itself: often", "true or"),
        arguments("an alias", "finished: [{type: result}]", "finished: *x", "alias"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refuses(String title, String from, String to, String why) {
    assertThat(FULL).contains(from);

    UserError error = refused(FULL.replace(from, to));

    assertThat(error).hasMessageContaining("helper.yaml");
    assertThat(error.getMessage() + error.remedy()).as(title).contains(why);
  }

  @Test
  void aProgramlessAgentCannotNameItsProgram() {
    assertThat(refused(LEAST.replace("helper <", "exec {program} <")))
        .hasMessageContaining("nothing is known as `{program}`");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(refused("about: x\n"))
        .hasMessageContaining("has no `name`")
        .hasMessageContaining("has no `version`")
        .hasMessageContaining("has no `provide`")
        .hasMessageContaining("has no `speaks`")
        .hasMessageContaining("has no `command`");
    assertThat(refused("")).hasMessageContaining("is empty");
  }

  @Test
  void theNameIsThatOfTheFile() {
    UserError error =
        catchThrowableOfType(UserError.class, () -> ManifestFile.read(write("other.yaml", LEAST)));

    assertThat(error).hasMessageContaining("is not that of the file");
  }

  @Test
  void aFolderIsFoundBesideTheManifest() {
    AgentManifest manifest =
        read(LEAST.replace("{kind: none}", "{kind: folder, folder: ../prog, program: bin/x}"));

    assertThat(manifest.provide().folder()).contains(folder.resolveSibling("prog"));
  }

  @Test
  void theDigestCoversWhatCouldChangeWhatTheAgentDoes() {
    String digest = read(FULL).digest();

    assertThat(read(FULL.replace("Helps.", "Helps a lot.")).digest()).isEqualTo(digest);
    assertThat(read(FULL.replace("How long it thinks.", "Effort.")).digest()).isEqualTo(digest);
    for (String[] change :
        new String[][] {
          {"run --effort", "run --no-color --effort"},
          {"default: medium", "default: low"},
          {"[websocket, sse]", "[sse, websocket]"},
          {"{home}/.helper\"", "{home}/.other\""},
          {"\"deep\"", "\"shallow\""},
          {"node@24.1.0", "node@24.1.1"},
          {"version: 1.2.3", "version: 1.2.4"},
          {"retries_itself: true", "retries_itself: false"},
          {"is_error: true", "is_error: false"},
        }) {
      assertThat(FULL).contains(change[0]);
      assertThat(read(FULL.replace(change[0], change[1])).digest())
          .as(change[1])
          .isNotEqualTo(digest);
    }
    assertThat(read(FULL).agentVersion()).isEqualTo("1.2.3+" + digest.substring(0, 8));
  }

  @Test
  void onlyWhatIsInstalledDecidesWhetherItMustBeInstalledAgain() {
    String digest = read(FULL).provideDigest();

    assertThat(read(FULL.replace("run --effort", "go --effort")).provideDigest()).isEqualTo(digest);
    assertThat(read(FULL.replace("node@24.1.0", "node@24.1.1")).provideDigest())
        .isNotEqualTo(digest);
  }

  private AgentManifest read(String text) {
    return ManifestFile.read(write("helper.yaml", text));
  }

  private UserError refused(String text) {
    UserError error = catchThrowableOfType(UserError.class, () -> read(text));
    assertThat(error).as("an error").isNotNull();
    return error;
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
