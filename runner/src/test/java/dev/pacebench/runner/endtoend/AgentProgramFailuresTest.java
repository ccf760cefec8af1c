package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.program.CliAgent;
import dev.pacebench.runner.trial.LostTryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that fails is told apart from a model that fails, and from one that was not there. */
@Tag("docker")
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentProgramFailuresTest {

  private static final String SIMULATED =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m: {provider: sim, id: sim-m, simulated: {first_token: %s, tokens_per_second: 1000, skill: 1}}
      contenders:
        - {name: one, agent: made-up, model: m}
      """;

  private static final String REMOTE =
      """
      providers:
        far: {protocol: openai-responses, base_url: "http://127.0.0.1:%d/v1", credential: {env: KEY}}
      models:
        m: {provider: far, id: m}
      contenders:
        - {name: one, agent: made-up, model: m}
      """;

  /** Calls the model once, and prints what came. */
  private static final String CALL =
      """
      place=${{BASE#http://}}
      exec 3<>"/dev/tcp/${{place%%:*}}/${{place##*:}}"
      body='{{"model":"m","input":"go","stream":true}}'
      printf 'POST /v1/responses HTTP/1.1\\r\\nHost: here\\r\\nAuthorization: Bearer %s\\r\\n' "$KEY" >&3
      printf 'Content-Type: application/json\\r\\nConnection: close\\r\\n' >&3
      printf 'Content-Length: %d\\r\\n\\r\\n%s' "${{#body}}" "$body" >&3
      cat <&3
      """;

  private AgentTrials trials;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    trials = new AgentTrials(shared);
  }

  @AfterAll
  void stop() {
    trials.close();
  }

  private CliAgent agent(String command, String... more) throws Exception {
    return trials.agent(
        trials.manifest(
            "made-up",
            """
            name: made-up
            version: 1.0.0
            speaks: {openai-responses: [sse]}
            env: {KEY: "{token}", BASE: "{base_url}"}
            output: {format: jsonl}
            """
                + (String.join("", more).contains("provide:") ? "" : "provide: {kind: none}\n")
                + String.join("\n", more)
                + "\ncommand: |\n"
                + command.indent(2)));
  }

  private TrialRecord run(CliAgent agent) throws Exception {
    return trials.run(
        trials.unsolvable(Duration.ofSeconds(60)), agent, SIMULATED.formatted("10 ms"), Map.of());
  }

  private String stdout(TrialRecord record) throws Exception {
    return Files.readString(trials.evidence(record).resolve("agent/stdout.txt"));
  }

  @Test
  void exitCodeZeroWithoutACallIsNoFinish() throws Exception {
    TrialRecord record = run(agent("echo all is well"));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.ended()).isEqualTo("crashed");
    assertThat(record.reason()).contains("did nothing", "exit code 0", "never called its model");
    assertThat(stdout(record)).isEqualTo("all is well\n");
  }

  @Test
  void anAnsweredCallAndExitCodeZeroAreAFinish() throws Exception {
    TrialRecord record = run(agent(CALL));

    assertThat(record.reason()).contains("the agent finished");
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.figures()).containsEntry("calls", 1.0);
  }

  @Test
  void anotherExitCodeIsACrashWithItsLastWords() throws Exception {
    TrialRecord record = run(agent(CALL + "echo first >&2; echo 'out of luck' >&2; exit 3"));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.reason()).contains("exit code 3: out of luck");
    assertThat(Files.readString(trials.evidence(record).resolve("agent/stderr.txt")))
        .isEqualTo("first\nout of luck\n");
  }

  @Test
  void anotherVersionIsNobodysResult() throws Exception {
    CliAgent agent = agent(CALL, "version_command: echo made-up 2.0.0");

    LostTryException lost = catchThrowableOfType(LostTryException.class, () -> run(agent));

    assertThat(lost.causeWord()).isEqualTo("agent_start");
    assertThat(lost).hasMessageContaining("another version than 1.0.0: made-up 2.0.0");
    assertThat(lost.record().outcome()).isEqualTo(Outcome.LOST);
  }

  @Test
  void aProgramForAnotherKindOfMachineIsNobodysResult() throws Exception {
    Path place = Files.createDirectories(folder.resolve("foreign"));
    byte[] foreign = new byte[256];
    byte[] header = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) 243, 0};
    System.arraycopy(header, 0, foreign, 0, header.length);
    Path program = Files.write(place.resolve("tool"), foreign);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    CliAgent agent =
        agent(
            "{program}",
            "provide: {kind: folder, folder: " + place + ", program: tool}",
            "version_command: \"{program} --version\"");

    LostTryException lost = catchThrowableOfType(LostTryException.class, () -> run(agent));

    assertThat(lost.causeWord()).isEqualTo("agent_start");
    assertThat(lost).hasMessageContaining("cannot start").hasMessageContaining("agents check");
  }

  @Test
  void whatTheImageLacksIsNamed() throws Exception {
    String needs = "provide: {kind: none, needs: [sh, no-such-program]}";

    TrialRecord record = run(agent(CALL, needs));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.reason()).contains("image lacks no-such-program");
    assertThat(record.figures()).containsEntry("calls", 0.0);
  }

  @ParameterizedTest
  @CsvSource({
    "401, true, 1, exit 1",
    "403, false, 1, exit 0",
    "429, true, 1, exit 1",
    "500, true, 1, exit 2",
    "500, false, 5, exit 2"
  })
  void aProviderThatRefusesLosesTheTry(int status, boolean itself, int requests, String end)
      throws Exception {
    AtomicInteger seen = new AtomicInteger();
    HttpServer server = AgentTrials.refusing(status, seen);
    try {
      CliAgent agent = agent(CALL + end, "retries_itself: " + itself);
      LostTryException lost =
          catchThrowableOfType(
              LostTryException.class,
              () ->
                  trials.run(
                      trials.unsolvable(Duration.ofSeconds(60)),
                      agent,
                      REMOTE.formatted(server.getAddress().getPort()),
                      Map.of("KEY", "a-key-of-some-length")));

      assertThat(lost.causeWord()).isEqualTo("provider_" + status);
      assertThat(lost).hasMessageContaining("made-up ended after its last call was refused");
      assertThat(seen).hasValueGreaterThanOrEqualTo(requests);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatWasDoneBeforeTheProviderFailedCounts(boolean done) throws Exception {
    String answer =
        "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":1,"
            + "\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\","
            + "\"output\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n";
    HttpServer server =
        AgentTrials.answering(
            new AtomicInteger(),
            call ->
                call == 1
                    ? new AgentTrials.Reply(200, "text/event-stream", answer)
                    : new AgentTrials.Reply(503, "application/json", "{}"));
    String work = done ? "touch /app/done\n" : "";
    try {
      CliAgent agent =
          agent("(" + CALL.strip() + ")\n" + work + CALL + "exit 1", "retries_itself: true");
      Callable<TrialRecord> run =
          () ->
              trials.run(
                  trials.solvable(Duration.ofSeconds(60)),
                  agent,
                  REMOTE.formatted(server.getAddress().getPort()),
                  Map.of("KEY", "a-key-of-some-length"));
      if (done) {
        TrialRecord record = run.call();
        assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
        assertThat(record.ended()).isEqualTo("cancelled");
        assertThat(record.flags()).contains("provider_failed");
      } else {
        LostTryException lost = catchThrowableOfType(LostTryException.class, run::call);
        assertThat(lost.causeWord()).isEqualTo("provider_503");
        assertThat(lost.record().outcome()).isEqualTo(Outcome.LOST);
        assertThat(lost.record().solved()).isFalse();
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aConversationThatGrewTooLongIsTheAgentsOwnEnd() throws Exception {
    String told =
        "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":1,"
            + "\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"failed\",\"error\":"
            + "{\"code\":\"context_length_exceeded\",\"message\":\"Your input is too long.\"}}}\n\n";
    HttpServer server = AgentTrials.answering(200, "text/event-stream", told, new AtomicInteger());
    try {
      TrialRecord record =
          trials.run(
              trials.unsolvable(Duration.ofSeconds(60)),
              agent(CALL + "exit 1", "retries_itself: true"),
              REMOTE.formatted(server.getAddress().getPort()),
              Map.of("KEY", "a-key-of-some-length"));

      assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(record.ended()).isEqualTo("context_overflow");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aProgramThatTriesForEverWithoutAnAnswerLosesItsTryAtTheDeadline() throws Exception {
    String again = "for n in 1 2 3 4; do (" + CALL.strip() + "); done\nsleep 60\n";
    HttpServer server = AgentTrials.refusing(503, new AtomicInteger());
    try {
      CliAgent agent = agent(again, "retries_itself: true");
      LostTryException lost =
          catchThrowableOfType(
              LostTryException.class,
              () ->
                  trials.run(
                      trials.unsolvable(Duration.ofSeconds(5)),
                      agent,
                      REMOTE.formatted(server.getAddress().getPort()),
                      Map.of("KEY", "a-key-of-some-length")));

      assertThat(lost.causeWord()).isEqualTo("provider_503");
      assertThat(lost).hasMessageContaining("the deadline came before any answer");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aModelThatHangsIsEndedByTheDeadlineWithAllThatCame() throws Exception {
    TrialRecord record =
        trials.run(
            trials.unsolvable(Duration.ofSeconds(3)),
            agent("echo begun\n" + CALL),
            SIMULATED.formatted("100 s"),
            Map.of());

    assertThat(record.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(record.ended()).isEqualTo("deadline");
    assertThat(record.agentSeconds()).isCloseTo(3, within(1.0));
    assertThat(record.timeline().get("wait_first")).isGreaterThan(1.0);
    assertThat(stdout(record)).startsWith("begun\n");
    List<String> rows =
        Files.readAllLines(trials.evidence(record).resolve("model-calls/calls.jsonl"));
    assertThat(rows).hasSize(1).allMatch(row -> row.contains("phase_over"));
  }

  @Test
  void aFloodOfOutputIsReadToItsEndAndKeptInPart() throws Exception {
    TrialRecord record =
        run(
            agent(
                CALL
                    + "yes '{{\"type\":\"noise\",\"text\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}}'"
                    + " | head -c 1000000000\n"
                    + "echo last words >&2\n"));

    assertThat(record.reason()).contains("the agent finished");
    Path agent = trials.evidence(record).resolve("agent");
    assertThat(Files.size(agent.resolve("stdout.txt"))).isBetween(1L << 20, 17L << 20);
    assertThat(Files.size(agent.resolve("events.jsonl"))).isBetween(1L << 20, 17L << 20);
    try (var lines = Files.lines(agent.resolve("stdout.txt"))) {
      assertThat(lines.reduce("", (a, b) -> b)).contains("bytes left out");
    }
    assertThat(Files.readString(agent.resolve("stderr.txt"))).isEqualTo("last words\n");
  }

  @Test
  void theTokenIsInNoProcessListAndNoEvidence() throws Exception {
    TrialRecord record =
        run(
            agent(
                CALL.replace("\"input\":\"go\"", "\"input\":\"'$KEY'\"")
                    + """
                    printf '{{"token":"%s"}}\\n' "$KEY"
                    printf 'in two parts: ' >&2
                    printf '%.10s' "$KEY" >&2; sleep 0.2; printf '%s\\n' "${{KEY:10}}" >&2
                    cat <{home}/config; echo
                    case "$(cat /proc/[0-9]*/cmdline | tr '\\0' ' ')" in
                      *"$KEY"*) echo seen ;;
                      *) echo unseen ;;
                    esac
                    echo "length ${{#KEY}}"
                    """,
                "files: {\"{home}/config\": \"key={token}.\"}"));

    String said = stdout(record);
    assertThat(said).contains("\nunseen\n");
    int length = Integer.parseInt(said.substring(said.lastIndexOf(' ') + 1).strip());
    String stars = "*".repeat(length);
    assertThat(length).isGreaterThan(20);
    assertThat(said).contains("{\"token\":\"" + stars + "\"}", "key=" + stars + ".");
    Path evidence = trials.evidence(record);
    assertThat(Files.readString(evidence.resolve("agent/stderr.txt")))
        .isEqualTo("in two parts: " + stars + "\n");
    assertThat(Files.readString(evidence.resolve("agent/events.jsonl"))).contains(stars);
    assertThat(Files.readString(evidence.resolve("model-calls/recording.jsonl")))
        .contains("\\\"input\\\":\\\"" + stars);
  }
}
