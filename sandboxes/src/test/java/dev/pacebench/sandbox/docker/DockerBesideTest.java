package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Owner;
import dev.pacebench.sandbox.ProviderSettings;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import dev.pacebench.sandbox.SandboxSpec;
import dev.pacebench.sandbox.ServiceSpec;
import dev.pacebench.sandbox.ServiceSpec.After;
import dev.pacebench.sandbox.ServiceSpecs;
import dev.pacebench.sandbox.ServiceState;
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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs beside a sandbox shares its network, is waited for, and ends with it. */
@Tag("docker")
class DockerBesideTest extends DockerFixture {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Answers each connection with the file that it finds, as a small server would. */
  private static final String SERVE =
      "use IO::Socket::INET; $| = 1; my $s = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen =>"
          + " 9, ReuseAddr => 1) or die \"cannot listen: $!\\n"
          + "\"; print \"serving\\n"
          + "\"; while (my $c = $s->accept) { open(my $f, '<', '/data/f'); print $c readline $f;"
          + " close $c }";

  private final List<ServiceSpec> services = new ArrayList<>();

  @TempDir Path folder;

  /** A service under way of being described. */
  private final class Beside {
    private final String name;
    private final List<String> command;
    private Optional<ServiceSpec.Health> health = Optional.empty();
    private Map<String, After> after = Map.of();
    private Set<String> ports = Set.of();
    private int restarts;

    Beside(String name, String... command) {
      this.name = name;
      this.command = List.of(command);
    }

    Beside healthy(String test) {
      health =
          Optional.of(
              new ServiceSpec.Health(
                  List.of("CMD-SHELL", test),
                  Optional.of(Duration.ofMillis(100)),
                  Optional.of(Duration.ofSeconds(5)),
                  Optional.empty(),
                  Optional.of(Duration.ofMillis(100)),
                  Optional.of(5)));
      return this;
    }

    Beside after(String other, After how) {
      after = Map.of(other, how);
      return this;
    }

    Beside ports(String... all) {
      ports = Set.of(all);
      return this;
    }

    Beside restarts(int times) {
      restarts = times;
      return this;
    }

    void add() {
      services.add(
          new ServiceSpec(
              name,
              List.of(name, name + ".alias"),
              image,
              new ServiceSpec.Program(
                  Optional.empty(),
                  Optional.of(command),
                  Map.of("WHO", name),
                  Optional.of("/tmp"),
                  Optional.empty()),
              new ServiceSpec.Storage(
                  List.of(new ServiceSpec.Volume("data", "/data", false)),
                  Map.of("/fast", "size=1m"),
                  OptionalLong.of(8 << 20)),
              ports,
              health,
              after,
              restarts,
              new Limits(OptionalDouble.of(0.5), OptionalLong.of(64 << 20), OptionalInt.of(50)),
              true,
              "compose.yaml:" + (services.size() + 1)));
    }
  }

  private SandboxSpec spec(Duration life, String... ports) {
    return SandboxSpec.builder("test", "test-run", image, life)
        .noNewPrivileges(false)
        .services(
            new ServiceSpecs(
                services,
                List.of(new ServiceSpec.Volume("data", "/handed", true)),
                List.of("main"),
                Set.of(ports)))
        .build();
  }

  private SandboxSpec spec() {
    return spec(Duration.ofMinutes(5));
  }

  @Test
  void servicesAreReachedByNameAndEndWithTheirSandbox() throws Exception {
    new Beside("web", "perl", "-e", SERVE, "8000")
        .after("seed", After.COMPLETED)
        .healthy("bash -c 'true </dev/tcp/127.0.0.1/8000'")
        .add();
    services.add(
        0, reversed(() -> new Beside("seed", "sh", "-c", "echo $WHO >/data/f; df /fast").add()));
    String network;
    List<String> volumes;
    try (Sandbox sandbox = provider.open(spec())) {
      sandbox.startServices(LIMIT);
      assertThat(out(sandbox, "cat <>/dev/tcp/web/8000")).isEqualTo("seed\n");
      assertThat(out(sandbox, "cat <>/dev/tcp/web.alias/8000; cat /handed/f"))
          .isEqualTo("seed\nseed\n");
      assertThat(run(sandbox, "echo x >/handed/f").succeeded()).isFalse();
      assertThat(sandbox.diff()).isEmpty();
      assertThat(sandbox.services())
          .extracting(ServiceState::toString)
          .containsExactly("ended with exit code 0", "running");
      assertThat(sandbox.conditions().details().get("service.web"))
          .contains(image.id(), "cpus=0.5", "memory_bytes=67108864");

      // What agents leave is stopped, what they were given to work with is not.
      assertThat(sandbox.freezeAndKill().remaining()).isEmpty();
      assertThat(out(sandbox, "cat <>/dev/tcp/web/8000")).isEqualTo("seed\n");
      sandbox.serviceOutput(folder.resolve("logs"), 100);
      assertThat(folder.resolve("logs/web.log")).hasContent("serving");
      assertThat(Files.readString(folder.resolve("logs/seed.log"))).contains("tmpfs").hasSize(100);

      network = docker.inspectContainerCmd(sandbox.id()).exec().getHostConfig().getNetworkMode();
      assertThat(beside(network)).hasSize(2);
      volumes = volumes("");
      assertThat(volumes).hasSize(1);
    }
    assertThat(beside(network)).isEmpty();
    assertThat(volumes("")).doesNotContainAnyElementsOf(volumes);
  }

  @BeforeEach
  void forget() {
    services.clear();
  }

