package dev.pacebench.tasks.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.tasks.Network;
import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.Service;
import dev.pacebench.tasks.Service.After;
import dev.pacebench.tasks.Services;
import dev.pacebench.tasks.Task;
import dev.pacebench.tasks.TaskException;
import dev.pacebench.tasks.harbor.HarborFormat;
import dev.pacebench.tasks.testing.TaskFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services beside the place that a task is worked in are read whole, or refused in words. */
class ServicesOfTasksTest {

  private static final String FILE = "environment/docker-compose.yaml";

  @TempDir Path folder;
  private TaskFolder folderOfTask;

  @BeforeEach
  void write() {
    folderOfTask =
        TaskFolder.make(folder.resolve("set/hello"))
            .toml(TaskFolder.TASK_FILE.replace("network_mode = \"no-network\"", ""))
            .file(
                "environment/db/Dockerfile", "FROM a AS b\nEXPOSE 1\nFROM c\nexpose 5432 53/udp\n");
  }

  private Task read(String compose) {
    folderOfTask.file(FILE, compose);
    return new HarborFormat().read("set", folder.resolve("set")).tasks().get(0);
  }

  private Services services(String compose) {
    Task task = read(compose);
    assertThat(task.unsupported()).isEmpty();
    return task.environment().services();
  }

  @Test
  void aServiceIsReadWhole() {
    Services services =
        services(
            """
            services:
              api:
                image: ${MAIN_IMAGE_NAME}
                entrypoint: [/serve, "a b"]
                command: --port 80 'x y' "\\$$q" z\\ z
                depends_on: {db: {condition: service_healthy}, main: {condition: service_started}}
                links: ["db:store"]
                working_dir: /srv
                user: "1000:1000"
                restart: always
                ports: ["127.0.0.1:8080-8081:80-81", {target: 90, protocol: udp}]
                expose: ["${PORT:-70}"]
                tmpfs: ["/run:size=1m", /tmp]
                shm_size: 64m
                networks: {default: {aliases: [front]}}
              db:
                build: {context: ./db}
                environment: ["PASSWORD=${SECRET:-no}"]
                volumes: ["data:/var/lib/db", /spool, {type: volume, source: data, target: /d, read_only: true}]
                healthcheck: {test: pg_isready, interval: 1m1.5s, retries: 4, start_interval: 1s}
                mem_limit: 64m
                cpus: 0.25
                container_name: the-db
              off:
                image: x
                profiles: [debug]
              main:
                volumes: ["data:/db:ro"]
            volumes: {data: {}}
            """);
    assertThat(services.all()).extracting(Service::name).containsExactly("db", "api");
    Service db = services.all().get(0);
    assertThat(db.source().build().orElseThrow().context()).endsWithRaw(Path.of("environment/db"));
    assertThat(db.hostnames()).containsExactly("db", "the-db", "store");
    assertThat(db.ports()).containsExactly("53/udp", "5432/tcp");
    assertThat(db.program().env()).containsEntry("PASSWORD", "${SECRET:-no}");
    assertThat(db.resources().memoryBytes()).hasValue(64 << 20);
    assertThat(db.resources().cpus()).hasValue(0.25);
    assertThat(db.where()).endsWith(FILE + ":17");
    Service.Health health = db.health().orElseThrow();
    assertThat(health.test()).containsExactly("CMD-SHELL", "pg_isready");
    assertThat(health.interval()).contains(Duration.ofMillis(61_500));
    assertThat(health.retries()).contains(4);
    List<Service.Volume> volumes = db.storage().volumes();
    assertThat(volumes.get(0)).isEqualTo(new Service.Volume("data", "/var/lib/db", false));
    assertThat(volumes.get(1).name()).contains("+");
    assertThat(volumes.get(2)).isEqualTo(new Service.Volume("data", "/d", true));
    assertThat(services.volumes()).containsExactly(new Service.Volume("data", "/db", true));

    Service api = services.all().get(1);
    // Neither of both is the image of the task itself.
    assertThat(api.source().build()).isEmpty();
    assertThat(api.source().image()).isEmpty();
    assertThat(api.program().entrypoint().orElseThrow()).containsExactly("/serve", "a b");
    assertThat(api.program().command().orElseThrow())
        .containsExactly("--port", "80", "x y", "$q", "z z");
    assertThat(api.after()).containsExactly(Map.entry("db", After.HEALTHY));
    assertThat(api.ports()).containsExactly("70/tcp", "80/tcp", "81/tcp", "90/udp");
    assertThat(api.storage().tmpfs()).containsEntry("/run", "size=1m").containsEntry("/tmp", "");
    assertThat(api.storage().shmBytes()).hasValue(64 << 20);
    assertThat(api.hostnames()).containsExactly("api", "front");
    assertThat(api.restarts()).isPositive();
    assertThat(api.program().user()).contains("1000:1000");
  }

