package dev.pacebench.runner.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.agent.LoopRig;
import dev.pacebench.runner.agent.RecordedLoop;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import dev.pacebench.runner.gateway.record.CallFiles;
import dev.pacebench.runner.gateway.simulated.Play;
import dev.pacebench.runner.gateway.simulated.Script;
import dev.pacebench.runner.lineup.SimulatedTier;
import dev.pacebench.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Trajectories of the loop's work with a simulated model through a real gateway. */
@Timeout(90)
class TrajectoriesTest {

  private static final Script SCRIPT =
      new Script(
          "good",
          true,
          List.of(
              new Script.Turn("Look first.", "I look.", List.of("ls", "pwd"), 5, 20),
              new Script.Turn("", "Now test.", List.of("cd /app && ./test.sh"), 0, 20),
              new Script.Turn("", "It is done.", List.of(), 0, 5)));

  @TempDir static Path folder;

  private static LoopRig rig;

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
  void whatWasSaidRunAndGivenBackIsToldOnceOverEveryProtocol(Protocol protocol, Transport transport)
      throws Exception {
    Path evidence = work("told", protocol, transport, SimulatedTier.Faults.NONE, () -> false);

    Doings doings = write(evidence, 1000);
    JsonNode told = read(evidence);

    assertThat(AtifRules.check(told)).isEmpty();
    assertThat(doings).isEqualTo(new Doings(true, 3, 3, true, 0));
    assertThat(words(told, "source")).containsExactly("system", "user", "agent", "agent", "agent");
    JsonNode look = told.path("steps").path(2);
    assertThat(look.path("message").stringValue()).isEqualTo("I look.");
    assertThat(look.path("reasoning_content").stringValue()).isEqualTo("Look first.");
    assertThat(look.path("tool_calls").size()).isEqualTo(2);
    assertThat(look.at("/tool_calls/0/function_name").stringValue()).isEqualTo("shell");
    assertThat(look.at("/tool_calls/1/arguments/command").stringValue()).isEqualTo("pwd");
    assertThat(look.at("/observation/results/0/content").stringValue())
        .startsWith("exit code: 0\nran exec 2>&1; ls");
    assertThat(look.at("/extra/tools/1/exit_code").intValue()).isZero();
    assertThat(look.at("/extra/tools/1/took_ms").doubleValue()).isEqualTo(7);
    assertThat(look.at("/extra/tool_ms_from").stringValue()).isEqualTo("agent");
    assertThat(look.at("/metrics/completion_tokens").intValue()).isEqualTo(25);
    JsonNode latency = look.at("/metrics/extra");
    assertThat(latency.path("transport").stringValue()).isEqualTo(transport.word());
    assertThat(latency.path("attempts").intValue()).isOne();
    double first = latency.path("ttft_ms").doubleValue();
    assertThat(first).isPositive().isLessThanOrEqualTo(latency.path("total_ms").doubleValue());
    assertThat(latency.path("decode_ms").doubleValue()).isPositive();
    assertThat(latency.path("tokens_per_second").doubleValue()).isPositive();
    assertThat(told.at("/steps/4/message").stringValue()).isEqualTo("It is done.");
    assertThat(told.at("/final_metrics/total_steps").intValue()).isEqualTo(5);
    assertThat(told.at("/final_metrics/total_completion_tokens").intValue()).isEqualTo(50);
    assertThat(told.has("notes")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void oneSeedGivesOneTrajectory(Protocol protocol, Transport transport) throws Exception {
    SimulatedTier.Faults faults = SimulatedTier.Faults.NONE;
    Path first = work("seed-1", protocol, transport, faults, () -> false);
    Path second = work("seed-2", protocol, transport, faults, () -> false);
    write(first, 1000);
    write(second, 1000);

    assertThat(untimed(read(second))).isEqualTo(untimed(read(first)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void attemptsThatBrokeOffAreOneStepWithTheOneThatDidNot(Protocol protocol, Transport transport)
      throws Exception {
    SimulatedTier.Faults faults = new SimulatedTier.Faults(0, 0, 0, 0.4);
    Path evidence = work("cut", protocol, transport, faults, () -> false);

    Doings doings = write(evidence, 60_000);
    JsonNode told = read(evidence);

    assertThat(AtifRules.check(told)).isEmpty();
    assertThat(doings.turns()).isEqualTo(3);
    assertThat(words(told, "source")).containsExactly("system", "user", "agent", "agent", "agent");
    int attempts = 0;
    for (JsonNode step : told.path("steps")) {
      attempts += step.at("/metrics/extra/attempts").asInt(0);
    }
    assertThat(attempts)
        .isGreaterThan(3)
        .isEqualTo(CallFiles.read(evidence.resolve(CallFiles.FOLDER)).size());
    assertThat(told.at("/steps/2/message").stringValue()).isEqualTo("I look.");
    assertThat(told.at("/steps/2/extra/tool_ms_from").stringValue()).isEqualTo("agent");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anAnswerThatTheDeadlineCutsOffIsToldAsFarAsItCame(Protocol protocol, Transport transport)
      throws Exception {
    Script slow =
        new Script(
            "slow", true, List.of(new Script.Turn("", "word ".repeat(6000), List.of(), 0, 6000)));
    Path evidence = folder.resolve("deadline-" + protocol.word() + transport.word());
    Play play = new Play(tier(SimulatedTier.Faults.NONE, 400), Optional.of(slow), 7);
    double phase =
        RecordedLoop.run(
            rig, play, protocol, transport, sandbox(), evidence, () -> hasParts(evidence, 60));

    Doings doings = write(evidence, phase);
    JsonNode told = read(evidence);

    assertThat(AtifRules.check(told)).isEmpty();
    assertThat(doings.turns()).isOne();
    JsonNode last = told.path("steps").path(told.path("steps").size() - 1);
    assertThat(last.path("message").stringValue()).startsWith("word word");
    assertThat(last.path("message").stringValue().length()).isLessThan(29_000);
    assertThat(last.at("/metrics/extra/end").stringValue()).isIn("phase_over", "abandoned");
    assertThat(told.at("/extra/phase_ms").doubleValue()).isEqualTo(phase, Offset.offset(0.01));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aCommandThatTheDeadlineCutsOffCameToNothing(Protocol protocol, Transport transport)
      throws Exception {
    Script sleepy =
        new Script(
            "sleepy",
            true,
            List.of(
                new Script.Turn("", "I wait.", List.of("ls", "sleep 600"), 0, 20),
                new Script.Turn("", "Done.", List.of(), 0, 5)));
    Path evidence = folder.resolve("asleep-" + protocol.word() + transport.word());
    Play play = new Play(tier(SimulatedTier.Faults.NONE, 5000), Optional.of(sleepy), 7);
    Sandbox sandbox = sandbox();
    double phase =
        RecordedLoop.run(
            rig, play, protocol, transport, sandbox, evidence, () -> RecordedLoop.sleeps(sandbox));

    Doings doings = write(evidence, phase);
    JsonNode told = read(evidence);

    assertThat(AtifRules.check(told)).isEmpty();
    assertThat(doings.commands()).isEqualTo(2);
    JsonNode last = told.path("steps").path(told.path("steps").size() - 1);
    assertThat(last.path("message").stringValue()).isEqualTo("I wait.");
    assertThat(last.at("/extra/tools/0/exit_code").intValue()).isZero();
    assertThat(last.at("/extra/tools/1/came_back").booleanValue()).isFalse();
    assertThat(last.at("/extra/tool_ms").doubleValue()).isBetween(0.0, phase);
  }

  @Test
  void aTornRecordingMakesAShorterTrajectoryAndANote() throws Exception {
    Path evidence =
        work("torn", Protocol.OPENAI_CHAT, Transport.SSE, SimulatedTier.Faults.NONE, () -> false);
    Path recording = evidence.resolve(CallFiles.FOLDER).resolve(CallFiles.RECORDING);
    byte[] whole = Files.readAllBytes(recording);
    for (int parts = 0; parts < 20; parts++) {
      Files.write(recording, java.util.Arrays.copyOf(whole, whole.length * parts / 20));
      Doings doings = write(evidence, 1000);
      JsonNode told = read(evidence);
      assertThat(AtifRules.check(told)).as("%d of 20", parts).isEmpty();
      assertThat(told.path("notes").asString("")).as("%d of 20", parts).isNotEmpty();
      assertThat(doings.turns()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void withoutAnyCallTheAgentsOutputIsTold() throws Exception {
    Path evidence = Files.createDirectories(folder.resolve("silent"));
    Path logs = Files.createDirectories(evidence.resolve("agent"));
    Files.writeString(logs.resolve("stdout.txt"), "hello\u001b[31m\n".repeat(1_000_000));

    Doings doings = write(evidence, 1000);
    JsonNode told = read(evidence);

    assertThat(AtifRules.check(told)).isEmpty();
    assertThat(doings.modelled()).isFalse();
    assertThat(words(told, "source")).containsExactly("user", "agent");
    assertThat(told.at("/steps/1/message").stringValue())
        .startsWith("hello")
        .contains("bytes left out")
        .hasSizeLessThan(Texts.LONGEST + 100);
    assertThat(Files.size(logs.resolve(Trajectories.FILE))).isLessThan(300_000);
  }

  /** Whether so much of an answer was recorded that some of it must be words. */
  private static boolean hasParts(Path evidence, int count) {
    Path recording = evidence.resolve(CallFiles.FOLDER).resolve(CallFiles.RECORDING);
    try {
      return Files.readString(recording, StandardCharsets.ISO_8859_1)
              .split("\"kind\":\"part\"", -1)
              .length
          > count;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path work(
      String name,
      Protocol protocol,
      Transport transport,
      SimulatedTier.Faults faults,
      BooleanSupplier cut)
      throws Exception {
    Path evidence = folder.resolve(name + "-" + protocol.word() + transport.word());
    Play play = new Play(tier(faults, 5000), Optional.of(SCRIPT), 7);
    RecordedLoop.run(rig, play, protocol, transport, sandbox(), evidence, cut);
    return evidence;
  }

  private static SimulatedTier tier(SimulatedTier.Faults faults, int perSecond) {
    return new SimulatedTier(
        Duration.ofMillis(2), perSecond, 4, 0, Duration.ZERO, Duration.ZERO, 0, 1, faults);
  }

  private static Sandbox sandbox() {
    return RecordedLoop.answering(script -> "ran " + script);
  }

  static Doings write(Path evidence, double phase) throws Exception {
    TrialFacts facts =
        new TrialFacts(
            "run/trial/try-1",
            "loop",
            "1",
            Optional.of("sim"),
            true,
            true,
            "Write 42.",
            Instant.parse("2026-11-21T00:00:00Z"),
            phase,
            "finished",
            false);
    return Trajectories.write(
        facts,
        evidence.resolve("agent").resolve(Trajectories.FILE),
        List.of(evidence.resolve("agent")),
        evidence.resolve(CallFiles.FOLDER));
  }

  static JsonNode read(Path evidence) throws Exception {
    byte[] bytes = Files.readAllBytes(evidence.resolve("agent").resolve(Trajectories.FILE));
    return Json.read(bytes).orElseThrow();
  }

  private static List<String> words(JsonNode told, String field) {
    List<String> words = new ArrayList<>();
    told.path("steps").forEach(step -> words.add(step.path(field).asString("")));
    return words;
  }

  /** What of a trajectory must not depend on time. */
  private static List<String> untimed(JsonNode told) {
    List<String> lines = new ArrayList<>();
    for (JsonNode step : told.path("steps")) {
      lines.add(
          step.path("source")
              + " "
              + step.path("message")
              + " "
              + step.path("reasoning_content")
              + " "
              + step.path("tool_calls")
              + " "
              + step.path("observation")
              + " "
              + step.at("/metrics/completion_tokens")
              + " "
              + step.at("/metrics/prompt_tokens"));
    }
    return lines;
  }
}