  private ServiceSpec reversed(Runnable adding) {
    adding.run();
    return services.remove(services.size() - 1);
  }

  @Test
  void aPortThatIsTakenIsSaidToBeTheServicesFault() throws Exception {
    new Beside("one", "perl", "-e", SERVE, "8000")
        .healthy("bash -c 'true </dev/tcp/127.0.0.1/8000'")
        .add();
    new Beside("two", "perl", "-e", SERVE, "8000").after("one", After.HEALTHY).add();
    SandboxException taken = failure(spec());
    assertThat(taken.kind()).isEqualTo(Kind.SERVICE);
    assertThat(taken)
        .hasMessageContaining("the service two (compose.yaml:2) ended with exit code")
        .hasMessageContaining("cannot listen: Address already in use");
    assertThat(taken.remedy()).contains("a port of its own");
  }

  @Test
  void aPortOfTheTaskItselfIsNoServices() throws Exception {
    new Beside("quiet", "perl", "-e", SERVE, "8000").healthy("echo fine").add();
    SandboxException late = failure(spec(LIMIT, "8000/tcp"));
    assertThat(late).hasMessageContaining("port 8000/tcp, which is the task's own");
    services.clear();
    new Beside("said", "perl", "-e", SERVE, "8000").ports("8000/tcp").add();
    SandboxException early =
        catchThrowableOfType(
            SandboxException.class, () -> provider.open(spec(LIMIT, "8000/tcp")).close());
    assertThat(early).hasMessageContaining("said and the task itself both listen on port 8000/tcp");
  }

  @Test
  void oneThatFailsIsStartedAgainAndOneThatStaysIllIsToldOf() throws Exception {
    new Beside("late", "sh", "-c", "[ -e /data/once ] || { touch /data/once; exit 1; }; sleep 60")
        .restarts(3)
        .add();
    try (Sandbox sandbox = provider.open(spec())) {
      sandbox.startServices(LIMIT);
      assertThat(sandbox.services().get(0).restarts()).isEqualTo(1);
    }
    services.clear();
    new Beside("ill", "sleep", "60").healthy("echo 'no table yet'; exit 1").add();
    SandboxException ill = failure(spec());
    assertThat(ill)
        .hasMessageContaining("ill (compose.yaml:1) is not healthy; its check says: no table yet");
    services.clear();
    new Beside("plain", "sleep", "60").add();
    new Beside("late", "sleep", "60").after("plain", After.HEALTHY).add();
    SandboxException unknown = failure(spec());
    assertThat(unknown.kind()).isEqualTo(Kind.BAD_REQUEST);
    assertThat(unknown)
        .hasMessageContaining("plain (compose.yaml:1) is waited for as healthy and has no health");
  }

  @Test
  void theyEndAtTheOuterLimitAndNobodyElseHasToBeThere() throws Exception {
    new Beside("web", "sleep", "600").restarts(3).add();
    try (Sandbox sandbox = provider.open(spec(Duration.ofSeconds(3)))) {
      sandbox.startServices(LIMIT);
      long end = System.nanoTime() + TIMEOUT.toNanos();
      while (sandbox.services().get(0).running()) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(50);
      }
      assertThat(sandbox.services().get(0).exitCode()).isZero();
    }
  }

  @Test
  void whatADeadRunnerLeftIsReapedWithItsVolumes() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Owner self = Owner.self();
    Owner dead = new Owner(self.host(), self.bootId(), ended.pid(), 1);
    ProviderSettings settings = settings(folder.resolve("dead"));
    new Beside("web", "sleep", "600").restarts(3).add();
    try (DockerSandboxProvider left =
        new DockerSandboxProvider(
            new ProviderSettings(
                dead, settings.scratch(), settings.images(), settings.droppedCapabilities()),
            options())) {
      Sandbox sandbox = left.open(spec());
      sandbox.startServices(LIMIT);
      assertThat(volumes("/" + dead.pid() + "/")).hasSize(1);
      provider.reap();
      assertThat(volumes("/" + dead.pid() + "/")).isEmpty();
      assertThat(containers("/" + dead.pid() + "/")).isEmpty();
    }
  }

  private SandboxException failure(SandboxSpec spec) {
    try (Sandbox sandbox = provider.open(spec)) {
      SandboxException thrown =
          catchThrowableOfType(SandboxException.class, () -> sandbox.startServices(LIMIT));
      assertThat(thrown).isNotNull();
      return thrown;
    }
  }

  /** Services in a network, by their containers. */
  private List<String> beside(String network) {
    return docker.listContainersCmd().withShowAll(true).exec().stream()
        .filter(each -> Labels.KIND_SERVICE.equals(each.getLabels().get(Labels.KIND)))
        .filter(each -> network.equals(each.getHostConfig().getNetworkMode()))
        .map(each -> each.getId())
        .toList();
  }

  private List<String> containers(String owner) {
    return docker.listContainersCmd().withShowAll(true).exec().stream()
        .filter(each -> String.valueOf(each.getLabels().get(Labels.OWNER)).contains(owner))
        .map(each -> each.getId())
        .toList();
  }

  /** Volumes of this test class's owner, or another. */
  private List<String> volumes(String owner) {
    String of = owner.isEmpty() ? Labels.text(Owner.self()) : owner;
    return docker
        .listVolumesCmd()
        .withFilter("label", List.of(Labels.OWNER))
        .exec()
        .getVolumes()
        .stream()
        .filter(each -> String.valueOf(each.getLabels().get(Labels.OWNER)).contains(of))
        .map(each -> each.getName())
        .toList();
  }
}
