package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.Change;
import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.FreezeReport;
import dev.pacebench.sandbox.Limits;
import dev.pacebench.sandbox.Mount;
import dev.pacebench.sandbox.NetworkMode;
import dev.pacebench.sandbox.RelaySpec;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container promises beyond what every sandbox does. */
@Tag("docker")
class DockerSandboxProviderTest extends DockerFixture {

  @TempDir Path host;

  @Test
  void limitsAndPrivilegesAreTheSpecs() throws Exception {
    Limits limits =
        new Limits(OptionalDouble.of(0.5), OptionalLong.of(64L << 20), OptionalInt.of(50));
    try (Sandbox sandbox = provider.open(withLimits(spec(image), limits, true))) {
      var inspected = docker.inspectContainerCmd(sandbox.id()).exec();
      var config = inspected.getHostConfig();
      assertThat(config.getNanoCPUs()).isEqualTo(500_000_000L);
      assertThat(config.getMemory()).isEqualTo(64L << 20);
      assertThat(config.getMemorySwap()).isEqualTo(64L << 20);
      assertThat(config.getPidsLimit()).isEqualTo(50L);
      assertThat(config.getPrivileged()).isFalse();
      assertThat(inspected.getMounts())
          .noneMatch(mount -> String.valueOf(mount.getSource()).contains("docker.sock"));
      String status = out(sandbox, "cat /proc/self/status");
      assertThat(status).contains("NoNewPrivs:\t1");
      long capabilities = Long.parseLong(status.replaceAll("(?s).*CapEff:\t(\\w+).*", "$1"), 16);
      assertThat(capabilities & (1L << 13 | 1L << 27)).as("NET_RAW, MKNOD").isZero();
      assertThat(capabilities & 1L).as("CHOWN").isOne();
      // Unlike a shell, perl does not wait for room when it may not fork.
      String forks =
          "perl -e 'while ($n < 100) { $p = fork; last if !defined $p; $p or exec qw(sleep 60); $n++ }"
              + " print $n'";
      assertThat(Integer.parseInt(out(sandbox, forks))).isBetween(1, 50);
    }
  }

