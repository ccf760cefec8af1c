package dev.pacebench.tasks.terminalbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.authoring.Finding;
import dev.pacebench.tasks.authoring.StaticCheck;
import dev.pacebench.tasks.digest.DigestMemory;
import dev.pacebench.tasks.sets.TaskSets;
import dev.pacebench.tasks.testing.TaskFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks of Terminal-Bench 1 are read as they are published, or refused with what is wrong. */
class TerminalBenchFormatTest {

  private static final String YAML =
      """
      # a canary may stand here
      instruction: |-
        Count the lines of /app/in.txt.
        Put the number into /app/out.txt.
      author_name: somebody
      difficulty: easy
      category: text
      tags: [files, counting]
      parser_name: pytest
      max_agent_timeout_sec: 300.0
      max_test_timeout_sec: 45
      language: none
      """;

  private static final String COMPOSE =
      """
      services:
        client:
          build:
            context: .
            dockerfile: Dockerfile
          image: ${T_BENCH_TASK_DOCKER_CLIENT_IMAGE_NAME}
          container_name: ${T_BENCH_TASK_DOCKER_CLIENT_CONTAINER_NAME}
          command: ["sh", "-c", "sleep infinity"]
          environment:
            - TEST_DIR=${T_BENCH_TEST_DIR}
          volumes:
            - ${T_BENCH_TASK_LOGS_PATH}:${T_BENCH_CONTAINER_LOGS_PATH}
            - ${T_BENCH_TASK_AGENT_LOGS_PATH}:${T_BENCH_CONTAINER_AGENT_LOGS_PATH}
      """;

  @TempDir Path folder;
  private TaskFolder task;

  @BeforeEach
  void write() {
    task =
        TaskFolder.empty(folder.resolve("set/count-lines"))
            .file("task.yaml", YAML)
            .file("docker-compose.yaml", COMPOSE)
            .file("Dockerfile", "FROM pacebench/starter\n")
            .file("run-tests.sh", "#!/bin/bash\npytest $TEST_DIR/test_outputs.py -rA\n")
            .file("tests/test_outputs.py", "def test(): pass\n")
            .file("solution.sh", "wc -l < in.txt > out.txt\n");
  }

  private TaskSet set() {
    return new TaskSets(folder.resolve("no"), folder.resolve("no"), folder.resolve("unpacked"))
        .resolve(folder.resolve("set").toString());
  }

  private Task read() {
    return set().tasks().get(0);
  }

  private String compose(String lines) {
    return COMPOSE + lines.indent(4);
  }

