package dev.pacebench.runner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.SimulatedTier;
import dev.pacebench.sandbox.CommandResult.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The loop with a model at the other end of a real gateway. */
@Timeout(60)
class LoopGatewayTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Script SCRIPT =
      new Script(
          "good",
          true,
          List.of(
              new Script.Turn("Look first.", "I look.", List.of("ls", "pwd"), 5, 20),
              new Script.Turn("", "Now write.", List.of("echo 42 > answer.txt"), 0, 20),
              new Script.Turn("", "It is done.", List.of(), 0, 5)));

  @TempDir static Path folder;

  private static LoopRig rig;

  private FakeSandbox sandbox = sandbox();
  private SimulatedTier.Faults faults = SimulatedTier.Faults.NONE;

  @BeforeAll
  static void begin() throws Exception {
    rig = new LoopRig(folder);
  }

  @AfterAll
  static void end() {
    rig.close();
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(Protocol.OPENAI_RESPONSES, Transport.SSE),
        Arguments.of(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET),
        Arguments.of(Protocol.OPENAI_CHAT, Transport.SSE),
        Arguments.of(Protocol.ANTHROPIC_MESSAGES, Transport.SSE));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void scriptedWorkIsDoneOverEveryProtocol(Protocol protocol, Transport transport)
      throws Exception {
    List<CallRecord> calls = new ArrayList<>();

    AgentEnd end = run(protocol, transport, ContenderLimits.none(), "work", calls);

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(commands()).containsExactly("ls", "pwd", "echo 42 > answer.txt");
    assertThat(calls).hasSize(3);
    assertThat(calls).allMatch(call -> call.answer().end() == CallEnd.COMPLETED);
    assertThat(calls).allMatch(call -> call.transport() == transport);
    assertThat(calls).extracting(CallRecord::connection).containsOnly(1);
    assertThat(steps("work"))
        .extracting(step -> step.path("text").stringValue())
        .containsExactly("I look.", "Now write.", "It is done.");
    assertThat(steps("work").get(0).path("reasoning").stringValue()).isEqualTo("Look first.");
    assertThat(steps("work").get(0).path("usage").path("output").longValue()).isEqualTo(25);
  }

  @Test
  void overAWebSocketOnlyTheIncrementTravels() throws Exception {
    List<CallRecord> calls = new ArrayList<>();
    List<CallRecord> whole = new ArrayList<>();

    run(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, ContenderLimits.none(), "inc", calls);
    run(Protocol.OPENAI_RESPONSES, Transport.SSE, ContenderLimits.none(), "whole", whole);

    assertThat(calls.get(0).asked().continues()).isNull();
    assertThat(calls.get(1).asked().continues()).isNotNull();
    assertThat(calls.get(2).asked().continues()).isNotNull();
    assertThat(calls.get(2).bytesUp()).isLessThan(calls.get(1).bytesUp());
    assertThat(whole.get(2).bytesUp()).isGreaterThan(whole.get(1).bytesUp());
    assertThat(calls.get(2).bytesUp()).isLessThan(whole.get(2).bytesUp());
    assertThat(calls).extracting(CallRecord::connection).containsOnly(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theSameSeedGivesTheSameTrajectoryTwice(Protocol protocol, Transport transport)
      throws Exception {
    List<String> first = trajectory(protocol, transport, "one");
    sandbox = sandbox();
    List<String> second = trajectory(protocol, transport, "two");

    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void usedUpTokensEndItAsSuch(Protocol protocol, Transport transport) throws Exception {
    ContenderLimits limits =
        new ContenderLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.of(1L),
            Optional.empty(),
            ContenderLimits.CallRates.NONE);

    AgentEnd end = run(protocol, transport, limits, "limit", new ArrayList<>());

    assertThat(end.ended()).isEqualTo(Ended.TOKEN_LIMIT);
    assertThat(commands()).containsExactly("ls", "pwd");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void answersThatBreakOffAreAskedForAgain(Protocol protocol, Transport transport)
      throws Exception {
    faults = new SimulatedTier.Faults(0, 0, 0, 0.4);
    List<CallRecord> calls = new ArrayList<>();

    AgentEnd end = run(protocol, transport, ContenderLimits.none(), "cut", calls);

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(commands()).containsExactly("ls", "pwd", "echo 42 > answer.txt");
    assertThat(calls).anyMatch(call -> call.answer().end() == CallEnd.CUT);
  }

  @Test
  void onAWebSocketWhereTheGatewayRetriesNothingTheLoopDoes() throws Exception {
    faults = new SimulatedTier.Faults(0.15, 0.15, 0.15, 0);
    List<CallRecord> calls = new ArrayList<>();

    AgentEnd end =
        run(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, ContenderLimits.none(), "ws", calls);

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(calls).hasSizeGreaterThan(3);
  }

  private List<String> trajectory(Protocol protocol, Transport transport, String name)
      throws Exception {
    run(protocol, transport, ContenderLimits.none(), name, new ArrayList<>());
    List<String> lines = new ArrayList<>();
    for (JsonNode step : steps(name)) {
      lines.add(
          step.path("stop")
              + " "
              + step.path("reasoning")
              + " "
              + step.path("text")
              + " "
              + step.path("calls")
              + " "
              + step.path("usage"));
    }
    return lines;
  }

  private AgentEnd run(
      Protocol protocol,
      Transport transport,
      ContenderLimits limits,
      String name,
      List<CallRecord> calls)
      throws Exception {
    SimulatedTier tier =
        new SimulatedTier(
            Duration.ofMillis(2), 5_000, 4, 0, Duration.ZERO, Duration.ZERO, 0, 1, faults);
    Play play = new Play(tier, Optional.of(SCRIPT), 7);
    try (Door door = rig.open(play, limits)) {
      AgentContext context =
          rig.context(door, protocol, transport, sandbox, folder.resolve(name), state -> {});
      AgentEnd end = new LoopAgent(Ticker.SYSTEM).run(context);
      door.shut();
      calls.addAll(door.calls(false));
      return end;
    }
  }

  private List<String> commands() {
    return sandbox.commands.stream()
        .map(command -> command.script().replace("exec 2>&1; ", ""))
        .toList();
  }

  private static List<JsonNode> steps(String name) throws Exception {
    List<JsonNode> steps = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name).resolve(LoopLog.FILE))) {
      steps.add(JSON.readTree(line));
    }
    return steps;
  }

  private static FakeSandbox sandbox() {
    return new FakeSandbox(script -> FakeSandbox.result(End.EXITED, 0, "ok"));
  }
}