  @Test
  void rootInsideCanDoWhatPackagesAsk() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      out(sandbox, "useradd -m someone && touch /tmp/f && chown someone /tmp/f");
      assertThat(out(sandbox, "su someone -c 'id -un; echo $HOME'"))
          .isEqualTo("someone\n/home/someone\n");
      assertThat(
              sandbox
                  .run(
                      Command.of("id -un; echo $HOME; stat -c %U /tmp/f", TIMEOUT)
                          .withUser("someone"))
                  .stdout()
                  .text())
          .isEqualTo("someone\n/home/someone\nsomeone\n");
      String make =
          "mkdir -p /tmp/p/DEBIAN /tmp/p/opt && echo x >/tmp/p/opt/it && printf 'Package: tiny\\nVersion:"
              + " 1\\nArchitecture: all\\nMaintainer: n\\nDescription: d\\n' >/tmp/p/DEBIAN/control";
      out(sandbox, make + " && dpkg-deb -b /tmp/p /tmp/tiny.deb && dpkg -i /tmp/tiny.deb");
      assertThat(out(sandbox, "cat /opt/it; dpkg-query -W -f '${Status}' tiny"))
          .isEqualTo("x\ninstall ok installed");
    }
  }

  @Test
  void aUserWhomTheImageDoesNotHaveIsTold() {
    try (Sandbox sandbox = provider.open(spec(image))) {
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> sandbox.run(Command.of("true", TIMEOUT).withUser("nobody-such")))
          .matches(e -> e.kind() == Kind.BAD_REQUEST)
          .withMessageContaining("nobody-such");
    }
  }

  @Test
  void theNextSandboxHasNothingOfTheNetworkOfTheOneBefore() throws Exception {
    String listen =
        "perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); bind(S,sockaddr_in(7777,INADDR_ANY)) or die"
            + " qq(in use\\n); listen(S,5); ";
    String abstractSocket =
        "socket(A,PF_UNIX,SOCK_STREAM,0); bind(A,sockaddr_un(qq(\\0left))) or die qq(left there\\n);"
            + " listen(A,1); ";
    try (Sandbox first = provider.open(spec(image))) {
      out(first, "echo '10.9.8.7 changed' >>/etc/hosts; echo changed >/etc/hostname");
      // The server closes first, so that its port waits out the connection's end.
      out(
          first,
          listen
              + abstractSocket
              + "exit if fork; accept(C,S); close C; sleep 100' >/dev/null &"
              + " until (exec 3<>/dev/tcp/127.0.0.1/7777 && cat <&3) 2>/dev/null; do sleep 0.05; done");
      first.freezeAndKill();
      assertThat(run(first, listen + "'").stderr().text()).contains("in use");
    }
    try (Sandbox second = provider.open(spec(image))) {
      assertThat(out(second, "cat /etc/hosts /etc/hostname")).doesNotContain("changed");
      out(second, listen + abstractSocket + "'");
    }
  }

  @Test
  void aPhaseMayHaveTheNetworkAndTheNextNot() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      String routes = "tail -n +2 /proc/net/route | wc -l";
      assertThat(out(sandbox, routes)).isEqualTo("0\n");
      sandbox.network(NetworkMode.PUBLIC);
      sandbox.network(NetworkMode.PUBLIC);
      assertThat(out(sandbox, routes).strip()).isNotEqualTo("0");
      assertThat(out(sandbox, "cat /etc/resolv.conf")).contains("nameserver");
      sandbox.network(NetworkMode.RELAY_ONLY);
      assertThat(out(sandbox, routes)).isEqualTo("0\n");
    }
  }

  @Test
  void theRelayReachesASocketThatOnlyItsOwnerMayUse() throws Exception {
    Path folder = Files.createDirectory(host.resolve("s"));
    Path socket = folder.resolve("gateway");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread greeter = new Thread(() -> greet(server));
      greeter.setDaemon(true);
      greeter.start();
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      try {
        Files.setAttribute(socket, "unix:uid", 4321);
        Files.setAttribute(folder, "unix:uid", 4321);
      } catch (java.io.IOException e) {
        Assumptions.abort("only root can play another user");
      }
      try (Sandbox sandbox = provider.open(withRelay(spec(image), new RelaySpec(socket, 61999)))) {
        assertThat(out(sandbox, "exec 3<>/dev/tcp/127.0.0.1/61999; cat <&3")).isEqualTo("hello");
      }
    }
  }

  private static void greet(ServerSocketChannel server) {
    try (SocketChannel channel = server.accept()) {
      channel.write(ByteBuffer.wrap("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.io.IOException e) {
      // The test has ended.
      return;
    }
  }

  @Test
  void aFolderMadeAnewLosesWhatItHeld() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      out(sandbox, "rm -r /etc/skel && mkdir /etc/skel && echo x >/etc/skel/new");
      assertThat(sandbox.diff())
          .contains(
              new Change(Change.Kind.DELETED, "/etc/skel/.bashrc"),
              new Change(Change.Kind.ADDED, "/etc/skel/new"));
    }
  }

  @Test
  void aFileWithoutEndIsGivenUpSoon() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      out(sandbox, "mkdir /out && truncate -s 200G /out/huge");
      long start = System.nanoTime();
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> sandbox.get("/out", host.resolve("o"), 1 << 20))
          .matches(e -> e.kind() == Kind.BAD_REQUEST);
      // Reading all of it would take minutes.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
      out(sandbox, "true");
    }
  }

  @Test
  void anImagesHealthCheckAndEntrypointDoNotRun() throws Exception {
    var source =
        dockerfile(
            host,
            "FROM "
                + BASE
                + "\nHEALTHCHECK --interval=1s CMD touch /health\n"
                + "ENTRYPOINT [\"sh\", \"-c\", \"touch /entry\"]\nVOLUME /data\n# UNIQUE\n");
    var made = provider.prepare(source);
    try (Sandbox sandbox = provider.open(spec(made))) {
      Thread.sleep(1500);
      assertThat(run(sandbox, "ls /health /entry").exitCode()).isEqualTo(2);
      assertThat(sandbox.processes()).isEmpty();
    } finally {
      docker.removeImageCmd(made.id()).withForce(true).exec();
    }
  }

  @Test
  void anEngineElsewhereStillRunsWhatNeedsNoModel() throws Exception {
    try (DockerSandboxProvider remote = provider(DockerOptions.usual().treatedAsRemote())) {
      assertThat(remote.status().seesHostFiles()).isFalse();
      RelaySpec relay = new RelaySpec(host.resolve("socket"), 61999);
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> remote.open(withRelay(spec(image), relay)))
          .matches(e -> e.kind() == Kind.UNAVAILABLE);
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> remote.open(withMount(spec(image), new Mount(host, "/opt/tools"))))
          .matches(e -> e.kind() == Kind.UNAVAILABLE && e.remedy().contains("this host"));
      try (Sandbox sandbox = remote.open(spec(image))) {
        out(sandbox, "echo kept >/tmp/f; setsid sleep 1000 >/dev/null 2>&1 & true");
        assertThat(sandbox.processes()).hasSize(1);
        FreezeReport report = sandbox.freezeAndKill();
        assertThat(report.restarted()).isTrue();
        assertThat(report.remaining()).isEmpty();
        assertThat(sandbox.processes()).isEmpty();
        assertThat(out(sandbox, "cat /tmp/f")).isEqualTo("kept\n");
        assertThat(sandbox.diff()).containsExactly(new Change(Change.Kind.ADDED, "/tmp/f"));
      }
    }
  }

  @Test
  void aContainerThatSomethingElseRemovedIsAClearFailure() throws Exception {
    try (Sandbox sandbox = provider.open(spec(image))) {
      out(sandbox, "true");
      docker.removeContainerCmd(sandbox.id()).withForce(true).exec();
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> sandbox.put(Files.writeString(host.resolve("f"), "x"), "/f", false))
          .matches(e -> e.kind() == Kind.FAILED);
      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> sandbox.freezeAndKill())
          .matches(e -> e.kind() == Kind.FAILED);
    }
  }

  @Test
  void closingAProviderClosesAllAndLeavesNothing() throws Exception {
    DockerSandboxProvider own = provider(DockerOptions.usual());
    own.prepareNext();
    own.prepareNext();
    List<String> ids = List.of(own.open(spec(image)).id(), own.open(spec(image)).id());
    Path folder = scratch;
    own.close();
    own.close();
    List<String> left =
        docker
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(Labels.OWNER))
            .exec()
            .stream()
            .map(each -> each.getId())
            .toList();
    assertThat(left).doesNotContainAnyElementsOf(ids);
    assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