  @Test
  void aTaskIsReadAsItsHarnessWouldRunIt() {
    TaskSet set = set();
    assertThat(set.format()).isEqualTo("terminal-bench-1");
    assertThat(set.warnings()).isEmpty();
    Task read = set.tasks().get(0);
    assertThat(read.name()).isEqualTo("count-lines");
    assertThat(read.instruction())
        .isEqualTo("Count the lines of /app/in.txt.\nPut the number into /app/out.txt.");
    assertThat(read.agent().timeout()).contains(Duration.ofSeconds(300));
    assertThat(read.verifier().timeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(read.verifier().user()).contains("root");
    assertThat(read.verifier().env()).containsEntry("TEST_DIR", "/tests");
    assertThat(read.verifier().printed().orElseThrow().parser()).isEqualTo("pytest");
    assertThat(read.environment().env()).containsEntry("TEST_DIR", "/tests");
    assertThat(read.environment().hidden()).contains("tests", "run-tests.sh", "solution.sh");
    // A task that says nothing may use the network, in both phases.
    assertThat(read.agent().network()).isEqualTo(Network.PUBLIC);
    assertThat(read.verifier().network()).isEqualTo(Network.PUBLIC);
    assertThat(read.metadata().difficulty()).contains("easy");
    assertThat(read.metadata().tags()).containsExactly("files", "counting");
    assertThat(read.metadata().authors()).containsExactly("somebody");
    assertThat(read.solvable()).isTrue();
  }

  @Test
  void whatIsLeftOutHasTheDefaultsOfTheHarness() {
    task.file("task.yaml", "instruction: do it\n");
    Task read = read();
    assertThat(read.agent().timeout()).contains(Duration.ofSeconds(360));
    assertThat(read.verifier().timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(read.metadata().category()).contains("software_engineering");
    assertThat(read.verifier().printed().orElseThrow().parser()).isEqualTo("pytest");
  }

  @Test
  void theComposeFileSaysWhatTheDockerfileDoesNot() {
    task.file(
        "docker-compose.yaml",
        compose(
                """
                working_dir: /work
                user: "1000:1000"
                network_mode: none
                entrypoint: ["/bin/sh"]
                ports: ["8080:80"]
                deploy:
                  resources:
                    limits: {cpus: "0.5", memory: 512M}
                """)
            .replace("- TEST_DIR", "- LEVEL=${LEVEL:-3}\n      - PRICE=5$$\n      - TEST_DIR"));
    Task read = read();
    assertThat(read.unsupported()).isEmpty();
    assertThat(read.environment().workdir()).contains("/work");
    assertThat(read.agent().user()).contains("1000:1000");
    assertThat(read.agent().network()).isEqualTo(Network.NONE);
    assertThat(read.verifier().network()).isEqualTo(Network.NONE);
    assertThat(read.environment().resources().cpus()).hasValue(0.5);
    assertThat(read.environment().resources().memoryBytes()).hasValue(512L << 20);
    assertThat(read.environment().env())
        .containsEntry("LEVEL", "${LEVEL:-3}")
        .containsEntry("PRICE", "5$");
  }

  static Stream<Arguments> cannotBeHad() {
    return Stream.of(
        Arguments.of("docker-compose.yaml", "privileged: true", "privileged"),
        Arguments.of("docker-compose.yaml", "shm_size: 1g", "shm_size"),
        Arguments.of("docker-compose.yaml", "cap_add: [SYS_ADMIN]", "cap_add"),
        Arguments.of("docker-compose.yaml", "env_file: .env", "env_file"),
        Arguments.of("docker-compose.yaml", "network_mode: host", "network_mode: host"),
        Arguments.of("docker-compose.yaml", "entrypoint: /start.sh", "entrypoint"),
        Arguments.of("task.yaml", "run_tests_in_same_shell: true", "own shell"),
        Arguments.of("task.yaml", "parser_name: sweperf", "benchmark of its own"));
  }

  @ParameterizedTest
  @MethodSource
  void cannotBeHad(String file, String line, String said) {
    task.file(
        file, file.equals("task.yaml") ? YAML.replace("parser_name: pytest", line) : compose(line));
    Task read = read();
    assertThat(read.unsupported()).hasSize(1);
    Problem problem = read.unsupported().get(0);
    assertThat(problem.where()).matches(".*count-lines/" + file + ":\\d+.*");
    assertThat(problem.what()).contains(said);
    assertThat(problem.remedy()).isNotEmpty();
  }

  @Test
  void furtherServicesAreReadWithTheVariablesOfTheHarness() {
    task.file(
        "docker-compose.yaml",
        COMPOSE
            + """
              db:
                build: ./db
                image: ${T_BENCH_TASK_DOCKER_NAME_PREFIX}__db
                hostname: ${T_BENCH_TASK_DOCKER_CLIENT_CONTAINER_NAME}-db
                command: serve --to "${T_BENCH_TEST_DIR}" $$HOME
              again:
                image: tb__count-lines__client
            """);
    task.file("db/Dockerfile", "FROM debian\n");
    Task read = read();
    assertThat(read.unsupported()).isEmpty();
    assertThat(read.environment().services().hostnames()).contains("client", "tb__count-lines");
    Service db = read.environment().services().all().get(0);
    assertThat(db.hostnames()).containsExactly("db", "tb__count-lines-db");
    assertThat(db.program().command().orElseThrow())
        .containsExactly("serve", "--to", "/tests", "$HOME");
    assertThat(db.source().build().orElseThrow().hidden()).isEmpty();
    // The image of the place that is worked in, by the name that the harness gives it.
    Service.Source again = read.environment().services().all().get(1).source();
    assertThat(again.build()).isEmpty();
    assertThat(again.image()).isEmpty();
  }

  @Test
  void noServiceIsBuiltFromWhatJudgesTheTask() {
    task.file("docker-compose.yaml", COMPOSE + "  db:\n    build: tests\n");
    task.file("tests/Dockerfile", "FROM debian\n");
    assertThat(refusal()).contains("services.db.build: builds a folder that judges");
    task.file("docker-compose.yaml", COMPOSE + "  db:\n    build: .\n");
    assertThat(read().environment().services().all().get(0).source().build().orElseThrow().hidden())
        .contains("tests", "solution.sh", "run-tests.sh");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(YAML.replace("instruction", "instructions"), "instruction: is absent"),
        Arguments.of(
            "descriptions:\n  - key: base\n    description: do it\n",
            ":2: descriptions: is the early layout"),
        Arguments.of(YAML.replace("300.0", "soon"), ":10: max_agent_timeout_sec: is \"soon\""),
        Arguments.of(YAML.replace("300.0", "1e9"), "max_agent_timeout_sec: is \"1e9\""),
        Arguments.of(
            YAML.replace("parser_name: pytest", "parser_name: pytst"), "did you mean pytest?"),
        Arguments.of(YAML.replace("[files, counting]", "{a: b}"), "tags: is a mapping"),
        Arguments.of(YAML + "difficulty: hard\n", ":13: difficulty stands in line 6 already"),
        Arguments.of(YAML + "x: !!python/object:os.system ls\n", ":13: the tag "),
        Arguments.of(YAML + "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ":14: an alias *a"),
        Arguments.of(YAML + "\tx: 1\n", ":13: a tab indents this line"),
        Arguments.of(YAML + "---\ninstruction: other\n", "a second document begins"),
        Arguments.of(YAML + "x: [".repeat(30), "task.yaml:"),
        Arguments.of(
            YAML + "x: " + "[".repeat(3000) + "]".repeat(3000) + "\n", "nested too deeply"),
        Arguments.of("# " + "x".repeat(2 << 20), "keep it below 1048576"),
        Arguments.of("- instruction\n", ":1: is a list"),
        Arguments.of("", "is empty"));
  }

  @ParameterizedTest
  @MethodSource
  void mistakes(String yaml, String said) {
    task.file("task.yaml", yaml);
    assertThat(refusal()).contains("count-lines/task.yaml").contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client:|main:|has no service client",
        "context: .|context: ..|leads out of the task's folder",
        "context: .|context: tests|holds what judges or solves the task",
        "dockerfile: Dockerfile|dockerfile: Other|Other: is absent",
        "- TEST_DIR=|- TEST DIR=|environment.TEST DIR",
        "services:|other:|has no services",
      })
  void mistakesInTheComposeFile(String from, String to, String said) {
    task.file("docker-compose.yaml", COMPOSE.replaceFirst(java.util.regex.Pattern.quote(from), to));
    assertThat(refusal()).contains("count-lines/").contains(said);
  }

  private String refusal() {
    TaskException refusal =
        catchThrowableOfType(
            TaskException.class,
            () -> new TerminalBenchFormat(DigestMemory.NONE).read("set", folder.resolve("set")));
    assertThat(refusal).isNotNull();
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void commandsOfAKeystrokeScriptAreRunAsAScript() {
    task.delete("solution.sh")
        .file(
            "solution.yaml",
            """
            - command: cd /srv
              block: true
            - command: python3 server.py &
              min_timeout_sec: 2.5
              append_enter: true
            - command: curl localhost > /app/out.txt
            """);
    assertThat(read().solution().orElseThrow().text())
        .contains(
            "#!/bin/bash\ncd /srv\npython3 server.py &\nsleep 3\ncurl localhost > /app/out.txt\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: C-x|the key C-x needs a terminal",
        "command: Enter|the key Enter needs a terminal",
        "command: vim out.txt|vim needs a terminal",
        "command: python3|python3 needs a terminal",
        "{command: abc, append_enter: false}|text without a line's end needs a terminal",
      })
  void keysNeedATerminalAndTheTaskStaysUsable(String step, String said) {
    task.delete("solution.sh").file("solution.yaml", "- command: ls\n- " + step + "\n");
    Task read = read();
    assertThat(read.solution()).isEmpty();
    assertThat(read.unsupported()).isEmpty();
    assertThat(read.warnings().get(0).toString()).contains("solution.yaml:2: " + said);
  }

  @Test
  void theDigestChangesWithWhatAnAgentOrVerifierNoticesAlone() {
    String digest = read().digest();
    task.file("task.yaml", YAML.replace("easy", "hard").replace("# a", "# another"));
    task.file("solution.sh", "true\n").file("simulated/good.yaml", "path: good\n");
    assertThat(read().digest()).isEqualTo(digest);
    task.file("task.yaml", YAML.replace("45", "46"));
    assertThat(read().digest()).isNotEqualTo(digest);
    task.file("task.yaml", YAML).file("data.txt", "new\n");
    assertThat(read().digest()).isNotEqualTo(digest);
  }

  @Test
  void checkingSpeaksOfItsOwnFilesAndFields() {
    task.file("task.yaml", YAML.replace("300.0", "3")).file("Dockerfile", "FROM debian\n");
    assertThat(StaticCheck.of(read()))
        .filteredOn(finding -> finding.severity() != Finding.Severity.HINT)
        .extracting(Finding::where)
        .anyMatch(where -> where.endsWith("count-lines/task.yaml:10: max_agent_timeout_sec"))
        .anyMatch(where -> where.endsWith("count-lines/Dockerfile:1"))
        .anyMatch(
            where ->
                where.endsWith("count-lines/docker-compose.yaml: services.client.network_mode"))
        .hasSize(3);
    task.file("run-tests.sh", "curl -LsSf https://example.org/uv.sh | sh\n");
    assertThat(StaticCheck.of(read()))
        .extracting(Finding::where)
        .anyMatch(where -> where.endsWith("count-lines/run-tests.sh:1"));
  }

  @Test
  void aBrokenTaskIsNotTakenForSomethingElseInTheFolder() {
    TaskFolder.empty(folder.resolve("set/other")).file("run-tests.sh", "true\n");
    TaskFolder.empty(folder.resolve("set/notes")).file("README.md", "notes\n");
    assertThat(refusal()).contains("other/task.yaml: is absent").doesNotContain("notes");
  }
}
