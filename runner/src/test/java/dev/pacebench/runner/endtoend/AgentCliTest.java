package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.CallTimes;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.gateway.simulated.SentCall;
import dev.pacebench.sandbox.CommandResult;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that others made do two turns of work through relay and gateway, each its own way. */
@Tag("docker")
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentCliTest {

  private static final String PROGRAM = "/opt/program";

  private static final String CODEX =
      """
      mkdir -p /root/codex /root/work && cd /root/work || exit 9
      cat >/root/codex/config.toml <<END
      model = "some-model"
      model_provider = "here"
      approval_policy = "never"
      sandbox_mode = "danger-full-access"
      check_for_update_on_startup = false
      web_search = "disabled"
      [features]
      plugins = false
      apps = false
      goals = false
      multi_agent = false
      [analytics]
      enabled = false
      [model_providers.here]
      name = "here"
      base_url = "http://127.0.0.1:$PORT/v1"
      wire_api = "responses"
      env_key = "TOKEN"
      supports_websockets = %s
      request_max_retries = 0
      stream_max_retries = 0
      END
      HOME=/root CODEX_HOME=/root/codex %s exec --json --skip-git-repo-check 'Make the file.'
      """;

  private static final String CLAUDE_CODE =
      """
      mkdir -p /root/work && cd /root/work || exit 9
      export HOME=/root IS_SANDBOX=1 CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1
      export DISABLE_AUTOUPDATER=1 DISABLE_TELEMETRY=1 CLAUDE_CODE_MAX_RETRIES=0
      export ANTHROPIC_BASE_URL=http://127.0.0.1:$PORT ANTHROPIC_API_KEY=$TOKEN
      %s -p 'Make the file.' --output-format stream-json --verbose --model some-model \
        --dangerously-skip-permissions
      """;

  private static final String OPENCODE =
      """
      mkdir -p /root/work && cd /root/work || exit 9
      cat >opencode.json <<END
      {
        "provider": {
          "here": {
            "npm": "@ai-sdk/openai-compatible",
            "options": {"baseURL": "http://127.0.0.1:$PORT/v1", "apiKey": "$TOKEN"},
            "models": {"some-model": {"limit": {"context": 100000, "output": 8000}}}
          }
        },
        "model": "here/some-model",
        "small_model": "here/some-model"
      }
      END
      export HOME=/root OPENCODE_DISABLE_AUTOUPDATE=1 OPENCODE_DISABLE_MODELS_FETCH=1
      export OPENCODE_DISABLE_LSP_DOWNLOAD=1
      %s run --format json 'Make the file.'
      """;

  private AgentCliGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = new AgentCliGateway(folder);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void codexWorksOverWebSocketAndSendsOnlyWhatIsNew() throws Exception {
    List<CallRecord> calls =
        work(
            AgentCliProgram.CODEX,
            Protocol.OPENAI_RESPONSES,
            "websocket",
            CODEX.formatted("true", PROGRAM));

    assertThat(calls).hasSize(3).allMatch(call -> call.transport() == Transport.WEBSOCKET);
    CallRecord warmUp = calls.get(0);
    CallRecord first = calls.get(1);
    CallRecord second = calls.get(2);
    assertThat(warmUp.asked().warmUp()).isTrue();
    assertThat(warmUp.answer().end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(first.asked().continues()).isEqualTo(warmUp.answer().responseId()).isNotNull();
    assertThat(second.asked().continues()).isEqualTo(first.answer().responseId()).isNotNull();
    assertThat(second.bytesUp()).isLessThan(first.bytesUp());
    assertThat(calls).extracting(CallRecord::connection).containsOnly(warmUp.connection());
    turns(List.of(first, second), Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET);
  }

  @Test
  void codexWorksOverServerSentEvents() throws Exception {
    List<CallRecord> calls =
        work(
            AgentCliProgram.CODEX,
            Protocol.OPENAI_RESPONSES,
            "sse",
            CODEX.formatted("false", PROGRAM));

    turns(calls, Protocol.OPENAI_RESPONSES, Transport.SSE);
    assertThat(calls.get(1).asked().continues()).isNull();
    assertThat(calls.get(1).bytesUp()).isGreaterThan(calls.get(0).bytesUp());
  }

  @Test
  void claudeCodeWorksOverMessages() throws Exception {
    List<CallRecord> calls =
        work(
            AgentCliProgram.CLAUDE_CODE,
            Protocol.ANTHROPIC_MESSAGES,
            "sse",
            CLAUDE_CODE.formatted(PROGRAM));

    turns(calls, Protocol.ANTHROPIC_MESSAGES, Transport.SSE);
  }

  @Test
  void opencodeWorksOverChatCompletionsWithATitleAtTheSide() throws Exception {
    List<CallRecord> calls =
        work(AgentCliProgram.OPENCODE, Protocol.OPENAI_CHAT, "sse", OPENCODE.formatted(PROGRAM));

    // The title is asked for beside the first turn, in either order, with far less to read.
    List<CallRecord> bySize =
        calls.stream().sorted(Comparator.comparingLong(CallRecord::bytesUp)).toList();
    assertThat(bySize).hasSize(3);
    CallRecord title = bySize.get(0);
    assertThat(title.answer().end()).isEqualTo(CallEnd.COMPLETED);
    assertThat(title.bytesUp()).isLessThan(bySize.get(1).bytesUp() / 2);
    assertThat(title.answer().usage().output())
        .isPositive()
        .isLessThan(tokens(AgentCliGateway.SECOND));
    turns(bySize.subList(1, 3), Protocol.OPENAI_CHAT, Transport.SSE);
  }

  /** Lets a program do the job and returns what the gateway recorded. */
  private List<CallRecord> work(
      AgentCliProgram program, Protocol protocol, String transport, String script)
      throws Exception {
    Path file = program.file();
    try (AgentCliPlace place = new AgentCliPlace(gateway, protocol, transport)) {
      place.inside().put(file, PROGRAM, true);
      CommandResult result = place.run(script);
      assertThat(result.succeeded())
          .as("%s\n%s\n%s", result.end(), result.stdout(), result.stderr())
          .isTrue();
      assertThat(place.run("cat " + AgentCliGateway.MADE).stdout().text())
          .as("what was made; the program said\n%s\n%s", result.stdout(), result.stderr())
          .isEqualTo("hello");
      assertThat(result.stdout().text()).contains(AgentCliGateway.SECOND.text());
      asSent(place.calls(), place.sent());
      return place.calls();
    }
  }

  /** What the gateway saw is what the model sent, and not before it was. */
  private static void asSent(List<CallRecord> calls, List<SentCall> sent) {
    assertThat(sent).hasSameSizeAs(calls).allMatch(SentCall::whole);
    for (CallRecord call : calls) {
      SentCall truth =
          sent.stream().filter(it -> it.id().equals(call.answer().responseId())).findAny().get();
      assertThat(call.answer().usage().output()).isEqualTo(truth.tokens());
      assertThat(call.answer().events()).isEqualTo(truth.sent().length);
      assertThat(truth.read()).isGreaterThan(call.times().send());
      if (truth.first() >= 0) {
        assertThat(call.times().first()).isGreaterThan(truth.firstSent());
        assertThat(call.times().last()).isGreaterThan(truth.lastSent());
      }
    }
  }

  /** Two turns, whole and with what the script says, whichever the protocol. */
  private static void turns(List<CallRecord> turns, Protocol protocol, Transport transport) {
    assertThat(turns)
        .hasSize(2)
        .allSatisfy(
            turn -> {
              assertThat(turn.protocol()).isEqualTo(protocol);
              assertThat(turn.transport()).isEqualTo(transport);
              assertThat(turn.attempt()).isEqualTo(1);
              assertThat(turn.asked().warmUp()).isFalse();
              assertThat(turn.answer().end()).isEqualTo(CallEnd.COMPLETED);
              assertThat(turn.answer().malformed()).isZero();
              assertThat(turn.answer().model()).isEqualTo(AgentCliPlace.MODEL);
              assertThat(turn.answer().usage().input()).isPositive();
              inOrder(turn.times());
            });
    assertThat(turns)
        .extracting(turn -> turn.answer().usage().output())
        .containsExactly(tokens(AgentCliGateway.FIRST), tokens(AgentCliGateway.SECOND));
    assertThat(turns.get(1).times().send()).isGreaterThan(turns.get(0).times().terminal());
  }

  private static long tokens(Script.Turn turn) {
    return turn.reasoningTokens() + turn.outputTokens();
  }

  private static void inOrder(CallTimes times) {
    List<Long> order =
        List.of(
            times.send(),
            times.sent(),
            times.headers(),
            times.first(),
            times.answer(),
            times.last(),
            times.terminal(),
            times.end());
    assertThat(order).isSorted();
  }
}
