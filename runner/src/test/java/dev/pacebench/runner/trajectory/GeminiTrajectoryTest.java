package dev.pacebench.runner.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.record.CallFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of work over Gemini, whose calls may have no ids. */
class GeminiTrajectoryTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ASKED =
      "{\"role\":\"user\",\"parts\":[{\"text\":\"Context.\"},{\"text\":\"Do it.\"}]}";

  @TempDir Path evidence;
  private final List<String> lines = new ArrayList<>();

  private void call(int seq, String contents, String tools, String... events) {
    String request =
        "{\"systemInstruction\":{\"parts\":[{\"text\":\"Rules.\"}]},%s\"contents\":[%s]}"
            .formatted(tools, contents);
    lines.add(said("request", seq, request));
    for (String parts : events) {
      String event = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[%s]}}]}";
      lines.add(said("part", seq, "data: " + event.formatted(parts) + "\r\n\r\n"));
    }
    lines.add(
        """
        {"kind":"end","seq":%1$d,"attempt":1,"complete":true,"call":{"seq":%1$d,"attempt":1,\
        "protocol":"gemini","transport":"sse","connection":1,"connection_reused":false,\
        "asked":{"model":"m","stream":true,"warm_up":false,"rewritten":[]},\
        "answer":{"status":200,"end":"completed","server_timing":{},"events":1,"visible_chars":1,\
        "malformed":0,"usage":{"input":5,"cached":0,"cache_write":0,"output":7,"reasoning":0}},\
        "times":{"scheduled":%2$d,"send":%2$d,"end":%3$d},"bytes_up":1,"bytes_down":1}}"""
            .formatted(seq, seq * 1_000_000_000L, seq * 1_000_000_000L + 500_000_000));
  }

  private void work(int seq, String contents, String... events) {
    call(seq, contents, "\"tools\":[{\"functionDeclarations\":[{}]}],", events);
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

  private static String list(String id) {
    String given = id.isEmpty() ? "" : "\"id\":\"" + id + "\",";
    return "{\"functionCall\":{" + given + "\"name\":\"run\",\"args\":{\"command\":\"ls\"}}}";
  }

  private static String result(String id, String output) {
    return "{\"functionResponse\":{\"id\":\"%s\",\"name\":\"run\",\"response\":{\"output\":\"%s\"}}}"
        .formatted(id, output);
  }

  private static String turn(String calls, String results) {
    return ",{\"role\":\"model\",\"parts\":["
        + calls
        + "]},{\"role\":\"user\",\"parts\":["
        + results
        + "]}";
  }

  private JsonNode told(String... events) throws Exception {
    lines.add(0, "{\"kind\":\"recording\",\"version\":1,\"trial\":\"t\"}");
    Path calls = Files.createDirectories(evidence.resolve(CallFiles.FOLDER));
    Files.write(
        calls.resolve(CallFiles.RECORDING),
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    Path logs = Files.createDirectories(evidence.resolve("agent"));
    Files.write(logs.resolve(ToolEvents.FILE), List.of(events));
    TrajectoriesTest.write(evidence, 10_000);
    JsonNode told = TrajectoriesTest.read(evidence);
    assertThat(AtifRules.check(told)).isEmpty();
    return told;
  }

  @Test
  void resultsFindTheirCallsByPlaceWhereTheseHaveNoIds() throws Exception {
    String first = ASKED + turn(list("own-1"), result("own-1", "one"));
    String second =
        first
            + turn(
                list("own-2") + "," + list("own-3"),
                result("own-2", "two") + "," + result("own-3", "three"));
    work(1, ASKED, "{\"text\":\"Hm.\",\"thought\":true}", "{\"text\":\"I look.\"}", list(""));
    work(2, first, list("") + "," + list(""));
    work(3, second, "{\"text\":\"Done.\"}");

    JsonNode told = told();

    JsonNode look = told.at("/steps/3");
    assertThat(look.at("/message").stringValue()).isEqualTo("I look.");
    assertThat(look.at("/reasoning_content").stringValue()).isEqualTo("Hm.");
    assertThat(look.at("/tool_calls/0/arguments/command").stringValue()).isEqualTo("ls");
    assertThat(look.at("/observation/results/0/content").stringValue()).isEqualTo("one");
    assertThat(told.at("/steps/4/observation/results/0/content").stringValue()).isEqualTo("two");
    assertThat(told.at("/steps/4/observation/results/1/content").stringValue()).isEqualTo("three");
    assertThat(told.at("/steps/5/message").stringValue()).isEqualTo("Done.");
  }

  @Test
  void resultsFindTheirCallsByIdWhereTheseHaveOne() throws Exception {
    work(1, ASKED, list("a") + "," + list("b"));
    work(
        2,
        ASKED + turn(list("a") + "," + list("b"), result("b", "of b") + "," + result("a", "of a")),
        "{\"text\":\"Done.\"}");

    JsonNode told = told();

    assertThat(told.at("/steps/3/observation/results/0/content").stringValue()).isEqualTo("of a");
    assertThat(told.at("/steps/3/observation/results/1/content").stringValue()).isEqualTo("of b");
  }

  @Test
  void whatIsAskedBesideTheWorkIsNoTurnOfIt() throws Exception {
    work(1, ASKED, list("a"));
    call(2, "{\"role\":\"user\",\"parts\":[{\"text\":\"In circles?\"}]}", "", "{\"text\":\"{}\"}");
    work(3, ASKED + turn(list("a"), result("a", "x")), "{\"text\":\"Done.\"}");

    JsonNode told = told();

    assertThat(told.at("/steps").size()).isEqualTo(5);
    assertThat(told.at("/extra/side_talks").size()).isOne();
    assertThat(told.at("/extra/side_talks/0/kind").stringValue()).isEqualTo("without_tools");
  }

  @Test
  void theProgramsOwnEventsTellHowLongToolsTook() throws Exception {
    work(1, ASKED, list("a"));
    work(2, ASKED + turn(list("a"), result("a", "x")), "{\"text\":\"Done.\"}");

    JsonNode told =
        told(
            "{\"ms\":1600,\"event\":{\"type\":\"tool_use\",\"tool_id\":\"run__a\"}}",
            "{\"ms\":1850,\"event\":{\"type\":\"tool_result\",\"tool_id\":\"run__a\"}}");

    assertThat(told.at("/steps/3/extra/tools/0/took_ms").doubleValue()).isEqualTo(250);
  }
}
