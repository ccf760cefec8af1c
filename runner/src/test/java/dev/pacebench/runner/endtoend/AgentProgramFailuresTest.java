package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.SideBySide;
import dev.pacebench.runner.agent.program.CliAgent;
import dev.pacebench.runner.trial.LostTryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that fails is told apart from a model that fails, and from one that was not there. */
@Tag("docker")
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentProgramFailuresTest {

  private static final String MODELS =
      """
      providers:
        sim: {protocol: simulated}
      models:
        m: {provider: sim, id: m, simulated: {first_token: 10 ms, tokens_per_second: 1000, skill: 1}}
        hangs: {provider: sim, id: m, simulated: {first_token: 100 s, tokens_per_second: 1000, skill: 1}}
      contenders:
        - {name: m, agent: made-up, model: m}
        - {name: hangs, agent: made-up, model: hangs}
      """;

  /** What remote providers do; the path of the address says which of it is wanted. */
  private static final List<String> REMOTE =
      List.of("401", "403", "429", "500", "500-again", "503", "once", "once-again", "too-long");

  private static final String ANSWER =
      "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":1,"
          + "\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\","
          + "\"output\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n";

  private static final String TOO_LONG =
      "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":1,"
          + "\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"failed\",\"error\":"
          + "{\"code\":\"context_length_exceeded\",\"message\":\"Your input is too long.\"}}}\n\n";

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

  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private AgentTrials trials;
  private AgentTrials.Opened opened;
  private HttpServer server;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    trials = new AgentTrials(shared);
    server = AgentTrials.answering(this::reply);
    opened = trials.open(lineup(), Map.of("KEY", "a-key-of-some-length"));
  }

  @AfterAll
  void stop() {
    opened.close();
    server.stop(0);
    trials.close();
  }

  private AgentTrials.Reply reply(String place, int call) {
    requests.put(place, call);
    if (place.equals("too-long")) {
      return new AgentTrials.Reply(200, "text/event-stream", TOO_LONG);
    }
    if (place.startsWith("once")) {
      return call == 1
          ? new AgentTrials.Reply(200, "text/event-stream", ANSWER)
          : AgentTrials.Reply.refusal(503);
    }
    return AgentTrials.Reply.refusal(Integer.parseInt(place.substring(0, 3)));
  }

  private String lineup() {
    int port = server.getAddress().getPort();
    StringBuilder providers = new StringBuilder("providers:\n");
    StringBuilder models = new StringBuilder("models:\n");
    StringBuilder contenders = new StringBuilder("contenders:\n");
    for (String one : REMOTE) {
      providers.append(
          "  p%1$s: {protocol: openai-responses, base_url: \"http://127.0.0.1:%2$d/%1$s/v1\", credential: {env: KEY}}\n"
              .formatted(one, port));
      models.append("  m%1$s: {provider: p%1$s, id: m}\n".formatted(one));
      contenders.append("  - {name: c%1$s, agent: made-up, model: m%1$s}\n".formatted(one));
    }
    return MODELS
        .replace("providers:\n", providers)
        .replace("models:\n", models)
        .replace("contenders:\n", contenders);
  }

  @TestFactory
  List<DynamicTest> failures() {
    return new SideBySide(4)
        .add(
            "a provider's 500, tried again by the gateway",
            () -> loses("500-again", false, 5, "exit 2"))
        .add("a flood of output", this::aFloodOfOutputIsReadToItsEndAndKeptInPart)
        .add("a model that hangs", this::aModelThatHangsIsEndedByTheDeadlineWithAllThatCame)
        .add(
            "a program that tries for ever", this::aProgramThatTriesForEverLosesItsTryAtTheDeadline)
        .add("exit code 0 without a call", this::exitCodeZeroWithoutACallIsNoFinish)
        .add("exit code 0 after a call", this::anAnsweredCallAndExitCodeZeroAreAFinish)
        .add("another exit code", this::anotherExitCodeIsACrashWithItsLastWords)
        .add("another version", this::anotherVersionIsNobodysResult)
        .add("a foreign program", this::aProgramForAnotherKindOfMachineIsNobodysResult)
        .add("an image that lacks something", this::whatTheImageLacksIsNamed)
        .add("a provider's 401", () -> loses("401", true, 1, "exit 1"))
        .add("a provider's 403", () -> loses("403", false, 1, "exit 0"))
        .add("a provider's 429", () -> loses("429", true, 1, "exit 1"))
        .add("a provider's 500", () -> loses("500", true, 1, "exit 2"))
        .add("work done before the provider failed", this::whatWasDoneBeforeTheProviderFailedCounts)
        .add("no work before the provider failed", this::withoutWorkAProviderThatFailedLosesTheTry)
        .add("too long a conversation", this::aConversationThatGrewTooLongIsTheAgentsOwnEnd)
        .add("a token to be hidden", this::theTokenIsInNoProcessListAndNoEvidence)
        .tests();
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
    return run(agent, "m", 60);
  }

  private TrialRecord run(CliAgent agent, String contender, int seconds) throws Exception {
    return opened.run(trials.unsolvable(Duration.ofSeconds(seconds)), agent, contender);
  }

  private LostTryException lost(CliAgent agent, String contender, int seconds) {
    return catchThrowableOfType(LostTryException.class, () -> run(agent, contender, seconds));
  }

  private String stdout(TrialRecord record) throws Exception {
    return Files.readString(trials.evidence(record).resolve("agent/stdout.txt"));
  }

  private void exitCodeZeroWithoutACallIsNoFinish() throws Exception {
    TrialRecord record = run(agent("echo all is well"));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.ended()).isEqualTo("crashed");
    assertThat(record.reason()).contains("did nothing", "exit code 0", "never called its model");
    assertThat(stdout(record)).isEqualTo("all is well\n");
  }

  private void anAnsweredCallAndExitCodeZeroAreAFinish() throws Exception {
    TrialRecord record = run(agent(CALL));

    assertThat(record.reason()).contains("the agent finished");
    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.figures()).containsEntry("calls", 1.0);
  }

  private void anotherExitCodeIsACrashWithItsLastWords() throws Exception {
    TrialRecord record = run(agent(CALL + "echo first >&2; echo 'out of luck' >&2; exit 3"));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.reason()).contains("exit code 3: out of luck");
    assertThat(Files.readString(trials.evidence(record).resolve("agent/stderr.txt")))
        .isEqualTo("first\nout of luck\n");
  }

  private void anotherVersionIsNobodysResult() throws Exception {
    CliAgent agent = agent(CALL, "version_command: echo made-up 2.0.0");

    LostTryException lost = lost(agent, "m", 60);

    assertThat(lost.causeWord()).isEqualTo("agent_start");
    assertThat(lost).hasMessageContaining("another version than 1.0.0: made-up 2.0.0");
    assertThat(lost.record().outcome()).isEqualTo(Outcome.LOST);
  }

  private void aProgramForAnotherKindOfMachineIsNobodysResult() throws Exception {
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

    LostTryException lost = lost(agent, "m", 60);

    assertThat(lost.causeWord()).isEqualTo("agent_start");
    assertThat(lost).hasMessageContaining("cannot start").hasMessageContaining("agents check");
  }

  private void whatTheImageLacksIsNamed() throws Exception {
    String needs = "provide: {kind: none, needs: [sh, no-such-program]}";

    TrialRecord record = run(agent(CALL, needs));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.reason()).contains("image lacks no-such-program");
    assertThat(record.figures()).containsEntry("calls", 0.0);
  }

  private void loses(String place, boolean itself, int least, String end) throws Exception {
    LostTryException lost = lost(agent(CALL + end, "retries_itself: " + itself), "c" + place, 60);

    assertThat(lost.causeWord()).isEqualTo("provider_" + place.substring(0, 3));
    assertThat(lost).hasMessageContaining("made-up ended after its last call was refused");
    assertThat(requests.get(place)).isGreaterThanOrEqualTo(least);
  }

  private CliAgent callsTwice(String work) throws Exception {
    return agent("(" + CALL.strip() + ")\n" + work + CALL + "exit 1", "retries_itself: true");
  }

  private void whatWasDoneBeforeTheProviderFailedCounts() throws Exception {
    TrialRecord record =
        opened.run(
            trials.solvable(Duration.ofSeconds(60)), callsTwice("touch /app/done\n"), "conce");

    assertThat(record.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(record.ended()).isEqualTo("cancelled");
    assertThat(record.flags()).contains("provider_failed");
  }

  private void withoutWorkAProviderThatFailedLosesTheTry() throws Exception {
    LostTryException lost = lost(callsTwice(""), "conce-again", 60);

    assertThat(lost.causeWord()).isEqualTo("provider_503");
    assertThat(lost.record().outcome()).isEqualTo(Outcome.LOST);
    assertThat(lost.record().solved()).isFalse();
  }

  private void aConversationThatGrewTooLongIsTheAgentsOwnEnd() throws Exception {
    TrialRecord record = run(agent(CALL + "exit 1", "retries_itself: true"), "ctoo-long", 60);

    assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(record.ended()).isEqualTo("context_overflow");
  }

  private void aProgramThatTriesForEverLosesItsTryAtTheDeadline() throws Exception {
    String again = "for n in 1 2 3 4; do (" + CALL.strip() + "); done\nsleep 60\n";

    LostTryException lost = lost(agent(again, "retries_itself: true"), "c503", 10);

    assertThat(lost.causeWord()).isEqualTo("provider_503");
    assertThat(lost).hasMessageContaining("the deadline came before any answer");
  }

  private void aModelThatHangsIsEndedByTheDeadlineWithAllThatCame() throws Exception {
    TrialRecord record = run(agent("echo begun\n" + CALL), "hangs", 10);

    assertThat(record.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(record.ended()).isEqualTo("deadline");
    assertThat(record.agentSeconds()).isBetween(10.0, 12.0);
    assertThat(record.timeline().get("wait_first")).isPositive();
    assertThat(stdout(record)).startsWith("begun\n");
    List<String> rows =
        Files.readAllLines(trials.evidence(record).resolve("model-calls/calls.jsonl"));
    assertThat(rows).hasSize(1).allMatch(row -> row.contains("phase_over"));
  }

  private void aFloodOfOutputIsReadToItsEndAndKeptInPart() throws Exception {
    TrialRecord record =
        run(
            agent(
                CALL
                    + "yes '{{\"type\":\"noise\",\"text\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}}'"
                    + " | head -c 30000000\n"
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

  private void theTokenIsInNoProcessListAndNoEvidence() throws Exception {
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
