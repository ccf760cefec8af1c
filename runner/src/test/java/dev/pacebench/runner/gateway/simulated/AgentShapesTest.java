package dev.pacebench.runner.gateway.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallPath;
import dev.pacebench.runner.gateway.call.Protocol;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How each agent's way of asking is understood: its tool, its history, its side requests. */
class AgentShapesTest {

  private static final String FUNCTION =
      "{\"type\":\"function\",\"name\":\"%s\",\"parameters\":{\"type\":\"object\",\"properties\":{%s},"
          + "\"required\":[%s]}}";

  private static Ask ask(Protocol protocol, String body) {
    try {
      return AskReader.read(protocol, body.getBytes(StandardCharsets.UTF_8));
    } catch (Ask.Unreadable e) {
      throw new AssertionError(e);
    }
  }

  private static Ask responses(String tools, String input) {
    return ask(
        Protocol.OPENAI_RESPONSES,
        "{\"model\":\"m\",\"tools\":[" + tools + "],\"input\":[" + input + "]}");
  }

  private static String arguments(Ask ask) {
    return ask.shell().orElseThrow().arguments("ls \"a b\"");
  }

  @Test
  void codexGetsItsExecCommand() {
    String exec =
        FUNCTION.formatted(
            "exec_command",
            "\"cmd\":{\"type\":\"string\"},\"workdir\":{\"type\":\"string\"},"
                + "\"yield_time_ms\":{\"type\":\"number\"},\"tty\":{\"type\":\"boolean\"}",
            "\"cmd\"");
    String stdin =
        FUNCTION.formatted(
            "write_stdin",
            "\"session_id\":{\"type\":\"number\"},\"chars\":{\"type\":\"string\"}",
            "\"session_id\"");
    Ask ask =
        responses(
            stdin + "," + exec + ",{\"type\":\"web_search\"}",
            "{\"type\":\"message\",\"role\":\"developer\",\"content\":[{\"type\":\"input_text\",\"text\":\"base\"}]},"
                + "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"fix\"}]},"
                + "{\"type\":\"reasoning\",\"id\":\"rs_0_0_ab\",\"summary\":[]},"
                + "{\"type\":\"function_call\",\"name\":\"exec_command\",\"arguments\":\"{}\",\"call_id\":\"call_0_0_ab\"},"
                + "{\"type\":\"function_call_output\",\"call_id\":\"call_0_0_ab\",\"output\":\"Chunk ID: 1\"}");

    assertThat(arguments(ask)).isEqualTo("{\"cmd\":\"ls \\\"a b\\\"\"}");
    assertThat(Turns.next(0, ask.turns())).isEqualTo(1);
    assertThat(ask.side()).isFalse();
  }

  @Test
  void anOlderCodexGetsAListOfArguments() {
    Ask ask =
        responses(
            FUNCTION.formatted(
                "shell",
                "\"command\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
                "\"command\""),
            "");

    assertThat(arguments(ask)).isEqualTo("{\"command\":[\"bash\",\"-lc\",\"ls \\\"a b\\\"\"]}");
  }

  @Test
  void theBuiltInLocalShellIsUsedWhereNothingBetterIsOffered() {
    Ask ask = responses("{\"type\":\"local_shell\"}", "");

    assertThat(ask.shell()).get().matches(ShellTool::builtIn);
  }

  @Test
  void aToolWithinGroupsKeepsItsGroup() {
    Ask ask =
        responses(
            "",
            "{\"type\":\"additional_tools\",\"role\":\"developer\",\"tools\":[{\"type\":\"namespace\","
                + "\"name\":\"functions\",\"tools\":["
                + FUNCTION.formatted("exec", "\"cmd\":{\"type\":\"string\"}", "\"cmd\"")
                + "]}]}");

    assertThat(ask.shell()).get().extracting(ShellTool::namespace).isEqualTo("functions");
    assertThat(ask.tools()).isTrue();
  }

  @Test
  void theBuiltInAgentGetsItsShell() {
    Ask ask =
        responses(
            FUNCTION.formatted(
                "shell",
                "\"command\":{\"type\":\"string\"},\"timeout_seconds\":{\"type\":[\"integer\",\"null\"]}",
                "\"command\",\"timeout_seconds\""),
            "");

    assertThat(arguments(ask))
        .isEqualTo("{\"command\":\"ls \\\"a b\\\"\",\"timeout_seconds\":120}");
  }

