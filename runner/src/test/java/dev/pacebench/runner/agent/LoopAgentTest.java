package dev.pacebench.runner.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.model.FakeModel;
import dev.pacebench.runner.model.Said;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class LoopAgentTest {

  @TempDir Path folder;

  private final List<TrialState> states = Collections.synchronizedList(new ArrayList<>());
  private final FakeSandbox sandbox =
      new FakeSandbox(script -> FakeSandbox.result(End.EXITED, 0, "ran " + script));
  private FakeModel model;
  private Task task;
  private ContenderLimits limits = ContenderLimits.none();
  private Duration limit = Duration.ofMinutes(10);
  private Ticker ticker = () -> 0;

  @BeforeEach
  void begin() throws Exception {
    model = new FakeModel();
    task = writeTask();
  }

  @AfterEach
  void end() throws Exception {
    model.close();
  }

  @Test
  void theTaskIsToldCommandsAreRunAndSilenceEndsIt() throws Exception {
    model.says(Said.runs("a", "ls"));
    model.says(Said.says("done"));

    AgentEnd end = run();

    assertThat(end).isEqualTo(AgentEnd.finished());
    JsonNode first = model.requests().get(0);
    assertThat(first.path("instructions").stringValue()).isEqualTo(LoopPrompt.INSTRUCTIONS);
    assertThat(first.path("input").path(0).toString())
        .contains("Write 42 into /app/answer.txt.")
        .contains("[time limit: 10 min]");
    assertThat(sandbox.commands).hasSize(1);
    assertThat(sandbox.commands.get(0).script()).isEqualTo("exec 2>&1; ls");
    assertThat(sandbox.commands.get(0).timeout()).isEqualTo(Duration.ofSeconds(120));
    assertThat(outputs(1))
        .containsExactly("exit code: 0\nran exec 2>&1; ls\n[time left: more than 90 % of 10 min]");
    assertThat(states)
        .containsSubsequence(
            TrialState.CLIENT_OVERHEAD,
            TrialState.TOOL_DISPATCH,
            TrialState.TOOL_EXEC,
            TrialState.CLIENT_OVERHEAD);
  }

  @Test
  void parallelCallsRunInOrderAndAllAreAnswered() throws Exception {
    model.says(Said.runs("a", "first", "second", "third"));
    model.says(Said.says("done"));

    run();

    assertThat(sandbox.commands)
        .extracting(command -> command.script().replace("exec 2>&1; ", ""))
        .containsExactly("first", "second", "third");
    assertThat(outputs(1)).hasSize(3);
  }

  @Test
  void aTimeoutIsTheModelsOwnAndLeavesTheEndToTheDeadline() throws Exception {
    limit = Duration.ofSeconds(30);
    model.says(
        Said.call("c1", "shell", "{\"command\":\"ls\",\"timeout_seconds\":500}"),
        Said.call("c2", "shell", "{\"command\":\"ls\",\"timeout_seconds\":5}"),
        Said.completed("r"));
    model.says(Said.says("done"));

    run();

    assertThat(sandbox.commands)
        .extracting(command -> command.timeout().toSeconds())
        .containsExactly(500L, 5L);
  }

  @Test
  void malformedCallsAreAnsweredAndThreeTurnsOfThemEndIt() throws Exception {
    model.says(Said.call("c1", "shell", "{\"command\":"), Said.completed("r"));
    model.says(Said.call("c2", "python", "{}"), Said.completed("r"));
    model.says(Said.call("c3", "shell", "{\"cmd\":\"ls\"}"), Said.completed("r"));

    AgentEnd end = run();

    assertThat(end.ended()).isEqualTo(Ended.FINISHED);
    assertThat(end.note()).contains("3 answers in a row");
    assertThat(model.requests()).hasSize(3);
    assertThat(outputs(1)).singleElement().asString().contains("error: the arguments are no JSON");
    assertThat(outputs(2).get(1)).contains("no tool of that name");
    assertThat(sandbox.commands).isEmpty();
  }

  @Test
  void aGoodCallBetweenMalformedOnesKeepsItGoing() throws Exception {
    for (int i = 0; i < 3; i++) {
      model.says(Said.call("c1", "shell", "[]"), Said.completed("r"));
      model.says(Said.call("c2", "shell", "{\"timeout_seconds\":1}"), Said.completed("r"));
      model.says(Said.runs("a", "ls"));
    }
    model.says(Said.says("done"));

    assertThat(run()).isEqualTo(AgentEnd.finished());
    assertThat(sandbox.commands).hasSize(3);
  }

  @Test
  void aRefusalEndsItWithTheModelsWords() throws Exception {
    model.says(
        Said.item(
            "{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"I won't\"}]}"),
        Said.completed("r"));

    assertThat(run()).isEqualTo(new AgentEnd(Ended.REFUSED, "I won't"));
  }

  @Test
  void anEmptyAnswerIsAskedForOnceMore() throws Exception {
    model.says(Said.completed("r"));
    model.says(Said.runs("a", "ls"));
    model.says(Said.completed("r"));
    model.says(Said.completed("r"));

    AgentEnd end = run();

    assertThat(end.ended()).isEqualTo(Ended.FINISHED);
    assertThat(end.note()).contains("nothing more to say");
    assertThat(model.requests()).hasSize(4);
    assertThat(model.requests().get(1).path("input").toString()).contains("Your answer was empty");
  }

  @Test
  void anAnswerCutOffIsGoneOnWithButNotForEver() throws Exception {
    model.says(Said.message("so"), Said.incomplete("max_output_tokens"));
    model.says(Said.message("so"), Said.incomplete("max_output_tokens"));
    model.says(Said.message("so"), Said.incomplete("max_output_tokens"));

    assertThat(run().ended()).isEqualTo(Ended.FINISHED);
    assertThat(model.requests()).hasSize(3);
    assertThat(model.requests().get(1).path("input").toString()).contains("cut off");
  }

  @Test
  void tooLongAConversationIsShortenedOnce() throws Exception {
    String overflow = "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"long\"}}";
    model.says(Said.runs("a", "1", "2", "3", "4", "5", "6"));
    model.fails(400, Map.of(), overflow);
    model.says(Said.runs("b", "7"));
    model.fails(400, Map.of(), overflow);
    FakeSandbox wordy =
        new FakeSandbox(script -> FakeSandbox.result(End.EXITED, 0, "x".repeat(500)));

    AgentEnd end = run(wordy);

    assertThat(end.ended()).isEqualTo(Ended.CONTEXT_OVERFLOW);
    assertThat(outputs(2)).hasSize(6).filteredOn(text -> text.contains("removed")).hasSize(2);
    assertThat(outputs(2).get(5)).contains("xxx");
    assertThat(states).contains(TrialState.COMPACTION);
  }

  @Test
  void stepsAreLimitedAndTheLastOnesAnnounced() throws Exception {
    limits =
        new ContenderLimits(
            Optional.empty(),
            Optional.of(2),
            Optional.empty(),
            Optional.empty(),
            ContenderLimits.CallRates.NONE);
    model.says(Said.runs("a", "ls"));
    model.says(Said.runs("b", "ls"));

    assertThat(run().ended()).isEqualTo(Ended.STEP_LIMIT);
    assertThat(model.requests()).hasSize(2);
    assertThat(outputs(1).get(0)).endsWith("[steps left: 1]");
  }

  @Test
  void limitsOfTokensAndMoneyEndItAsSuch() throws Exception {
    model.fails(400, Map.of(), usedUp("token_limit"));
    assertThat(run().ended()).isEqualTo(Ended.TOKEN_LIMIT);

    model.fails(400, Map.of(), usedUp("cost_limit"));
    assertThat(run().ended()).isEqualTo(Ended.COST_LIMIT);
  }

  @Test
  void whatTheGatewayCouldNotMendLosesTheModel() throws Exception {
    model.fails(401, Map.of(), "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"no\"}}");

    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            ModelLostException.class,
            e -> {
              assertThat(e.status()).isEqualTo(401);
              assertThat(e.code()).isEqualTo("invalid_api_key");
            });
  }

  @Test
  void aModelThatTheProviderDoesNotKnowIsLostAtOnce() throws Exception {
    model.fails(400, Map.of(), "{\"error\":{\"code\":\"model_not_found\",\"message\":\"no\"}}");

    assertThatThrownBy(this::run).isInstanceOf(ModelLostException.class);
  }

  @Test
  void aConversationRefusedLaterIsNotTheProvidersFailure() throws Exception {
    model.says(Said.runs("a", "ls"));
    model.fails(400, Map.of(), "{\"error\":{\"message\":\"odd item\"}}");

    assertThat(run().ended()).isEqualTo(Ended.CRASHED);
  }

  @Test
  void anAnswerThatBreaksOffIsAskedForAgain() throws Exception {
    model.says(Said.message("half"), FakeModel.CUT);
    model.says(Said.says("done"));

    assertThat(run()).isEqualTo(AgentEnd.finished());
    assertThat(states).contains(TrialState.BACKOFF);
  }

  @Test
  void anInterruptionWhileTheModelAnswersEndsItAtOnce() throws Exception {
    model.says("{\"type\":\"response.created\"}", FakeModel.HANG);
    Thread agent = start();

    model.awaitHanging();
    agent.interrupt();

    agent.join(10_000);
    assertThat(agent.isAlive()).isFalse();
    assertThat(model.callerLeft()).isTrue();
  }

  @Test
  void anInterruptionWhileACommandRunsKillsIt() throws Exception {
    model.says(Said.runs("a", FakeSandbox.SLEEP));
    Thread agent = start();

    sandbox.sleeping.await();
    agent.interrupt();

    agent.join(10_000);
    assertThat(agent.isAlive()).isFalse();
    assertThat(sandbox.killed.getCount()).isZero();
  }

  @Test
  void aDoorThatShutIsTheDeadline() throws Exception {
    model.says(Said.runs("a", "ls"));
    AgentContext context = context(sandbox);
    context.commands().shut();

    assertThat(new LoopAgent(ticker).run(context).ended()).isEqualTo(Ended.DEADLINE);
  }

  @Test
  void twoRunsSayTheSameWhateverTimeTheyTake() throws Exception {
    for (int round = 0; round < 2; round++) {
      long pace = round == 0 ? 0 : 3_000_000L;
      long[] now = {0};
      ticker = () -> now[0] += pace;
      model.says(Said.runs("a", "one", "two"));
      model.says(Said.says("done"));
      run();
    }

    assertThat(model.requests().get(2)).isEqualTo(model.requests().get(0));
    assertThat(model.requests().get(3)).isEqualTo(model.requests().get(1));
  }

  @Test
  void itsLogTellsEachStep() throws Exception {
    model.says(Said.runs("a", "ls"));
    model.says(Said.says("done"));

    run();

    List<String> lines = Files.readAllLines(folder.resolve("logs").resolve(LoopLog.FILE));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"step\":1", "ls", "exit code: 0").doesNotContain("token-1");
    assertThat(lines.get(1)).contains("\"text\":\"done\"", "\"stop\":\"end\"");
  }

  private static String usedUp(String limit) {
    return "{\"error\":{\"code\":\"insufficient_quota\",\"message\":"
        + "\"the trial's own limit is used up: "
        + limit
        + "\"}}";
  }

  private AgentEnd run() throws Exception {
    return run(sandbox);
  }

  private AgentEnd run(FakeSandbox in) throws Exception {
    return new LoopAgent(ticker).run(context(in));
  }

  private Thread start() {
    Thread agent =
        new Thread(
            () -> {
              try {
                run();
              } catch (Exception e) {
                // The interruption is what the test asks for.
              }
            });
    agent.start();
    return agent;
  }

  private AgentContext context(FakeSandbox in) {
    Contender contender =
        new Contender(
            "c", "loop", "1", Optional.of("m"), Map.of(), Map.of(), limits, false, "digest");
    return new AgentContext(
        task,
        contender,
        new AgentSandbox(in),
        folder.resolve("logs"),
        limit,
        states::add,
        Optional.of(
            new ModelAccess(
                model.address(),
                "token-1",
                "m-1",
                Protocol.OPENAI_RESPONSES,
                Transport.SSE,
                0,
                Optional.empty())));
  }

  private List<String> outputs(int request) {
    List<String> outputs = new ArrayList<>();
    for (JsonNode item : model.requests().get(request).path("input")) {
      if (item.path("type").stringValue().equals("function_call_output")) {
        outputs.add(item.path("output").stringValue());
      }
    }
    return outputs;
  }

  private Task writeTask() throws Exception {
    Path at = folder.resolve("task");
    Files.createDirectories(at.resolve("environment"));
    Files.createDirectories(at.resolve("tests"));
    Files.writeString(at.resolve("instruction.md"), "Write 42 into /app/answer.txt.\n");
    Files.writeString(at.resolve("environment/Dockerfile"), "FROM pacebench/starter\n");
    Files.writeString(at.resolve("tests/test.sh"), "#!/bin/sh\n");
    Files.writeString(at.resolve("task.toml"), "schema_version = \"1.4\"\n");
    return new HarborFormat().read("test", at).tasks().get(0);
  }
}
