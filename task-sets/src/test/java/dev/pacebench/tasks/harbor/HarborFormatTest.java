package dev.pacebench.tasks.harbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Resources;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.TaskSet;
import dev.pacebench.tasks.Verifier;
import dev.pacebench.tasks.testing.TaskFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task file's values become, with and without them. */
class HarborFormatTest {

  @TempDir private Path temp;

  @Test
  void taskFileWithNothingInItHasHarborsDefaults() {
    Task task = read("");

    assertThat(task.name()).isEqualTo("hello");
    assertThat(task.schemaVersion()).isEqualTo("1.1");
    assertThat(task.agent().timeout()).isEmpty();
    assertThat(task.agent().network()).isEqualTo(Network.PUBLIC);
    assertThat(task.verifier().timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(task.verifier().mode()).isEqualTo(Verifier.Mode.SHARED);
    assertThat(task.environment().buildTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(task.environment().networkStated()).isFalse();
    assertThat(task.environment().dockerfile())
        .contains(task.directory().resolve("environment/Dockerfile"));
    assertThat(task.solution().orElseThrow().script())
        .isEqualTo(task.directory().resolve("solution/solve.sh"));
    assertThat(task.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"version = \"1.0\"", "schema_version = \"1.1\"", "schema_version = \"1.3\""})
  void resourcesLeftOutHaveFixedSizesBeforeSchema14(String version) {
    Resources resources = read(version).environment().resources();

    assertThat(resources.cpus()).hasValue(1);
    assertThat(resources.memoryBytes()).hasValue(2L << 30);
    assertThat(resources.storageBytes()).hasValue(10L << 30);
    assertThat(resources.gpus()).hasValue(0);
  }

  @Test
  void resourcesLeftOutAreUnsetFromSchema14On() {
    Resources resources = read("schema_version = \"1.4\"").environment().resources();

    assertThat(resources.cpus()).isEmpty();
    assertThat(resources.memoryBytes()).isEmpty();
    assertThat(resources.storageBytes()).isEmpty();
    assertThat(resources.gpus()).isEmpty();
  }

  @Test
  void oldSpellingsAreRead() {
    Task task =
        read(
            """
            version = "1.0"
            [environment]
            memory = "2G"
            storage = "10240M"
            allow_internet = false
            """);

    assertThat(task.schemaVersion()).isEqualTo("1.0");
    assertThat(task.environment().resources().memoryBytes()).hasValue(2L << 30);
    assertThat(task.environment().resources().storageBytes()).hasValue(10L << 30);
    assertThat(task.environment().network()).isEqualTo(Network.NONE);
    assertThat(task.environment().networkStated()).isTrue();
    assertThat(task.verifier().network()).isEqualTo(Network.NONE);
    assertThat(task.warnings()).isEmpty();
  }

  @Test
  void everyFieldOfTheNewestSchemaIsRead() {
    Task task =
        read(
            """
            schema_version = "1.4"
            source = "somewhere"
            artifacts = ["/app/out", {source = "logs", destination = "kept/logs", exclude = ["*.tmp"]}]

            [task]
            name = "acme/greeting"
            version = "3"
            description = "Greets."
            authors = [{name = "Ada", email = "ada@example.org"}]
            keywords = ["hello"]

            [metadata]
            author_name = "Grace"
            difficulty = "easy"
            category = "files"
            tags = ["a", "b"]
            tools = ["git", "g++"]
            created = "2026-11-21"
            anything = {at = ["all"]}

            [agent]
            timeout_sec = 12.5
            user = 1000
            network_mode = "allowlist"
            allowed_hosts = ["example.org", "*.example.net"]

            [verifier]
            timeout_sec = 30
            user = "root"
            env = {TOKEN = "${TOKEN:-none}"}
            network_mode = "no-network"

            [verifier.environment]
            docker_image = "acme/judge:1"

            [[verifier.collect]]
            command = "make report"
            timeout_sec = 5
            user = "app"

            [environment]
            build_timeout_sec = 60
            docker_image = "acme/hello@sha256:%s"
            os = "linux"
            cpus = 2
            memory_mb = 512
            storage_mb = 100
            gpus = 0
            workdir = "/app"
            network_mode = "public"
            env = {B = "2", A = "1"}

            [environment.healthcheck]
            command = "true"
            interval_sec = 1
            start_period_sec = 0
            retries = 7

            [solution]
            env = {SPEED = "fast"}
            """
                .formatted("0".repeat(64)));

    assertThat(task.warnings()).isEmpty();
    assertThat(task.name()).isEqualTo("greeting");
    assertThat(task.metadata().authors()).containsExactly("Ada", "Grace");
    assertThat(task.metadata().description()).contains("Greets.");
    assertThat(task.metadata().tools()).containsExactly("git", "g++");
    assertThat(task.metadata().created()).contains("2026-11-21");
    assertThat(task.agent().timeout()).contains(Duration.ofMillis(12_500));
    assertThat(task.agent().user()).contains("1000");
    assertThat(task.agent().network()).isEqualTo(Network.ALLOWLIST);
    assertThat(task.agent().allowedHosts()).containsExactly("example.org", "*.example.net");
    assertThat(task.verifier().mode()).isEqualTo(Verifier.Mode.SEPARATE);
    assertThat(task.verifier().network()).isEqualTo(Network.NONE);
    assertThat(task.verifier().env()).containsEntry("TOKEN", "${TOKEN:-none}");
    assertThat(task.verifier().environment().orElseThrow().image()).contains("acme/judge:1");
    assertThat(task.verifier().collect())
        .containsExactly(
            new Verifier.Collect("make report", Duration.ofSeconds(5), Optional.of("app")));
    assertThat(task.environment().image().orElseThrow()).startsWith("acme/hello@sha256:0");
    assertThat(task.environment().workdir()).contains("/app");
    assertThat(task.environment().env().keySet()).containsExactly("B", "A");
    assertThat(task.environment().healthcheck().orElseThrow().retries()).isEqualTo(7);
    assertThat(task.environment().resources().memoryBytes()).hasValue(512L << 20);
    assertThat(task.solution().orElseThrow().env()).containsEntry("SPEED", "fast");
    assertThat(task.artifacts()).hasSize(2);
    assertThat(task.artifacts().get(1).destination()).contains("kept/logs");
    assertThat(task.artifacts().get(1).exclude()).containsExactly("*.tmp");
  }

  @Test
  void separateVerifierTakesTheImageInTests() {
    TaskFolder folder = TaskFolder.make(temp.resolve("hello"));
    folder.file("tests/Dockerfile", "FROM scratch\n").toml("[verifier.environment]\ncpus = 1\n");

    Task task = new HarborFormat().read("set", folder.path()).tasks().get(0);

    assertThat(task.verifier().environment().orElseThrow().directory())
        .isEqualTo(task.directory().resolve("tests"));
  }

  @Test
  void unknownKeysAreIgnoredWithAHint() {
    Task task = read("[agent]\ntimeout_secs = 3\ncpus = 2\n[enviroment]\n");

    assertThat(task.agent().timeout()).isEmpty();
    assertThat(task.warnings())
        .extracting(Problem::remedy)
        .containsExactlyInAnyOrder(
            "did you mean environment?", "did you mean timeout_sec?", "it is known in environment");
    assertThat(task.warnings().get(1).where()).endsWith("hello/task.toml:2: agent.timeout_secs");
  }

  @Test
  void canaryCommentsAreNotShownToTheAgent() {
    String canary =
        """
        <!-- benchmark data should never be copied
        canary 1234 -->
        # harbor-canary GUID 5678

        # Greeting
        # canary birds stay
        """;
    TaskFolder folder = TaskFolder.make(temp.resolve("hello")).file("instruction.md", canary);

    assertThat(new HarborFormat().read("set", folder.path()).tasks().get(0).instruction())
        .isEqualTo("# Greeting\n# canary birds stay\n");
  }

  @Test
  void composeFileThatSaysNothingNewIsIgnoredWithAWarning() {
    TaskFolder folder = TaskFolder.make(temp.resolve("hello"));
    folder.file(
        "environment/docker-compose.yaml",
        """
        services:
          main:
            build: {context: "${CONTEXT_DIR}"}
            image: ${MAIN_IMAGE_NAME}
            command: ["sh", "-c", "sleep infinity"]
            volumes: ["${HOST_VERIFIER_LOGS_PATH}:${ENV_VERIFIER_LOGS_PATH}"]
        """);

    Task task = new HarborFormat().read("set", folder.path()).tasks().get(0);

    assertThat(task.warnings()).extracting(Problem::what).containsExactly("is not used");
    assertThat(task.environment().composeFile()).isPresent();
  }

  @Test
  void composeFileAddsToTheDockerfileWhatCanBeHadWithoutCompose() {
    TaskFolder folder = TaskFolder.make(temp.resolve("hello"));
    folder
        .toml(TaskFolder.TASK_FILE.replace("network_mode = \"no-network\"", "env = {A = \"toml\"}"))
        .file("environment/Other", "FROM pacebench/starter\n")
        .file(
            "environment/docker-compose.yaml",
            """
            services:
              main:
                build: {context: "${CONTEXT_DIR}", dockerfile: Other}
                environment: {A: compose, B: "${B:-2}"}
                working_dir: /work
                network_mode: none
                mem_limit: 1g
                cpus: 0.5
            """);

    Task task = new HarborFormat().read("set", folder.path()).tasks().get(0);

    assertThat(task.warnings()).isEmpty();
    assertThat(task.environment().dockerfile().orElseThrow()).endsWithRaw(Path.of("Other"));
    assertThat(task.environment().env()).containsEntry("A", "toml").containsEntry("B", "${B:-2}");
    assertThat(task.environment().workdir()).contains("/work");
    assertThat(task.agent().network()).isEqualTo(Network.NONE);
    assertThat(task.verifier().network()).isEqualTo(Network.NONE);
    assertThat(task.environment().resources().memoryBytes()).hasValue(1L << 30);
    assertThat(task.environment().resources().cpus()).hasValue(0.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{main: {privileged: true}}|services.main.privileged|works without",
        "{main: {command: ./serve.sh && sleep infinity}}|services.main.command|Dockerfile",
        "{main: {volumes: [/:/host]}}|services.main.volumes|Dockerfile",
        "{main: {environment: [TOKEN]}}|environment.TOKEN from the host|Dockerfile",
        "{main: {user: me}}|is me, which holds for agent and verifier|[agent]",
        "{main: {build: sub}}|is sub, a folder within|environment/",
      })
  void composeFileThatAsksForMoreMakesItsTaskUnsupportedAndNotItsSet(
      String services, String what, String remedy) {
    TaskFolder.make(temp.resolve("set/sound"));
    TaskFolder.make(temp.resolve("set/hello"))
        .file("environment/docker-compose.yaml", "services: " + services);

    List<Task> tasks = new HarborFormat().read("set", temp.resolve("set")).tasks();

    assertThat(tasks).hasSize(2);
    assertThat(tasks.get(1).unsupported()).isEmpty();
    assertThat(tasks.get(0).unsupported()).hasSize(1);
    Problem problem = tasks.get(0).unsupported().get(0);
    assertThat(problem.where()).contains("hello/environment/docker-compose.yaml");
    assertThat(problem.what()).contains(what);
    assertThat(problem.remedy()).contains(remedy);
  }

  @Test
  void linkBetweenPartsIsUsableWithAWarning() {
    TaskFolder folder = TaskFolder.make(temp.resolve("hello"));
    folder.link("tests/Dockerfile.txt", "../environment/Dockerfile").link("tests/same", "test.sh");

    Task task = new HarborFormat().read("set", folder.path()).tasks().get(0);

    assertThat(task.warnings()).hasSize(1);
    assertThat(task.warnings().get(0).what()).contains("leads out of tests/");
  }

  @Test
  void setIsReadInTheOrderOfNamesAndIgnoresOtherFiles() {
    TaskFolder.make(temp.resolve("b"));
    TaskFolder.make(temp.resolve("a"));
    TaskFolder.empty(temp).file("README.md", "about").file("docs/page.md", "x").folder(".git");

    TaskSet set = new HarborFormat().read("set", temp);

    assertThat(set.tasks()).extracting(Task::name).containsExactly("a", "b");
    assertThat(set.format()).isEqualTo("harbor");
    assertThat(set.tasks()).extracting(Task::set).containsOnly("set");
  }

  @Test
  void allErrorsOfAllTasksAreReportedTogether() {
    TaskFolder.make(temp.resolve("a")).delete("tests").toml("[agent]\ntimeout_sec = 0\n");
    TaskFolder.make(temp.resolve("b")).delete("task.toml");
    TaskFolder.make(temp.resolve("c"));

    TaskException refusal =
        catchThrowableOfType(TaskException.class, () -> new HarborFormat().read("set", temp));

    assertThat(refusal.problems()).extracting(Problem::where).hasSize(3);
    assertThat(refusal).hasMessageContaining("a/tests/test.sh").hasMessageContaining("b/task.toml");
  }

  @Test
  void twoTasksOfOneNameAreRefused() {
    TaskFolder.make(temp.resolve("a")).toml("[task]\nname = \"one/same\"\n");
    TaskFolder.make(temp.resolve("b")).toml("[task]\nname = \"two/Same\"\n");

    assertThatThrownBy(() -> new HarborFormat().read("set", temp))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("\"Same\", like")
        .hasMessageContaining("another name");
  }

  @Test
  void linkToATaskIsRefused() {
    TaskFolder.make(temp.resolve("elsewhere/task"));
    TaskFolder.empty(temp.resolve("set")).link("task", "../elsewhere/task");

    assertThatThrownBy(() -> new HarborFormat().read("set", temp.resolve("set")))
        .hasMessageContaining("is a link to a task");
  }

  @Test
  void placesWithoutTasksAreRefused() {
    TaskFolder.make(temp.resolve("outer/inner/task"));
    TaskFolder.empty(temp).file("file", "x");

    List<Path> places =
        List.of(temp.resolve("absent"), temp.resolve("file"), temp.resolve("outer"));
    assertThat(places)
        .extracting(
            place ->
                catchThrowableOfType(
                        TaskException.class, () -> new HarborFormat().read("set", place))
                    .getMessage())
        .satisfiesExactly(
            absent -> assertThat(absent).contains("does not exist"),
            file -> assertThat(file).contains("is not a folder"),
            outer -> assertThat(outer).contains("holds no task").contains("outer/inner, which"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "-dash", "dot."})
  void folderNamesThatAreNoSafeFileNamesAreRefused(String name) {
    assertThatThrownBy(
            () -> new HarborFormat().read("set", TaskFolder.make(temp.resolve(name)).path()))
        .hasMessageContaining("cannot name a task");
  }

  private Task read(String toml) {
    TaskFolder folder = TaskFolder.make(temp.resolve("hello")).toml(toml);
    return new HarborFormat().read("set", folder.path()).tasks().get(0);
  }
}
