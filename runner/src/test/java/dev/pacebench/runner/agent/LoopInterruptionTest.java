package dev.pacebench.runner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.SideBySide;
import dev.pacebench.runner.gateway.call.CallEnd;
import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.proxy.Door;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.gateway.simulated.Script.Later;
import dev.pacebench.runner.gateway.simulated.Script.Turn;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.lineup.SimulatedTier;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.tasks.Interruption;
import dev.pacebench.tasks.Steering;
import dev.pacebench.tasks.Steering.RewardStrategy;
import dev.pacebench.tasks.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** New instructions reach the loop in the middle of what it does, over every protocol. */
@Timeout(60)
@Tag("slow")
class LoopInterruptionTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String STOP = "Stop. Write 43 instead.";
  private static final String LONG = "I think of it and write it down. ".repeat(400);

  /** The second turn would take a minute or more. */
  private static final Script SCRIPT =
      new Script(
          "good",
          true,
          List.of(
              new Turn("", "I look.", List.of("ls"), 0, 10),
              new Turn("", LONG, List.of("echo 42 > answer.txt"), 0, 6_000),
              new Turn("", "It is done.", List.of(), 0, 5)),
          List.of(
              new Later(
                  "Write 43 instead",
                  List.of(
                      new Turn("", "As you wish.", List.of("echo 43 > answer.txt"), 0, 10),
                      new Turn("", "It is 43 now.", List.of(), 0, 5)))));

  @TempDir static Path folder;

  private static LoopRig rig;

  private final FakeSandbox sandbox =
      new FakeSandbox(script -> FakeSandbox.result(End.EXITED, 0, "ok"));
  private final List<CallRecord> calls = new ArrayList<>();
  private final InterruptionLog arrivals = new InterruptionLog();
  private Script script = SCRIPT;
  private Duration firstToken = Duration.ofMillis(2);

  @BeforeAll
  static void begin() throws Exception {
    rig = new LoopRig(folder);
    // So that later nothing but the model is slow.
    for (Transport transport : List.of(Transport.SSE, Transport.WEBSOCKET)) {
      new LoopInterruptionTest().run(Protocol.OPENAI_RESPONSES, transport, "warm", atTurn(2, STOP));
    }
  }

  @AfterAll
  static void end() {
    rig.close();
  }

  /** What each does of its own, for one way. */
  private interface Way {
    void go(LoopInterruptionTest test, Protocol protocol, Transport transport) throws Exception;
  }

  /** All wait for a model or a clock, so they do it at the same time. */
  @TestFactory
  List<DynamicTest> newInstructions() {
    SideBySide cases = new SideBySide(20);
    everyWay(
        cases,
        "a model that has not begun to answer is interrupted too",
        LoopInterruptionTest::aModelThatHasNotBegunToAnswerIsInterruptedToo);
    everyWay(
        cases,
        "a command is stopped and every call of the turn has a result",
        LoopInterruptionTest::aCommandIsStoppedAndEveryCallOfTheTurnHasAResult);
    everyWay(
        cases,
        "an answer is cut off and what comes next follows the new instructions",
        LoopInterruptionTest::anAnswerIsCutOffAndWhatComesNextFollowsTheNewInstructions);
    return cases.tests();
  }

  private static void everyWay(SideBySide cases, String name, Way way) {
    for (Protocol protocol :
        List.of(Protocol.OPENAI_RESPONSES, Protocol.OPENAI_CHAT, Protocol.ANTHROPIC_MESSAGES)) {
      cases.add(
          name + ": " + protocol,
          () -> way.go(new LoopInterruptionTest(), protocol, Transport.SSE));
    }
    cases.add(
        name + ": WebSocket",
        () -> way.go(new LoopInterruptionTest(), Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET));
  }

  private void anAnswerIsCutOffAndWhatComesNextFollowsTheNewInstructions(
      Protocol protocol, Transport transport) throws Exception {
    String name = "turn-" + protocol + transport;

    AgentEnd end = run(protocol, transport, name, atTurn(2, STOP));

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(commands()).containsExactly("ls", "echo 43 > answer.txt");
    assertThat(calls)
        .extracting(call -> call.answer().end())
        .containsExactly(
            CallEnd.COMPLETED, CallEnd.ABANDONED, CallEnd.COMPLETED, CallEnd.COMPLETED);
    assertThat(arrivals.arrivals()).hasSize(1);
    // The call that was cut off had begun before, the next one was sent after.
    long came = arrivals.arrivals().get(0);
    assertThat(calls.get(1).times().first()).isLessThanOrEqualTo(came);
    assertThat(calls.get(2).times().send()).isGreaterThan(came);
    List<JsonNode> lines = lines(name);
    assertThat(lines.get(1).path("text").asString()).startsWith("I think");
    assertThat(lines.get(2).path("interruption").intValue()).isEqualTo(1);
    assertThat(lines.get(2).path("arrived").booleanValue()).isTrue();
    assertThat(lines.get(2).path("instruction").asString()).isEqualTo(STOP);
    assertThat(lines.get(3).path("text").asString()).isEqualTo("As you wish.");
  }

  private void aModelThatHasNotBegunToAnswerIsInterruptedToo(Protocol protocol, Transport transport)
      throws Exception {
    firstToken = Duration.ofMillis(2400);
    script =
        new Script(
            "good", true, List.of(new Turn("", "It is done.", List.of(), 0, 5)), SCRIPT.later());

    AgentEnd end = run(protocol, transport, "wait-" + protocol + transport, atTime(1200, STOP));

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(commands()).containsExactly("echo 43 > answer.txt");
    assertThat(calls.get(0).answer().end()).isEqualTo(CallEnd.ABANDONED);
    assertThat(calls.get(0).times().first()).isNull();
    assertThat(calls).hasSize(3);
  }

  private void aCommandIsStoppedAndEveryCallOfTheTurnHasAResult(
      Protocol protocol, Transport transport) throws Exception {
    script =
        new Script(
            "good",
            true,
            List.of(
                new Turn("", "I wait.", List.of("sleep 1000", "rm -r data"), 0, 10),
                new Turn("", "It is done.", List.of(), 0, 5)),
            SCRIPT.later());

    String name = "command-" + protocol + transport;
    AgentEnd end = run(protocol, transport, name, atTime(800, STOP));

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(commands()).containsExactly("sleep 1000", "echo 43 > answer.txt");
    assertThat(calls).allMatch(call -> call.answer().end() == CallEnd.COMPLETED).hasSize(3);
    JsonNode turn = lines(name).get(0);
    assertThat(turn.path("calls").path(0).path("result").asString())
        .startsWith("stopped, since new instructions came");
    assertThat(turn.path("calls").path(1).path("result").asString()).startsWith("not run");
  }

  @Test
  void anInterruptionThatComesTooLateIsRecordedAsSuch() throws Exception {
    script =
        new Script(
            "good", true, List.of(new Turn("", "It is done.", List.of(), 0, 5)), SCRIPT.later());

    AgentEnd end = run(Protocol.OPENAI_RESPONSES, Transport.SSE, "late", atTime(600_000, STOP));

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(arrivals.arrivals()).isEmpty();
    List<JsonNode> lines = lines("late");
    assertThat(lines.get(1).path("interruption").intValue()).isEqualTo(1);
    assertThat(lines.get(1).path("arrived").booleanValue()).isFalse();
  }

  @Test
  void severalComeOneAfterTheOther() throws Exception {
    AgentEnd end =
        run(
            Protocol.OPENAI_CHAT,
            Transport.SSE,
            "several",
            atTurn(2, "Wait a moment."),
            atTurn(3, STOP));

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(arrivals.arrivals()).hasSize(2);
    assertThat(commands()).contains("echo 43 > answer.txt").doesNotContain("echo 42 > answer.txt");
    assertThat(lines("several"))
        .filteredOn(line -> line.has("interruption"))
        .extracting(line -> line.path("instruction").asString())
        .containsExactly("Wait a moment.", STOP);
  }

  @Test
  void theDeadlineStillEndsALoopThatWasInterrupted() throws Exception {
    script =
        new Script(
            "good",
            true,
            SCRIPT.turns(),
            List.of(
                new Later("Write 43 instead", List.of(new Turn("", LONG, List.of(), 0, 6_000)))));
    Thread agent =
        new Thread(
            () -> {
              try {
                run(Protocol.OPENAI_RESPONSES, Transport.WEBSOCKET, "dead", atTurn(2, STOP));
              } catch (Exception e) {
                // The interruption of the deadline.
              }
            });
    agent.start();
    while (arrivals.arrivals().isEmpty()) {
      Thread.sleep(10);
    }

    agent.interrupt();
    agent.join(20_000);

    assertThat(agent.isAlive()).isFalse();
  }

  private AgentEnd run(
      Protocol protocol, Transport transport, String name, Interruption... interruptions)
      throws Exception {
    SimulatedTier tier =
        new SimulatedTier(
            firstToken, 100, 4, 0, Duration.ZERO, Duration.ZERO, 0, 1, SimulatedTier.Faults.NONE);
    Play play = new Play(tier, Optional.of(script), 7);
    try (Door door = rig.open(play, ContenderLimits.none())) {
      AgentContext plain =
          rig.context(door, protocol, transport, sandbox, folder.resolve(name), state -> {});
      AgentContext context =
          new AgentContext(
              interrupted(plain.task(), List.of(interruptions)),
              plain.contender(),
              plain.commands(),
              plain.logs(),
              plain.limit(),
              plain.states(),
              plain.model(),
              arrivals);
      AgentEnd end = new LoopAgent(Ticker.SYSTEM).run(context);
      assertThat(end.ended()).isEqualTo(Ended.FINISHED);
      door.shut();
      calls.addAll(door.calls(false));
      return end;
    }
  }

  private static Task interrupted(Task task, List<Interruption> interruptions) {
    return new Task(
        task.set(),
        task.name(),
        task.directory(),
        task.schemaVersion(),
        task.instruction(),
        task.environment(),
        task.agent(),
        task.verifier(),
        task.solution(),
        task.artifacts(),
        task.metadata(),
        task.digests(),
        task.warnings(),
        new Steering(List.of(), RewardStrategy.MEAN, interruptions));
  }

  private static Interruption atTurn(int turn, String text) {
    return new Interruption(Optional.empty(), OptionalInt.of(turn), text);
  }

  private static Interruption atTime(long millis, String text) {
    return new Interruption(Optional.of(Duration.ofMillis(millis)), OptionalInt.empty(), text);
  }

  private List<String> commands() {
    return sandbox.commands.stream()
        .map(command -> command.script().replace("exec 2>&1; ", ""))
        .toList();
  }

  private static List<JsonNode> lines(String name) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name).resolve(LoopLog.FILE))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
