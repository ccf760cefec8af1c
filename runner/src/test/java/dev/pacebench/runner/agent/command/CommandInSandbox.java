package dev.pacebench.runner.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.leaderboard.Ended;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.agent.AgentSandbox;
import dev.pacebench.runner.lineup.Contender;
import dev.pacebench.runner.lineup.ContenderLimits;
import dev.pacebench.runner.plan.TaskImages;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxProvider;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.harbor.HarborFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of all manners, on the host and in a real sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class CommandInSandbox {

  private static final String INSTRUCTION = "Write 42 into answer.txt, in Cologne: Köln.\n";
  private static final long LOG_LIMIT = 17L << 20;

  @TempDir Path folder;

  private final List<TrialState> states = new CopyOnWriteArrayList<>();
  private SandboxProvider provider;
  private Task task;
  private Sandbox sandbox;
  private AgentSandbox commands;

  abstract SandboxProvider provider(ProviderSettings settings);

  @BeforeAll
  void makeProvider(@TempDir Path scratch) throws Exception {
    task = writeTask(scratch.resolve("task"));
    provider =
        provider(
            new ProviderSettings(
                Owner.self(),
                Files.createDirectories(scratch.resolve("sandboxes")),
                Path.of("..", "sandboxes", "images").toAbsolutePath().normalize(),
                ProviderSettings.DEFAULT_DROPPED));
  }

  @AfterAll
  void closeProvider() {
    provider.close();
  }

  @BeforeEach
  void open() {
    states.clear();
    sandbox =
        provider.open(
            SandboxSpec.builder(
                    "command",
                    "run-test",
                    provider.prepare(TaskImages.agent(task)),
                    Duration.ofMinutes(5))
                .limits(
                    new Limits(OptionalDouble.empty(), OptionalLong.empty(), OptionalInt.of(500)))
                .build());
    commands = new AgentSandbox(sandbox);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void theInstructionComesOnStdinAndAsAFile(String where) throws Exception {
    AgentEnd end =
        run(where, "cat; cat \"$PACEBENCH_INSTRUCTION\"; echo \"$PACEBENCH_SECONDS\"", Map.of());

    assertThat(end.ended()).isEqualTo(Ended.FINISHED);
    assertThat(stdout()).isEqualTo(INSTRUCTION + INSTRUCTION + "600\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void stdinIsEmptyForThoseWhoReadTheFile(String where) throws Exception {
    run(where, "cat; echo; cat \"$PACEBENCH_INSTRUCTION\"", Map.of("instruction", "file"));

    assertThat(stdout()).isEqualTo("\n" + INSTRUCTION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void theDeadlineIsToldInSecondsSinceTheEpoch(String where) throws Exception {
    long before = System.currentTimeMillis() / 1000;
    run(where, "echo \"$PACEBENCH_DEADLINE\"", Map.of());

    assertThat(Long.parseLong(stdout().strip())).isBetween(before + 599, before + 720);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void anExitCodeOtherThanZeroIsACrashWithTheLastWords(String where) throws Exception {
    AgentEnd end = run(where, "echo first >&2; echo 'no such model' >&2; exit 3", Map.of());

    assertThat(end.ended()).isEqualTo(Ended.CRASHED);
    assertThat(end.note()).contains("exit code 3", "no such model").doesNotContain("first");
    assertThat(Files.readString(folder.resolve("logs/stderr.txt")))
        .isEqualTo("first\nno such model\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void aSignalIsACrash(String where) throws Exception {
    AgentEnd end = run(where, "kill -SEGV $$", Map.of());

    assertThat(end.ended()).isEqualTo(Ended.CRASHED);
    assertThat(end.note()).contains("signal 11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void aProgramThatIsNotThereIsToldAsSuch(String where) throws Exception {
    AgentEnd end = run(where, "no-such-agent --flag", Map.of());

    assertThat(end.ended()).isEqualTo(Ended.CRASHED);
    assertThat(end.note()).contains("could not be started", "no-such-agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "sandbox"})
  void aGigabyteOfOutputNeitherFillsTheDiskNorStopsTheRun(String where) throws Exception {
    AgentEnd end =
        run(where, "head -c 1000000000 /dev/zero; head -c 100000000 /dev/zero >&2", Map.of());

    assertThat(end.ended()).isEqualTo(Ended.FINISHED);
    assertThat(folder.resolve("logs/stdout.txt").toFile().length()).isLessThan(LOG_LIMIT);
    assertThat(folder.resolve("logs/stderr.txt").toFile().length()).isLessThan(LOG_LIMIT);
    assertThat(stdout()).endsWith("bytes left out]\n");
  }

  @Test
  void theHelperRunsInTheSandboxAndPassesAllOn() throws Exception {
    AgentEnd end =
        run(
            "host",
            """
            set -e
            run="$PACEBENCH_RUN"
            [ "$("$run" 'pwd; echo "$PACEBENCH_RUN$PACEBENCH_TRY"')" = /app ]
            [ "$("$run" 'echo out; echo err >&2' 2>"$HOME/err")" = out ]
            [ "$(cat "$HOME/err")" = err ]
            code=0; "$run" 'exit 7' || code=$?; [ $code = 7 ]
            code=0; "$run" 'kill -9 $$' || code=$?; [ $code = 137 ]
            [ "$("$run" printf '%s|' "a b" "it's" '$x' '' last)" = "a b|it's|\\$x||last|" ]
            [ "$(echo 'echo "from stdin"' | "$run")" = 'from stdin' ]
            [ "$("$run" 'head -c 3000000 /dev/zero' | wc -c)" = 3000000 ]
            "$run" 'cat; echo -n 42 >answer.txt'
            """,
            Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(inside("cat /app/answer.txt")).isEqualTo("42");
    assertThat(states)
        .startsWith(TrialState.CLIENT_OVERHEAD, TrialState.TOOL_EXEC, TrialState.CLIENT_OVERHEAD);
    assertThat(Files.readAllLines(folder.resolve("logs/commands.jsonl")))
        .hasSize(8)
        .anyMatch(line -> line.contains("\"exit_code\":7"));
  }

  @Test
  void helpersWorkSideBySideAndOutputComesAsItIsWritten() throws Exception {
    AgentEnd end =
        run(
            "host",
            """
            for i in 1 2 3 4 5 6 7 8; do
              "$PACEBENCH_RUN" "echo $i; touch $i; while [ \\$(ls [1-8] | wc -l) -lt 8 ]; do sleep 0.05; done" \\
                >"$HOME/$i" &
            done
            wait
            cat "$HOME"/[1-8]
            mkfifo "$HOME/pipe"
            "$PACEBENCH_RUN" 'echo early; until [ -e go ]; do sleep 0.05; done; echo late' >"$HOME/pipe" &
            { read -r line; echo "$line"; "$PACEBENCH_RUN" 'touch go'; read -r line; echo "$line"; } <"$HOME/pipe"
            """,
            Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(stdout()).isEqualTo("1\n2\n3\n4\n5\n6\n7\n8\nearly\nlate\n");
  }

  @Test
  void aCommandEndsWithItsHelperAndWithItsReader() throws Exception {
    AgentEnd end =
        run(
            "host",
            """
            "$PACEBENCH_RUN" 'touch begun; sleep 1000' &
            until "$PACEBENCH_RUN" '[ -e begun ]'; do :; done
            kill -9 $!
            [ "$("$PACEBENCH_RUN" 'yes' | head -n 1)" = y ]
            """,
            Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    eventually("commands have ended", () -> sandbox.processes().isEmpty());
  }

  @Test
  void whatAHelperDoesNotReadIsLostAndSaid() throws Exception {
    AgentEnd end =
        run(
            "host",
            """
            mkfifo "$HOME/pipe"
            "$PACEBENCH_RUN" 'head -c 100000000 /dev/zero; touch written' >"$HOME/pipe" 2>"$HOME/err" &
            exec 7<"$HOME/pipe"
            until "$PACEBENCH_RUN" '[ -e written ]'; do sleep 0.1; done
            cat <&7 >/dev/null
            wait $!; echo $?; cat "$HOME/err"
            """,
            Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(stdout()).startsWith("125\npacebench: ").contains("bytes of output are lost");
  }

  @Test
  void nobodyWithoutTheTokenRunsAnything() throws Exception {
    AgentEnd end =
        run(
            "host",
            """
            place=$(grep -o '/dev/tcp/[0-9.]*/[0-9]*' "$PACEBENCH_RUN")
            exec 3<>$place 4<>$place 5<>$place
            printf 'stderr wrong 1.1 0\\n' >&4; printf 'end wrong 1.1 0\\n' >&5
            printf 'stdout wrong 1.1 15\\ntouch /app/wrong' >&3
            cat <&3; cat <&4; cat <&5
            exec 6<>$place; printf 'GET / HTTP/1.1\\r\\n\\r\\n' >&6; cat <&6
            "$PACEBENCH_RUN" 'ls /app'; stat -c %a "$PACEBENCH_RUN" "$(dirname "$PACEBENCH_RUN")"
            """,
            Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(stdout()).isEqualTo("700\n700\n");
  }

  @Test
  void nothingOfThisProcessesEnvironmentIsSeen() throws Exception {
    run("host", "env | cut -d= -f1; pwd; ls -A; [ $HOME = $PWD ] && echo home", Map.of());

    assertThat(stdout().lines())
        .allMatch(
            line ->
                List.of("PATH", "LANG", "HOME", "PWD", "SHLVL", "_", "home").contains(line)
                    || line.startsWith("PACEBENCH_")
                    || line.startsWith("/"))
        .contains("PACEBENCH_RUN", "home")
        .doesNotContain("PACEBENCH_TOKEN", "PACEBENCH_BASE_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 1000 & disown; exit 0",
        "setsid sleep 1000 >/dev/null 2>&1 & exit 0",
        "(setsid sleep 1000 &) ; exit 0",
        "cd /; (setsid sh -c 'sleep 1000; true' >/dev/null 2>&1 &); exit 0",
        "(env -i setsid sleep 1000 >/dev/null 2>&1 &); exit 0",
        "trap '' TERM HUP INT; (trap '' TERM; sleep 1000) & exit 0"
      })
  void noProcessOfTheProgramOutlivesIt(String script) throws Exception {
    String marked = script.replace("1000", unusual());
    AgentEnd end = run("host", marked, Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(onHost(marked)).isEmpty();
  }

  @Test
  void aStormOfForksIsOutrun() throws Exception {
    String seconds = unusual();
    AgentEnd end =
        run(
            "host",
            "echo 'echo x; sleep 0.02; [ $1 -lt 200 ] && { setsid sh \"$HOME/storm\" $(($1 + 1)) &"
                + " }; sleep "
                + seconds
                + "' >\"$HOME/storm\"; for i in 1 2 3 4 5 6; do setsid sh \"$HOME/storm\" 1 & done;"
                + " sleep 0.5",
            Map.of());

    assertThat(end).isEqualTo(AgentEnd.finished());
    assertThat(onHost("sleep " + seconds)).isEmpty();
    Thread.sleep(200);
    assertThat(onHost("sleep " + seconds)).isEmpty();
  }

  @Test
  void theDeadlineEndsTheProgramAmidACommandWithAllItsChildren() throws Exception {
    String seconds = unusual();
    FutureTask<AgentEnd> running =
        new FutureTask<>(
            () ->
                run(
                    "host",
                    "echo \"$HOME\"; (cd /; setsid sleep SECONDS >/dev/null 2>&1 &); \"$PACEBENCH_RUN\" 'touch begun; sleep SECONDS'; sleep SECONDS"
                        .replace("SECONDS", seconds),
                    Map.of()));
    Thread thread = deadlineAfter(running, "/app/begun");

    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
    assertThat(sandbox.processes()).isEmpty();
    assertThat(onHost("sleep " + seconds)).isEmpty();
    assertThat(Path.of(stdout().strip()).getParent()).doesNotExist();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(running::get)
        .withCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void theDeadlineEndsAProgramInTheSandbox() throws Exception {
    FutureTask<AgentEnd> running =
        new FutureTask<>(() -> run("sandbox", "setsid sleep 1000 & touch begun; wait", Map.of()));
    Thread thread = deadlineAfter(running, "/app/begun");

    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
    assertThat(sandbox.processes()).isEmpty();
    try {
      assertThat(running.get().ended()).isEqualTo(Ended.DEADLINE);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aHelperAfterTheDeadlineIsRefused() throws Exception {
    commands.shut();
    AgentEnd end = run("host", "\"$PACEBENCH_RUN\" 'touch late'", Map.of());

    assertThat(end.note()).contains("exit code 125", "the agent phase is over");
    assertThat(inside("ls /app")).isEmpty();
  }

  /** As the agent phase does it: doors, sandbox, thread. */
  private Thread deadlineAfter(FutureTask<AgentEnd> running, String file) throws Exception {
    Thread thread = new Thread(running, "agent");
    thread.start();
    eventually("has begun", () -> sandbox.get(file, folder.resolve("seen" + unusual()), 1 << 20));
    commands.shut();
    assertThat(sandbox.freezeAndKill().remaining()).isEmpty();
    thread.interrupt();
    return thread;
  }

  AgentEnd run(String where, String script, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("run", script);
    settings.put("where", where);
    Contender contender =
        new Contender(
            "c",
            "command",
            "1",
            Optional.empty(),
            Map.of(),
            settings,
            ContenderLimits.none(),
            false,
            "digest");
    Map<String, String> env = new HashMap<>(System.getenv());
    env.put("OPENAI_API_KEY", "canary");
    Agent agent = new CommandAgent(env).of(contender);
    AgentContext context =
        new AgentContext(
            task,
            contender,
            commands,
            folder.resolve("logs"),
            Duration.ofMinutes(10),
            states::add,
            Optional.empty());
    agent.setUp(context);
    return agent.run(context);
  }

  private String stdout() throws IOException {
    return Files.readString(folder.resolve("logs/stdout.txt"));
  }

  private String inside(String script) throws InterruptedException {
    return sandbox.run(Command.of(script, Duration.ofSeconds(30))).stdout().text();
  }

  /** A number of seconds by which a process can be told from all others. */
  private static String unusual() {
    return "" + (100_000_000L + Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000_000));
  }

  private static List<String> onHost(String script) {
    String number = script.replaceAll("(?s).*?(\\d{9,}).*", "$1");
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(number))
        .toList();
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      assertThat(System.nanoTime() - end).as(what).isNegative();
      Thread.sleep(50);
    }
  }

  private static Task writeTask(Path at) throws IOException {
    Files.createDirectories(at.resolve("environment"));
    Files.createDirectories(at.resolve("tests"));
    Files.writeString(at.resolve("instruction.md"), INSTRUCTION);
    Files.writeString(
        at.resolve("environment/Dockerfile"), "FROM pacebench/starter\nWORKDIR /app\n");
    Files.writeString(at.resolve("tests/test.sh"), "#!/bin/sh\n");
    Files.writeString(
        at.resolve("task.toml"), "schema_version = \"1.4\"\n[metadata]\ntools = [\"sh\"]\n");
    return new HarborFormat().read("test", at).tasks().get(0);
  }
}
