package dev.pacebench.runner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.home.Ticker;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.model.FakeModel;
import dev.pacebench.runner.model.Said;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a model sees of a real sandbox. */
@Timeout(120)
abstract class LoopInSandbox {

  @TempDir Path folder;

  private FakeModel model;
  private SandboxProvider provider;
  private Sandbox sandbox;
  private Task task;

  abstract SandboxProvider provider(ProviderSettings settings);

  @BeforeEach
  void open() throws Exception {
    model = new FakeModel();
    task = writeTask();
    provider =
        provider(
            new ProviderSettings(
                Owner.self(),
                Files.createDirectories(folder.resolve("sandboxes")),
                Path.of("..", "sandboxes", "images").toAbsolutePath().normalize(),
                ProviderSettings.DEFAULT_DROPPED));
    sandbox =
        provider.open(
            SandboxSpec.builder(
                    "loop",
                    "run-test",
                    provider.prepare(TaskImages.agent(task)),
                    Duration.ofMinutes(5))
                .limits(
                    new Limits(OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.of(200)))
                .build());
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
    provider.close();
    model.close();
  }

  @Test
  void bothStreamsComeTogetherInOrderFromTheTasksFolder() throws Exception {
    List<String> shown = run("pwd; echo one; echo two >&2; echo three; exit 3");

    assertThat(shown.get(0)).startsWith("exit code: 3\n/app\none\ntwo\nthree\n[time left");
  }

  @Test
  void floodsAreCutAndTheirSizeTold() throws Exception {
    List<String> shown =
        run("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last");

    assertThat(shown.get(0).length()).isLessThan(LoopOutput.LONGEST + 300);
    assertThat(shown.get(0)).contains("first\n", "bytes left out", "x\nlast\n");
  }

  @Test
  void aCommandThatHangsIsKilledAndTheNextOneRuns() throws Exception {
    model.says(
        Said.call("c1", "shell", "{\"command\":\"echo so far; sleep 60\",\"timeout_seconds\":1}"),
        Said.completed("r"));
    model.says(Said.says("done"));
    agent().run(context());

    assertThat(shown()).singleElement().asString().startsWith("killed after 1 s");
    assertThat(shown().get(0)).contains("so far");
    assertThat(sandbox.processes()).isEmpty();
  }

  @Test
  void brokenShellSourceIsToldAsSuch() throws Exception {
    List<String> shown = run("echo \"unbalanced", "cat <<END\nopen", "cat", "echo alive");

    assertThat(shown.get(0)).doesNotStartWith("exit code: 0").contains("unexpected");
    assertThat(shown.get(2)).startsWith("exit code: 0\n[time left");
    assertThat(shown.get(3)).startsWith("exit code: 0\nalive\n");
  }

  @Test
  void aCommandOfManyKilobytesRuns() throws Exception {
    String words = "word ".repeat(60_000);

    List<String> shown = run("cat > big.txt <<'END'\n" + words + "\nEND\nwc -w < big.txt");

    assertThat(shown.get(0)).startsWith("exit code: 0\n60000\n");
  }

  @Test
  void aCommandThatKillsAllItCanLeavesTheLoopRunning() throws Exception {
    List<String> shown = run("kill -9 -1", "echo alive");

    assertThat(shown.get(1)).startsWith("exit code: 0\nalive\n");
  }

  @Test
  void anInterruptionEndsTheCommandWithTheLoop() throws Exception {
    model.says(Said.runs("a", "touch started; sleep 100"));
    AgentContext context = context();
    Thread agent =
        new Thread(
            () -> {
              try {
                agent().run(context);
              } catch (InterruptedException e) {
                // The test asks for it.
              }
            });
    agent.start();
    Path seen = folder.resolve("seen");
    while (!sandbox.get("/app/started", seen, 1 << 20)) {
      Thread.sleep(50);
    }

    agent.interrupt();
    agent.join(20_000);

    assertThat(agent.isAlive()).isFalse();
    for (int i = 0; i < 100 && !sandbox.processes().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(sandbox.processes()).isEmpty();
  }

  /** Each command in a turn of its own. */
  List<String> run(String... commands) throws Exception {
    for (int i = 0; i < commands.length; i++) {
      model.says(
          Said.call("c" + i, "shell", "{\"command\":" + quoted(commands[i]) + "}"),
          Said.completed("r" + i));
    }
    model.says(Said.says("done"));
    agent().run(context());
    return shown();
  }

  private static LoopAgent agent() {
    return new LoopAgent(Ticker.SYSTEM);
  }

  private AgentContext context() {
    Contender contender =
        new Contender(
            "c",
            "loop",
            "1",
            Optional.of("m"),
            Map.of(),
            Map.of(),
            ContenderLimits.none(),
            false,
            "digest");
    return new AgentContext(
        task,
        contender,
        new AgentSandbox(sandbox),
        folder.resolve("logs"),
        Duration.ofMinutes(10),
        state -> {},
        Optional.of(
            new ModelAccess(
                model.address(),
                "token-1",
                "m",
                Protocol.OPENAI_RESPONSES,
                Transport.SSE,
                0,
                Optional.empty())));
  }

  private List<String> shown() {
    List<JsonNode> requests = model.requests();
    List<String> outputs = new ArrayList<>();
    for (JsonNode item : requests.get(requests.size() - 1).path("input")) {
      if (item.path("type").stringValue().equals("function_call_output")) {
        outputs.add(item.path("output").stringValue());
      }
    }
    return outputs;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private Task writeTask() throws Exception {
    Path at = folder.resolve("task");
    Files.createDirectories(at.resolve("environment"));
    Files.createDirectories(at.resolve("tests"));
    Files.writeString(at.resolve("instruction.md"), "Do as you are told.\n");
    Files.writeString(
        at.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
    Files.writeString(at.resolve("tests/test.sh"), "#!/bin/sh\n");
    Files.writeString(
        at.resolve("task.toml"), "schema_version = \"1.4\"\n[metadata]\ntools = [\"sh\"]\n");
    return new HarborFormat().read("test", at).tasks().get(0);
  }
}
