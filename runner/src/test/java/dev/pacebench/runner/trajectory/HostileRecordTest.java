package dev.pacebench.runner.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.record.CallFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records and logs with content that nobody should have written. */
@Timeout(60)
class HostileRecordTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path evidence;
  private Path calls;
  private Path logs;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void folders() throws Exception {
    calls = Files.createDirectories(evidence.resolve(CallFiles.FOLDER));
    logs = Files.createDirectories(evidence.resolve("agent"));
    lines.add("{\"kind\":\"recording\",\"version\":1,\"trial\":\"t\"}");
  }

  private JsonNode told() throws Exception {
    Files.write(
        calls.resolve(CallFiles.RECORDING),
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    TrajectoriesTest.write(evidence, 1000);
    JsonNode told = TrajectoriesTest.read(evidence);
    assertThat(AtifRules.check(told)).isEmpty();
    assertThat(Files.size(logs.resolve(Trajectories.FILE))).isLessThan(4L << 20);
    return told;
  }

  private void call(int seq, Protocol protocol, String request, String answer) {
    lines.add(said("request", seq, request));
    lines.add(said("part", seq, answer));
    lines.add(
        """
        {"kind":"end","seq":%1$d,"attempt":1,"complete":true,"call":{"seq":%1$d,"attempt":1,\
        "protocol":"%2$s","transport":"sse","connection":1,"connection_reused":false,\
        "asked":{"model":"m","stream":true,"warm_up":false,"rewritten":[]},\
        "answer":{"status":200,"end":"completed","server_timing":{},"events":1,"visible_chars":1,\
        "malformed":0,"usage":{"input":5,"cached":9,"cache_write":0,"output":7,"reasoning":0}},\
        "times":{"scheduled":%3$d,"send":%3$d,"end":%4$d},"bytes_up":1,"bytes_down":1}}"""
            .formatted(seq, protocol.word(), seq * 1_000_000L, seq * 1_000_000L + 500_000));
  }

  private static String said(String kind, int seq, String text) {
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("kind", kind)
            .put("seq", seq)
            .put("attempt", 1)
            .put("ns", 1)
            .put("text", text));
  }

  private static String chat(String said, String arguments) {
    return "data: "
        + JSON.writeValueAsString(
            JSON.readTree(
                "{\"choices\":[{\"delta\":{\"content\":"
                    + JSON.writeValueAsString(said)
                    + ",\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"shell\",\"arguments\":"
                    + JSON.writeValueAsString(arguments)
                    + "}}]},\"finish_reason\":\"tool_calls\"}]}"))
        + "\n\ndata: [DONE]\n\n";
  }

  private static String asked(String user, String result) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":"
        + JSON.writeValueAsString(user)
        + "},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":"
        + JSON.writeValueAsString(result)
        + "}],\"tools\":[{}]}";
  }

  @Test
  void longOutputsAreCutWithANote() throws Exception {
    String large = "\u001b[2J\u0000x".repeat(1 << 20);
    call(1, Protocol.OPENAI_CHAT, asked(large, ""), chat(large, "{\"command\":\"ls\"}"));
    call(2, Protocol.OPENAI_CHAT, asked(large, large), chat("done", "{\"command\":\"ls\"}"));

    JsonNode told = told();

    assertThat(told.path("steps").size()).isEqualTo(3);
    for (String path : List.of("/0/message", "/1/message", "/1/observation/results/0/content")) {
      assertThat(told.path("steps").at(path).stringValue())
          .as(path)
          .contains("characters left out")
          .hasSizeLessThanOrEqualTo(Texts.LONGEST);
    }
  }

  @Test
  void tokensThatCannotBeAreMadePossible() throws Exception {
    call(1, Protocol.OPENAI_CHAT, asked("u", ""), chat("", "{}"));

    assertThat(told().at("/steps/1/metrics/cached_tokens").intValue()).isEqualTo(5);
  }

  @Test
  void argumentsThatAreNoObjectAreKeptAsText() throws Exception {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    List<String> bad = List.of("not json", "[1]", deep, "", "{\"a\":" + deep + "}", "\"\ud800\"");
    int seq = 0;
    for (String arguments : bad) {
      call(++seq, Protocol.OPENAI_CHAT, asked("u", ""), chat("", arguments));
    }

    for (JsonNode step : told().path("steps")) {
      JsonNode call = step.path("tool_calls").path(0);
      assertThat(call.isMissingNode() || call.path("arguments").isObject()).isTrue();
    }
  }

  @Test
  void halfCharactersDoNotSpoilTheFile() throws Exception {
    call(
        1,
        Protocol.OPENAI_CHAT,
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud800b\"}],\"tools\":[{}]}",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\udc00\",\"tool_calls\":[{\"id\":\"\\ud800\","
            + "\"function\":{\"name\":\"\\ud800\",\"arguments\":\"{\\\"\\\\ud800\\\":\\\"\\\\ud800\\\"}\"}}]},"
            + "\"finish_reason\":\"stop\"}]}\n\n");

    assertThat(told().at("/steps/0/message").stringValue()).isEqualTo("a\uFFFDb");
  }

  @Test
  void idsThatAModelUsesTwiceAreToldApart() throws Exception {
    String twice =
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
            + "{\"name\":\"\",\"arguments\":\"{}\"}},{\"index\":1,\"id\":\"c1\",\"function\":"
            + "{\"name\":\"x\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"stop\"}]}\n\n";
    call(1, Protocol.OPENAI_CHAT, asked("u", ""), twice);

    assertThat(told().at("/steps/1/tool_calls").size()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void nonsenseInAnyPlaceMakesNoFailure(Protocol protocol) throws Exception {
    String deep = "[".repeat(10_000);
    int seq = 0;
    for (String request :
        List.of(
            "",
            "null",
            "[]",
            deep,
            "{\"contents\":[5,{\"role\":\"model\",\"parts\":[{\"functionCall\":5},7]},{\"parts\":["
                + "{\"functionResponse\":{\"response\":[[]]}},{\"functionResponse\":1}]}]}",
            "{\"input\":5,\"messages\":{\"role\":\"user\"},\"system\":[[[]]],\"tools\":7}",
            "{\"input\":[[],{},null,{\"type\":\"message\",\"role\":5,\"content\":{}}],"
                + "\"messages\":[[],{},null,{\"role\":\"user\",\"content\":[null,{}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":[]}]}")) {
      for (String answer :
          List.of(
              "",
              "{}",
              "{" + deep,
              "data: " + deep + "\n\n",
              "data: null\n\ndata: []\n\n",
              "data: {\"type\":\"response.output_item.done\",\"item\":[]}\n\n",
              "data: {\"type\":\"content_block_start\",\"index\":\"x\",\"content_block\":5}\n\n"
                  + "data: {\"type\":\"content_block_stop\"}\n\n",
              "data: {\"choices\":{\"0\":5}}\n\n",
              "data: {\"candidates\":[{\"content\":{\"parts\":[5,{\"functionCall\":{\"args\":[],"
                  + "\"name\":{}}},{\"text\":[],\"thought\":\"x\"}]}}]}\n\n",
              "\u0000\u0001\r\r\n\n:\ndata")) {
        call(++seq, protocol, request, answer);
      }
    }

    told();
  }

  @Test
  void brokenLinesAreCountedAndTheRestIsTold() throws Exception {
    call(1, Protocol.OPENAI_CHAT, asked("first", ""), chat("one", "{}"));
    lines.add("{\"kind\":\"part\",\"seq\":");
    lines.add("[".repeat(10_000));
    lines.add("\u0000\u0000");
    lines.add("{\"kind\":\"end\",\"seq\":9,\"attempt\":1,\"call\":{}}");
    lines.add("{\"kind\":\"part\",\"seq\":2,\"attempt\":1,\"base64\":\"***\"}");
    call(2, Protocol.OPENAI_CHAT, asked("first", "r"), chat("two", "{}"));

    JsonNode told = told();

    assertThat(told.at("/steps/1/message").stringValue()).isEqualTo("one");
    assertThat(told.at("/steps/2/message").stringValue()).isEqualTo("two");
    assertThat(told.path("notes").stringValue()).contains("5 lines");
  }

  @Test
  void anAgentsOwnLogMayHoldAnything() throws Exception {
    call(1, Protocol.OPENAI_CHAT, asked("first", ""), chat("one", "{\"command\":\"ls\"}"));
    Files.writeString(
        logs.resolve(LoopSteps.FILE),
        "x\n[]\n{\"answered_ms\":1,\"calls\":[{\"took_ms\":\"x\",\"result\":5}],\"notes\":{\"a\":1}}\n"
            + "{\"answered_ms\":1,\"calls\":[1,2,3,4]}\n");
    Files.writeString(
        logs.resolve(ToolEvents.FILE),
        "{\"ms\":\"x\"}\n{\"ms\":5,\"event\":[]}\n{\"ms\":1e308,\"event\":{\"type\":\"tool_use\"}}\n"
            + "{\"ms\":5,\"event\":{\"type\":\"item.completed\",\"item\":{\"id\":[]}}}\n");

    assertThat(told().path("notes").stringValue()).contains("own log");
  }

  @Test
  void aFileThatIsALinkIsNotFollowed() throws Exception {
    Path secret = Files.writeString(evidence.resolve("secret"), "do not tell");
    Files.createSymbolicLink(logs.resolve("stdout.txt"), secret);

    assertThat(told().toString()).doesNotContain("do not tell");
  }
}