  @Test
  void anInternalNetworkTakesTheInternetAndNotTheServices() {
    Task task =
        read(
            """
            services:
              main: {networks: [inner]}
              db: {image: x, networks: [inner, outer]}
            networks: {inner: {internal: true}, outer: {driver: bridge}}
            """);
    assertThat(task.unsupported()).isEmpty();
    assertThat(task.agent().network()).isEqualTo(Network.NONE);
    assertThat(task.environment().services().all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db: {image: x, privileged: true}|services.db.privileged, which would let it out",
        "db: {image: x, devices: [/dev/kvm]}|services.db.devices, which would let it out",
        "db: {image: x, cap_add: [ALL]}|services.db.cap_add, which would let it out",
        "db: {image: x, pid: host}|services.db.pid, which would let it out",
        "db: {image: x, network_mode: host}|services.db.network_mode: host, which is not the task's",
        "db: {image: x, network_mode: none}|services.db.network_mode: none",
        "db: {image: x, volumes: ['./init:/init']}|volumes: ./init:/init, a folder of this machine",
        "db: {image: x, volumes: [{type: bind, source: /etc, target: /e}]}|/etc:/e, a folder of this",
        "db: {image: x, volumes: ['/var/run/docker.sock:/s']}|the engine's own socket, which is root",
        "db: {image: x, env_file: .env}|services.db.env_file",
        "db: {image: x, command: 'a ${NO}'}|services.db.command: a ${NO}",
        "db: {image: x, ports: ['62000']}|lets db listen on port 62000",
        "db: {image: x, ports: ['1:80']}, web: {image: y, expose: [80]}|db and web listen on port 80/tcp",
        "db: {build: db}, web: {image: y, ports: ['9:5432']}|db and web listen on port 5432/tcp",
        "main: {expose: [80]}, db: {image: x, expose: [80]}|main and db listen on port 80/tcp",
        "main: {network_mode: none}, db: {image: x}|which keeps it from its own services",
        "db: {image: x, networks: [other]}|that keep it apart from main",
      })
  void whatCannotBeHadMakesTheTaskUnsupported(String services, String what) {
    List<Problem> problems = read("services:\n  {" + services + "}\n").unsupported();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).where()).endsWith(FILE + ":2");
    assertThat(problems.get(0).what()).contains(what);
    assertThat(problems.get(0).remedy()).isNotBlank();
  }

  @Test
  void whatAServiceSaysOfItsPortsHoldsOverItsImage() {
    Services services =
        services("services: {db: {build: db, expose: [1]}, web: {build: db, expose: [2]}}");
    assertThat(services.all()).extracting(Service::ports).hasToString("[[1/tcp], [2/tcp]]");
  }

  @Test
  void anotherProgramOfTheSameImageNeedNotListenAsThatDoes() {
    folderOfTask.file("environment/Dockerfile", "FROM a\nEXPOSE 5432\n");
    assertThat(read("services: {db: {build: db}}").unsupported())
        .extracting(Problem::what)
        .containsExactly("lets main and db listen on port 5432/tcp");
    // Where a service has the image of the task itself, EXPOSE may mean that service alone.
    Services services =
        services("services: {db: {image: '${MAIN_IMAGE_NAME}'}, web: {build: ., command: x}}");
    assertThat(services.ports()).isEmpty();
    services = services("services: {web: {build: .}, job: {build: ., command: x}}");
    assertThat(services.all()).extracting(Service::ports).hasToString("[[5432/tcp], []]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db: {}|services.db: has neither build nor image",
        "db: {image: x, depends_on: [web]}|services.db.depends_on: names web",
        "db: {image: x, depends_on: [web]}, web: {image: x, depends_on: [db]}|makes it wait for itself",
        "db: {image: x, depends_on: {main: {condition: soon}}}|is \"soon\"",
        "db: {image: x, volumes: ['data:/d']}|names data, which is not among the file's volumes",
        "db: {image: 'x y'}|is \"x y\", which is no image name",
        "db: {build: nowhere}|needs",
        "db: {build: ../..}|leads out of the task's folder",
        "db: {image: x, command: 'a \"b'}|has a quote that does not end",
        "db: {image: x, ports: ['99999']}|is \"99999\"",
        "db: {image: x, healthcheck: {test: [ls]}}|does not begin with CMD",
        "db: {image: x, healthcheck: {test: ls, interval: soon}}|is \"soon\"",
        "'d\\b': {image: x}|is no name for a service",
      })
  void mistakesAreRefusedWithTheirLine(String services, String what) {
    folderOfTask.file(FILE, "services:\n  {" + services + "}\n");
    TaskException refusal =
        catchThrowableOfType(
            TaskException.class, () -> new HarborFormat().read("set", folder.resolve("set")));
    assertThat(refusal).isNotNull();
    assertThat(refusal).hasMessageContaining(FILE + ":2").hasMessageContaining(what);
  }
}
