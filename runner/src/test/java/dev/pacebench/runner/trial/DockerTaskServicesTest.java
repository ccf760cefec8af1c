package dev.pacebench.runner.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.leaderboard.Outcome;
import dev.pacebench.leaderboard.TrialRecord;
import dev.pacebench.runner.agent.NopAgent;
import dev.pacebench.runner.agent.OracleAgent;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.terminalbench.TerminalBenchFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tasks with services beside them are run as they are written, and leave nothing behind. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerTaskServicesTest {

  /** Keeps a number, which it tells and raises by what is sent to it. */
  private static final String COUNTER =
      """
      import http.server, os, sys
      count = int(os.environ.get("FROM", "0"))
      class Counter(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              self.tell()
          def do_POST(self):
              global count
              count += int(self.rfile.read(int(self.headers["Content-Length"])))
              self.tell()
          def tell(self):
              self.send_response(200); self.end_headers(); self.wfile.write(str(count).encode())
      print("counting from", count, flush=True)
      http.server.HTTPServer(("", int(sys.argv[1])), Counter).serve_forever()
      """;

  private static final String COMPOSE =
      """
      services:
        main:
          depends_on: {counter: {condition: service_healthy}}
          volumes: ["shared:/shared"]
        counter:
          build: ./counter
          command: python3 -u /srv/counter.py 8000
          environment: {FROM: "${NOT_SET:-40}"}
          expose: [8000]
          healthcheck: {test: [CMD, /srv/ask, counter], interval: 200ms, retries: 50}
        late:
          image: ${MAIN_IMAGE_NAME}
          depends_on: {counter: {condition: service_healthy}}
          command: sh -c "echo seen by $$(hostname) >/shared/late; sleep 300"
          volumes: ["shared:/shared"]
      volumes: {shared: {}}
      """;

  private static final String ASK =
      "#!/usr/bin/python3\nimport sys, urllib.request as u\n"
          + "print(u.urlopen('http://' + sys.argv[1] + ':8000',"
          + " data=sys.argv[2].encode() if len(sys.argv) > 2 else None).read().decode())\n";

  private Path folder;
  private TrialHarness harness;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    this.folder = folder;
    harness = new TrialHarness(folder, "docker");
  }

  @AfterAll
  void leaveNothing() throws Exception {
    harness.close();
    String owner = "/" + Owner.self().pid() + "/";
    assertThat(listed("ps", "-a")).noneMatch(line -> line.contains(owner));
    assertThat(listed("volume", "ls")).noneMatch(line -> line.contains(owner));
    assertThat(listed("network", "ls")).noneMatch(line -> line.contains(owner));
  }

  private static List<String> listed(String... what) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(what));
    command.addAll(List.of("--format", "{{.Label \"dev.pacebench.owner\"}}"));
    Process process = new ProcessBuilder(command).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return out.lines().toList();
  }

  private static void executable(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, ASK);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private TrialFixtures.TaskFolder task(String name, String compose) throws IOException {
    executable(folder.resolve(name).resolve("environment/counter/ask"));
    return new TrialFixtures.TaskFolder(folder, name)
        .write("environment/docker-compose.yaml", compose)
        .write("environment/counter/counter.py", COUNTER)
        .dockerfile("FROM pacebench/starter\nCOPY counter/ask /usr/local/bin/ask\n")
        .write(
            "environment/counter/Dockerfile",
            "FROM pacebench/starter\nCOPY counter.py /srv/\nCOPY ask /srv/ask\n");
  }

  @Test
  void theReferenceWorksThroughAServicesName() throws Exception {
    Task task =
        task("shared", COMPOSE)
            .solution("ask counter 2; cp /shared/late /shared/copied")
            .tests(
                "grep -q 'seen by sandbox' /shared/copied && [ $(ask counter) = 42 ];"
                    + " echo $((1 - $?)) > /logs/verifier/reward.txt")
            .read();
    TrialRecord solved = harness.run(task, new OracleAgent(Map.of()));
    assertThat(solved.reason()).contains("the verifier passed");
    assertThat(solved.outcome()).isEqualTo(Outcome.SOLVED);
    assertThat(solved.flags()).doesNotContain("service_failed", "tampered");
    Path evidence = harness.evidence(solved);
    assertThat(Files.readString(evidence.resolve("services/counter.log")))
        .startsWith("counting from 40\n");
    assertThat(Files.readString(evidence.resolve("result.json")))
        .contains("detail.service.counter", "\"late\"", "running");
    // Another trial has a service of its own.
    assertThat(harness.run(task, new NopAgent()).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aSeparateVerifierHasServicesOfItsOwn() throws Exception {
    Task task =
        task("separate", COMPOSE)
            .top("artifacts = [\"/app/answer.txt\"]")
            .verifier("timeout_sec = 30.0\nenvironment_mode = \"separate\"")
            .solution("mkdir -p /app; ask counter 5 >/app/answer.txt")
            .tests(
                "[ $(ask counter),$(cat /app/answer.txt) = 40,45 ];"
                    + " echo $((1 - $?)) > /logs/verifier/reward.txt")
            .read();
    TrialRecord solved = harness.run(task, new OracleAgent(Map.of()));
    assertThat(solved.outcome()).as(solved.reason()).isEqualTo(Outcome.SOLVED);
    assertThat(harness.evidence(solved).resolve("verifier-services/counter.log")).exists();
  }

  @Test
  void aServiceThatEndsEarlyLosesTheTryAndIsNobodysFailure() throws Exception {
    Task task =
        task("broken", COMPOSE.replace("/srv/counter.py 8000", "/srv/counter.py port"))
            .solution("true")
            .tests("echo 1 > /logs/verifier/reward.txt")
            .read();
    LostTryException lost =
        catchThrowableOfType(LostTryException.class, () -> harness.run(task, new NopAgent()));
    assertThat(lost.causeWord()).isEqualTo("service");
    assertThat(lost)
        .hasMessageContaining("the service counter (")
        .hasMessageContaining("docker-compose.yaml:6) ended with exit code 1")
        .hasMessageContaining("ValueError: invalid literal");
    assertThat(lost.record().outcome()).isEqualTo(Outcome.LOST);
    assertThat(harness.evidence(lost.record()).resolve("services/counter.log")).isNotEmptyFile();
  }

  @Test
  void aTaskOfTerminalBenchHasItsServicesToo() throws Exception {
    Path set = folder.resolve("tb");
    Path own = Files.createDirectories(set.resolve("count/counter"));
    Files.writeString(own.resolve("counter.py"), COUNTER);
    Files.writeString(own.resolve("Dockerfile"), "FROM pacebench/starter\nCOPY counter.py /srv/\n");
    Path task = own.getParent();
    executable(task.resolve("ask"));
    Files.writeString(
        task.resolve("Dockerfile"),
        "FROM pacebench/starter\nCOPY ask /usr/local/bin/ask\nWORKDIR /app\n");
    Files.writeString(task.resolve("task.yaml"), "instruction: raise the count to 7\n");
    Files.writeString(
        task.resolve("docker-compose.yaml"),
        """
        services:
          client:
            build: .
            image: ${T_BENCH_TASK_DOCKER_CLIENT_IMAGE_NAME}
            container_name: ${T_BENCH_TASK_DOCKER_CLIENT_CONTAINER_NAME}
            command: [sh, -c, sleep infinity]
            depends_on: [counter]
            volumes:
              - ${T_BENCH_TASK_LOGS_PATH}:${T_BENCH_CONTAINER_LOGS_PATH}
          counter:
            build: {context: counter}
            image: ${T_BENCH_TASK_DOCKER_NAME_PREFIX}__counter
            command: [python3, -u, /srv/counter.py, "8000"]
            ports: ["8000:8000"]
        """);
    Files.writeString(task.resolve("solution.sh"), "ask counter 7\n");
    Files.createDirectories(task.resolve("tests"));
    Files.writeString(
        task.resolve("run-tests.sh"),
        "[ $(ask counter) = 7 ] && r=PASSED n=passed || r=FAILED n=failed\n"
            + "echo '=== short test summary info ==='; echo $r t.py::test; echo \"=== 1 $n in 0.1s ===\"\n");
    Task read = new TerminalBenchFormat(DigestMemory.NONE).read("set", set).tasks().get(0);
    TrialRecord solved = harness.run(read, new OracleAgent(Map.of()));
    assertThat(solved.outcome()).as(solved.reason()).isEqualTo(Outcome.SOLVED);
    assertThat(harness.run(read, new NopAgent()).outcome()).isEqualTo(Outcome.FAILED);
  }
}
