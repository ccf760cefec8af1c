package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.SideBySide;
import dev.pacebench.runner.agent.Agent;
import dev.pacebench.runner.agent.AgentContext;
import dev.pacebench.runner.agent.AgentEnd;
import dev.pacebench.runner.endtoend.HostileRig.Wanted;
import dev.pacebench.runner.timeline.TrialState;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Agents that are ended in the middle of something leave right outcomes and whole evidence, and
 * what an agent does harms no trial beside its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class HostileAgents {

  private static final Duration LONG = Duration.ofSeconds(120);
  private static final Duration VERIFIER = Duration.ofSeconds(60);

  /** Work of some steps that takes a second or two. */
  private static final String WORK =
      """
      - run: sleep 0.3; echo one
      - run: sleep 0.3; echo two
      - run: sleep 0.3; echo 42 > answer.txt
      - text: The answer is written.
      """;

  private static final String NOTHING =
      """
      - run: "true"
      - text: Done.
      """;

  private HostileRig rig;
  private Task neighbour;
  private TrialRecord alone;

  /** Time to get well into the work, by what an honest trial needs here; seconds, or many more. */
  private Duration soon;

  abstract String providerName();

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    rig = new HostileRig(folder, providerName());
    neighbour = rig.task("neighbour", LONG, VERIFIER, WORK);
    // The first trial also pays for what is made once.
    rig.run(new Wanted(neighbour, "quick"));
    alone = rig.run(new Wanted(neighbour, "quick"));
    assertThat(alone.outcome()).as(alone.reason()).isEqualTo(Outcome.SOLVED);
    soon = Duration.ofMillis((long) Math.max(3000, 2000 * alone.agentSeconds()));
  }

  @AfterAll
  void close() {
    rig.close();
  }

  @TestFactory
  List<DynamicTest> anEndInTheMiddleOfSomethingLeavesRightOutcomesAndWholeEvidence() {
    return new SideBySide(4)
        .add("a set-up that overlooks its interruption", this::overlooksItsInterruption)
        .add("what is said after the deadline", this::speaksLate)
        .add("a set-up that hangs in the sandbox", this::setUpHangsInTheSandbox)
        .add("a set-up that hangs on the host", this::setUpHangsOnTheHost)
        .add("the middle of a command", this::deadlineInACommand)
        .add("the middle of an answer", () -> deadlineInAnAnswer("slow"))
        .add("the middle of an answer by WebSocket", () -> deadlineInAnAnswer("slow-websocket"))
        .tests();
  }

  /** The call is on record. */
  private void deadlineInAnAnswer(String contender) throws Exception {
    Task task =
        rig.task(
            "mid-stream-" + contender,
            soon,
            VERIFIER,
            "- text: " + "word ".repeat(2000).strip() + "\n");

    TrialRecord record = rig.run(new Wanted(task, contender));

    timedOut(record);
    List<JsonNode> calls = lines(record, "model-calls/calls.jsonl");
    assertThat(calls).isNotEmpty();
    assertThat(calls.get(calls.size() - 1).toString()).contains("phase_over");
    assertThat(lines(record, "agent/loop.jsonl")).isNotEmpty();
    assertThat(record.timeline().get("answer_stream")).isGreaterThan(1.0);
  }

  /** Nothing of it runs any more. */
  private void deadlineInACommand() throws Exception {
    Task task =
        rig.task(
            "mid-command",
            soon,
            VERIFIER,
            """
            - run: "trap '' TERM HUP INT; (sleep 987 & sleep 987); echo 42 > answer.txt"
            - text: Done.
            """);

    TrialRecord record = rig.run(new Wanted(task, "quick"));

    timedOut(record);
    assertThat(record.flags()).contains("services_stopped");
    assertThat(record.figures().get("killed_at_deadline")).isPositive();
    assertThat(record.timeline().get("tool_exec")).isGreaterThan(1.0);
    assertThat(processes(record)).doesNotContain("987");
    assertThat(lines(record, "agent/loop.jsonl")).isNotEmpty();
  }

  /** It is ended, and is the agent's fault. */
  private void setUpHangsInTheSandbox() throws Exception {
    TrialRecord record =
        rig.run(
            hanging(
                "hangs-inside", context -> run(context, "sleep 986; echo 42 > /app/answer.txt")));

    notSetUp(record);
    assertThat(processes(record)).doesNotContain("986");
  }

  /** It holds no slot. */
  private void setUpHangsOnTheHost() throws Exception {
    TrialRecord record =
        rig.run(hanging("hangs-outside", context -> new CountDownLatch(1).await()));

    notSetUp(record);
    assertThat(record.flags()).doesNotContain("agent_thread_stuck");
  }

  /** It reaches nothing any more. */
  private void overlooksItsInterruption() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try {
      TrialRecord record =
          rig.run(
              hanging(
                  "overlooks",
                  context -> {
                    while (true) {
                      try {
                        over.await();
                        break;
                      } catch (InterruptedException e) {
                        context.states().accept(TrialState.TOOL_EXEC);
                      }
                    }
                    run(context, "echo 42 > /app/answer.txt");
                  }));
      notSetUp(record);
      assertThat(record.flags()).contains("agent_thread_stuck");
    } finally {
      over.countDown();
    }
  }

  /** No time changes by it. */
  private void speaksLate() throws Exception {
    Task task = rig.task("late-word", soon, VERIFIER, NOTHING);

    TrialRecord record =
        rig.run(
            new Wanted(
                task,
                agent(
                    "late-word",
                    context -> {
                      try {
                        new CountDownLatch(1).await();
                      } finally {
                        context.states().accept(TrialState.TOOL_EXEC);
                        spin(Duration.ofSeconds(2));
                      }
                    })));

    timedOut(record);
    assertThat(record.agentSeconds()).isLessThan(seconds(soon) + 1.5);
    assertThat(record.timeline()).doesNotContainKey("tool_exec");
  }

  @Test
  void moneyThatIsSpentToTheLastByTheLastCallEndsNothing() throws Exception {
    double all = alone.figures().get("cost");

    TrialRecord exact = rig.run(new Wanted(neighbour, rig.spending(all)));
    TrialRecord less = rig.run(new Wanted(neighbour, rig.spending(all / 2)));

    assertThat(exact.figures()).containsEntry("cost", all);
    assertThat(exact.ended()).isEqualTo("finished");
    assertThat(exact.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(less.ended()).isEqualTo("cost_limit");
    whole(less);
  }

  @Test
  void aCrashingAgentHarmsNoOther() throws Exception {
    TrialRecord record =
        besideAnother(
            agent(
                "crasher",
                context -> {
                  throw new StackOverflowError("made by the test");
                }));

    assertThat(record.outcome()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.ended()).isEqualTo("crashed");
    whole(record);
  }

  @Test
  void aSilentAgentHarmsNoOther() throws Exception {
    TrialRecord record = besideAnother(agent("silent", context -> new CountDownLatch(1).await()));

    timedOut(record);
  }

  @Test
  @Tag("slow")
  void anAgentThatPrintsWithoutEndHarmsNoOther() throws Exception {
    Task task =
        rig.task(
            "flood",
            LONG,
            VERIFIER,
            """
            - run: head -c 1000000000 /dev/zero | tr '\\0' x; echo end
            - run: echo 42 > answer.txt
            - text: Done.
            """);

    List<TrialRecord> both =
        rig.beside(List.of(new Wanted(task, "quick"), new Wanted(neighbour, "websocket")));

    TrialRecord flood = both.get(0);
    assertThat(flood.outcome()).as(flood.reason()).isEqualTo(Outcome.SOLVED);
    whole(flood);
    assertThat(sizeOf(rig.evidence(flood))).isLessThan(8L << 20);
    String log = Files.readString(rig.evidence(flood).resolve("agent/loop.jsonl"));
    assertThat(log).as("the end is kept").contains("xxx").contains("end");
    asAlone(both.get(1));
  }

  @Test
  void anAgentThatForksHarmsNoOther() throws Exception {
    TrialRecord record = besideAnother(agent("forker", context -> run(context, forks())));

    timedOut(record);
    assertThat(processes(record)).doesNotContain("985");
    assertThat(record.figures().get("killed_at_deadline")).isGreaterThan(50);
  }

  /** Processes that make processes, as many as the kind of sandbox can be asked for. */
  abstract String forks();

  private TrialRecord besideAnother(Agent agent) throws Exception {
    Task task = rig.task(agent.name(), soon, VERIFIER, NOTHING);
    List<TrialRecord> both =
        rig.beside(List.of(new Wanted(task, agent), new Wanted(neighbour, "websocket")));
    asAlone(both.get(1));
    return both.get(0);
  }

  /** Twice the time and two seconds more: a machine with other work must not fail this. */
  private void asAlone(TrialRecord record) throws IOException {
    assertThat(record.outcome()).as(record.reason()).isEqualTo(Outcome.SOLVED);
    assertThat(record.ended()).isEqualTo("finished");
    assertThat(record.agentSeconds()).isLessThan(2 * alone.agentSeconds() + 2);
    assertThat(record.figures().get("calls")).isEqualTo(alone.figures().get("calls"));
    assertThat(record.figures().get("output_tokens"))
        .isEqualTo(alone.figures().get("output_tokens"));
    whole(record);
  }

  private void timedOut(TrialRecord record) throws IOException {
    assertThat(record.outcome()).as(record.reason()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(record.ended()).isEqualTo("deadline");
    assertThat(record.agentSeconds()).isBetween(seconds(soon), seconds(soon) + 12);
    whole(record);
  }

  private void notSetUp(TrialRecord record) throws IOException {
    assertThat(record.outcome()).as(record.reason()).isEqualTo(Outcome.AGENT_ERROR);
    assertThat(record.ended()).isEqualTo("crashed");
    assertThat(record.reason()).contains("was not set up within");
    assertThat(record.agentSeconds()).isZero();
    assertThat(record.rewards()).containsEntry("reward", 0.0);
    whole(record);
  }

  /** Everything that belongs to a try is there, and its states add up to its wall-clock. */
  private void whole(TrialRecord record) throws IOException {
    Path evidence = rig.evidence(record);
    JsonNode result =
        JsonMapper.shared().readTree(Files.readString(evidence.resolve("result.json")));
    assertThat(result.isObject()).isTrue();
    assertThat(evidence.resolve("verifier/reward.txt")).exists();
    double named = record.timeline().values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(named).isCloseTo(record.wallSeconds(), Offset.offset(1e-6));
  }

  private String processes(TrialRecord record) throws IOException {
    return Files.readString(rig.evidence(record).resolve("verifier/processes.txt"));
  }

  private List<JsonNode> lines(TrialRecord record, String file) throws IOException {
    return Files.readAllLines(rig.evidence(record).resolve(file)).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private static long sizeOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** What an agent does; whatever it throws is its own affair. */
  interface Deed {
    void run(AgentContext context) throws InterruptedException;
  }

  static void run(AgentContext context, String script) throws InterruptedException {
    context.commands().run(Command.of(script, Duration.ofMinutes(10)), OutputListener.NONE);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static void spin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Set up within 3.6 s, a hundredth of what is usual. */
  private Wanted hanging(String name, Deed setUp) throws Exception {
    Task task = rig.task(name, LONG.multipliedBy(100), VERIFIER.multipliedBy(100), NOTHING);
    Agent agent = new TestAgent(name, setUp, context -> {});
    return new Wanted(task, agent.name(), Optional.of(agent), 0.01);
  }

  private static Agent agent(String name, Deed deed) {
    return new TestAgent(name, context -> {}, deed);
  }

  /** An agent without a model. */
  private record TestAgent(String name, Deed setUp, Deed deed) implements Agent {
    @Override
    public String version() {
      return "1";
    }

    @Override
    public boolean needsModel() {
      return false;
    }

    @Override
    public void setUp(AgentContext context) throws InterruptedException {
      setUp.run(context);
    }

    @Override
    public AgentEnd run(AgentContext context) throws InterruptedException {
      deed.run(context);
      return AgentEnd.finished();
    }
  }
}