  @Test
  void claudeGetsItsBashAndItsResultsAreNoTurns() {
    Ask ask =
        ask(
            Protocol.ANTHROPIC_MESSAGES,
            "{\"model\":\"m\",\"max_tokens\":32000,\"system\":[{\"type\":\"text\",\"text\":\"You are an agent.\"}],"
                + "\"tools\":[{\"name\":\"Read\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"file_path\":{\"type\":\"string\"}}}},"
                + "{\"name\":\"Bash\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"},"
                + "\"description\":{\"type\":\"string\"},\"timeout\":{\"type\":\"number\"}},\"required\":[\"command\"]}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"fix\"}]},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"..\",\"signature\":\"s\"},"
                + "{\"type\":\"text\",\"text\":\"Looking.\"},{\"type\":\"tool_use\",\"id\":\"toolu_0_0_ab\",\"name\":\"Bash\",\"input\":{}},"
                + "{\"type\":\"tool_use\",\"id\":\"toolu_0_1_ab\",\"name\":\"Bash\",\"input\":{}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_0_0_ab\",\"content\":\"x\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_0_1_ab\",\"content\":\"y\"}]}]}");

    assertThat(arguments(ask)).isEqualTo("{\"command\":\"ls \\\"a b\\\"\"}");
    assertThat(Turns.next(0, ask.turns())).isEqualTo(1);
    assertThat(ask.words()).isEqualTo(32_000);
  }

  private static String chatTool(String name, String properties, String required) {
    return "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":{\"type\":\"object\",\"properties\":{%s},\"required\":[%s]}}}"
        .formatted(name, properties, required);
  }

  private static Ask chat(String tools, String messages) {
    return ask(
        Protocol.OPENAI_CHAT,
        "{\"model\":\"m\"," + tools + "\"stream\":true,\"messages\":[" + messages + "]}");
  }

  @Test
  void opencodeGetsItsBashWithTheDescriptionThatItDemands() {
    Ask ask =
        chat(
            "\"tools\":["
                + chatTool("read", "\"filePath\":{\"type\":\"string\"}", "\"filePath\"")
                + ","
                + chatTool(
                    "bash",
                    "\"command\":{\"type\":\"string\"},\"description\":{\"type\":\"string\"}",
                    "\"command\",\"description\"")
                + "],",
            "{\"role\":\"system\",\"content\":\"You are opencode.\"},{\"role\":\"user\",\"content\":\"fix\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_0_0_ab\",\"type\":\"function\",\"function\":{\"name\":\"bash\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_0_0_ab\",\"content\":\"x\"}");

    assertThat(arguments(ask))
        .startsWith("{\"command\":\"ls \\\"a b\\\"\",\"description\":\"")
        .doesNotContain("\"description\":\"\"");
    assertThat(Turns.next(0, ask.turns())).isEqualTo(1);
  }

  @Test
  void opencodesTitleRequestIsNoTurn() {
    Ask ask =
        chat(
            "",
            "{\"role\":\"system\",\"content\":\"You are a title generator. You output only a thread title.\"},"
                + "{\"role\":\"user\",\"content\":\"Generate a title for this conversation:\"},"
                + "{\"role\":\"user\",\"content\":\"fix\"}");

    assertThat(ask.side()).isTrue();
  }

  @Test
  void aTitleRequestMaySpeakOfShellsAndOfATaskThatDoes() {
    String system = "You are a title generator.%s Leave names such as 'bash tool' out of it.";
    String messages =
        "{\"role\":\"system\",\"content\":\"%s\"},"
            + "{\"role\":\"user\",\"content\":\"Make this run: ```bash\\nls\\n``` in a shell.\"}";
    Ask title = chat("", messages.formatted(system.formatted("")));
    Ask work = chat("", messages.formatted(system.formatted(" Answer with a ``` block.")));

    assertThat(title.side()).isTrue();
    assertThat(work.side()).isFalse();
  }

  @Test
  void geminiAndQwenGetTheirRunShellCommand() {
    Ask ask =
        chat(
            "\"tools\":["
                + chatTool(
                    "run_shell_command",
                    "\"command\":{\"type\":\"string\"},\"is_background\":{\"type\":\"boolean\"}",
                    "\"command\",\"is_background\"")
                + "],",
            "{\"role\":\"user\",\"content\":\"fix\"}");

    assertThat(arguments(ask)).contains("\"is_background\":false");
  }

  private static Ask gemini(boolean stream, String body) throws Ask.Unreadable {
    return AskReader.read(
        new CallPath(Protocol.GEMINI, "some-model", stream), body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void geminiNamesItsModelInThePathAndItsToolInAGroup() throws Exception {
    Ask ask =
        gemini(
            true,
            "{\"systemInstruction\":{\"parts\":[{\"text\":\"You are an agent.\"}]},"
                + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"read_file\",\"parameters\":{\"type\":\"OBJECT\"}},"
                + "{\"name\":\"run_shell_command\",\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":"
                + "{\"command\":{\"type\":\"string\"}},\"required\":[\"command\"]}}]}],"
                + "\"generationConfig\":{\"maxOutputTokens\":500},"
                + "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"context\"},{\"text\":\"fix\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"Looking.\"},"
                + "{\"functionCall\":{\"id\":\"call_0_0_ab\",\"name\":\"run_shell_command\",\"args\":{}}}]},"
                + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"call_0_0_ab\","
                + "\"name\":\"run_shell_command\",\"response\":{\"output\":\"x\"}}}]}]}");

    assertThat(ask.model()).isEqualTo("some-model");
    assertThat(ask.stream()).isTrue();
    assertThat(ask.words()).isEqualTo(500);
    assertThat(arguments(ask)).isEqualTo("{\"command\":\"ls \\\"a b\\\"\"}");
    assertThat(Turns.next(0, ask.turns())).isEqualTo(1);
    assertThat(ask.side()).isFalse();
  }

  @Test
  void geminiIsShownNoSubstitution() {
    assertThat(ShellTool.unseen("ls 'a b' && x=$1")).isEqualTo("ls 'a b' && x=$1");
    for (String command : new String[] {"echo $(ls 'a b')", "`ls`", "diff <(a) b", "tee >(a)"}) {
      assertThat(ShellTool.unseen(command))
          .isEqualTo("eval '" + command.replace("'", "'\\''") + "'");
    }
  }

  @Test
  void aJudgementThatGeminiAsksForIsNoTurn() throws Exception {
    Ask ask =
        gemini(
            false,
            "{\"generationConfig\":{\"responseMimeType\":\"application/json\"},\"contents\":["
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"fix\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"I did.\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Does it go round in circles?\"}]}]}");

    assertThat(ask.side()).isTrue();
    assertThat(ask.stream()).isFalse();
  }

  @Test
  void otherRequiredArgumentsGetWhatTheirSchemaAllows() {
    Ask ask =
        chat(
            "\"tools\":["
                + chatTool(
                    "execute_bash",
                    "\"command\":{\"type\":\"string\"},\"risk\":{\"type\":\"string\",\"enum\":[\"LOW\",\"HIGH\"]},"
                        + "\"cwd\":{\"type\":\"string\"},\"timeout_ms\":{\"type\":\"integer\"},\"tags\":{\"type\":\"array\"},"
                        + "\"kept\":{\"type\":\"string\",\"default\":\"yes\"}",
                    "\"command\",\"risk\",\"cwd\",\"timeout_ms\",\"tags\",\"kept\"")
                + "],",
            "");

    assertThat(arguments(ask))
        .isEqualTo(
            "{\"command\":\"ls \\\"a b\\\"\",\"cwd\":\".\",\"kept\":\"yes\",\"risk\":\"LOW\","
                + "\"tags\":[],\"timeout_ms\":120000}");
  }

  @Test
  void anAgentWithoutToolsIsNoSideRequest() {
    Ask first =
        chat(
            "",
            "{\"role\":\"system\",\"content\":\"Answer with one command in a ```bash block.\"},"
                + "{\"role\":\"user\",\"content\":\"Write a summary of the log. To end, run `echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT`.\"}");
    Ask later =
        chat(
            "",
            "{\"role\":\"system\",\"content\":\"Answer in a ```bash block.\"},{\"role\":\"user\",\"content\":\"Do it.\"},"
                + "{\"role\":\"assistant\",\"content\":\"```bash\\nls\\n```\"},{\"role\":\"user\",\"content\":\"<output>x</output>\"}");

    assertThat(first.side()).isFalse();
    assertThat(first.submits()).contains("echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT");
    assertThat(Turns.next(0, later.turns())).isEqualTo(1);
  }
}
