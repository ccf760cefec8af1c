package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.SandboxException.Kind;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every promise of {@link Sandbox}; each provider passes all of it. */
abstract class SandboxBehaviour extends FileBehaviour {

  private static final String WRITER = "while :; do echo x >>/tmp/beat; sleep 0.002; done";

  @ParameterizedTest
  @ValueSource(
      strings = {
        WRITER + " & true",
        "nohup sh -c '" + WRITER + "' >/dev/null 2>&1 & true",
        "setsid sh -c '" + WRITER + "' >/dev/null 2>&1 & true",
        "( ( setsid sh -c '" + WRITER + "' & ) & ) ; true",
        "(exec -a '[kworker/0:1]' sh -c '" + WRITER + "') & true",
        "trap '' TERM HUP INT; " + WRITER + " & disown; true",
        "echo 'echo x >>/tmp/beat; sleep 0.01; sh /tmp/storm & exit' >/tmp/storm;"
            + " for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do setsid sh /tmp/storm & done; true"
      })
  void nothingWritesOrRunsAfterAFreeze(String script) throws Exception {
    Sandbox sandbox = open();
    run(sandbox, script);
    out(sandbox, "until [ -s /tmp/beat ]; do sleep 0.01; done");
    assertThat(sandbox.processes()).isNotEmpty();
    FreezeReport report = sandbox.freezeAndKill();
    assertThat(report.remaining()).isEmpty();
    assertThat(report.frozenAfter()).isLessThanOrEqualTo(report.elapsed());
    assertThat(sandbox.processes()).isEmpty();
    String size = out(sandbox, "stat -c %s.%Y /tmp/beat");
    Thread.sleep(150);
    assertThat(out(sandbox, "stat -c %s.%Y /tmp/beat")).isEqualTo(size);
    assertThat(sandbox.processes()).isEmpty();
  }

  @Test
  void aServerIsGoneAfterAFreezeAndItsPortIsFree() throws Exception {
    Sandbox sandbox = open();
    String serve =
        "perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); setsockopt(S,SOL_SOCKET,SO_REUSEADDR,1);"
            + "bind(S,sockaddr_in(8080,INADDR_ANY)) or die; listen(S,5);"
            + "while(accept(C,S)){print C \"hello\\n\"; close C}' >/dev/null 2>&1 & ";
    String ask = "exec 3<>/dev/tcp/127.0.0.1/8080 && head -n1 <&3";
    out(sandbox, serve + "until (" + ask + ") 2>/dev/null; do sleep 0.05; done");
    assertThat(out(sandbox, ask)).isEqualTo("hello\n");
    assertThat(sandbox.processes()).anyMatch(p -> p.command().contains("perl"));
    sandbox.freezeAndKill();
    assertThat(run(sandbox, ask).exitCode()).isNotZero();
  }

  @Test
  void aRunningCommandEndsWithTheFreezeAndFilesStay() throws Exception {
    Sandbox sandbox = open();
    CountDownLatch started = new CountDownLatch(1);
    RunningCommand command =
        sandbox.start(
            Command.of("echo kept >/tmp/f; echo go; sleep 1000", TIMEOUT),
            (stream, bytes) -> started.countDown());
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    FreezeReport report = sandbox.freezeAndKill();
    CommandResult result = command.await();
    assertThat(result.end()).isEqualTo(End.SANDBOX_ENDED);
    assertThat(result.stdout().text()).isEqualTo("go\n");
    assertThat(report.killed()).isPositive();
    assertThat(out(sandbox, "cat /tmp/f")).isEqualTo("kept\n");
  }

  @Test
  void backgroundProcessesSurviveTheirCommandAndAreListed() throws Exception {
    Sandbox sandbox = open();
    assertThat(sandbox.processes()).isEmpty();
    out(sandbox, "sleep 987 >/dev/null 2>&1 & true");
    assertThat(sandbox.processes()).hasSize(1);
    // A process that is just being started has its name before its arguments.
    eventually(
        "has its arguments", () -> sandbox.processes().get(0).command().contains("sleep 987"));
  }

  @Test
  void theNetworkEndsAtTheSandbox() throws Exception {
    Sandbox sandbox = open();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("0.0.0.0"))) {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : each.inetAddresses().toList()) {
          if (address.getAddress().length == 4) {
            String connect =
                "exec 3<>/dev/tcp/" + address.getHostAddress() + "/" + server.getLocalPort();
            Command command = Command.of(connect, Duration.ofSeconds(1));
            assertThat(sandbox.run(command).exitCode()).as(connect).isNotZero();
          }
        }
      }
    }
  }

  @Test
  void theHostsFilesAndNameAreNotSeen() throws Exception {
    Sandbox sandbox = open();
    Path secret = Files.writeString(host.resolve("secret"), "secret");
    assertThat(run(sandbox, "cat " + secret).exitCode()).isNotZero();
    String hostName = InetAddress.getLocalHost().getHostName();
    assertThat(out(sandbox, "cat /proc/sys/kernel/hostname").strip()).isNotEqualTo(hostName);
    Path home = Path.of(System.getProperty("user.home"));
    try (var files = Files.list(home)) {
      for (Path file : files.limit(20).toList()) {
        assertThat(run(sandbox, "[ -e '" + file + "' ]").exitCode())
            .as("%s", file)
            .isIn(1, startsEverywhere(file) ? 0 : 1);
      }
    }
  }

  /** Files that images have in root's home as well. */
  private static boolean startsEverywhere(Path file) {
    return file.getFileName().toString().matches("\\.bashrc|\\.profile");
  }

  @Test
  void nothingOfOneSandboxIsInTheNext() throws Exception {
    Sandbox first = open();
    String hosts = out(first, "cat /etc/hosts");
    String settings = "cd /proc/sys/net/ipv4 && cat ip_local_port_range ip_unprivileged_port_start";
    String before = out(first, settings);
    out(first, "echo '10.0.0.1 changed' >>/etc/hosts; echo x >/tmp/left; echo x >/left");
    // Whether it may change them or not, the next one must not see it.
    run(
        first,
        "cd /proc/sys/net/ipv4; echo '2000 3000' >ip_local_port_range;"
            + " echo 7 >ip_unprivileged_port_start");
    first.close();
    Sandbox second = open();
    assertThat(out(second, "cat /etc/hosts")).isEqualTo(hosts).contains("localhost");
    assertThat(run(second, "[ -e /tmp/left ] || [ -e /left ]").exitCode()).isEqualTo(1);
    assertThat(out(second, settings)).isEqualTo(before);
  }

  @Test
  void closingLeavesNothing() throws Exception {
    Sandbox sandbox = open();
    run(sandbox, "mkdir -p /tmp/a/b; chmod 000 /tmp/a; setsid sleep 1000 >/dev/null 2>&1 & true");
    sandbox.close();
    assertGone(sandbox.id());
    sandbox.close();
    assertThatExceptionOfType(SandboxException.class).isThrownBy(() -> run(sandbox, "true"));
  }

  @Test
  void closingEndsARunningCommand() throws Exception {
    Sandbox sandbox = open();
    CountDownLatch started = new CountDownLatch(1);
    RunningCommand command =
        sandbox.start(
            Command.of("echo go; sleep 1000", TIMEOUT), (stream, bytes) -> started.countDown());
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    sandbox.close();
    assertThat(command.await().end()).isEqualTo(End.SANDBOX_ENDED);
    assertGone(sandbox.id());
  }

  @Test
  void theRelayLeadsToItsSocketAndNothingElseDoes() throws Exception {
    Path socket = Files.createTempDirectory("pb").resolve("gateway");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread echo = new Thread(() -> echo(server));
      echo.setDaemon(true);
      echo.start();
      Sandbox sandbox = open(Optional.of(new RelaySpec(socket, 61234)), Duration.ofMinutes(2));
      String ask = "exec 3<>/dev/tcp/127.0.0.1/61234 && echo hello >&3 && head -n1 <&3";
      assertThat(out(sandbox, ask)).isEqualTo("hello\n");
      assertThat(out(sandbox, "for i in 1 2 3 4 5 6 7 8; do (" + ask + ") & done; wait"))
          .isEqualTo("hello\n".repeat(8));
      String much = "exec 3<>/dev/tcp/127.0.0.1/61234; head -c 3000000 /dev/zero >&3 & sleep 0";
      assertThat(out(sandbox, much + "; head -c 3000000 <&3 | wc -c").strip()).isEqualTo("3000000");
      assertThat(run(sandbox, "[ -e " + socket + " ]").exitCode()).isEqualTo(1);
      sandbox.freezeAndKill();
      assertThat(out(sandbox, ask)).isEqualTo("hello\n");
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(socket.getParent());
    }
  }

  @Test
  void aMountedFolderCanBeReadAndRunAndNeverWritten() throws Exception {
    Path source = Files.createDirectories(host.resolve("tools/bin")).getParent();
    Path tool = Files.writeString(source.resolve("bin/tool"), "#!/bin/sh\necho ran\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Sandbox sandbox = openMounted(new Mount(source, "/opt/of-agents/tools"));
    assertThat(out(sandbox, "/opt/of-agents/tools/bin/tool")).isEqualTo("ran\n");
    assertThat(sandbox.diff()).isEmpty();

    run(
        sandbox,
        "cd /opt/of-agents/tools; echo x >new; echo x >>bin/tool; rm -rf bin; chmod 777 bin/tool;"
            + " mount -o remount,rw /opt/of-agents/tools; umount /opt/of-agents/tools;"
            + " umount -l /opt/of-agents/tools; mount --bind /tmp /opt/of-agents/tools;"
            + " unshare -rm sh -c 'umount /opt/of-agents/tools; mount -o remount,bind,rw ."
            + " && echo x >new'; echo x >new; rm -rf /opt/of-agents");
    assertThat(out(sandbox, "/opt/of-agents/tools/bin/tool")).isEqualTo("ran\n");
    Path file = Files.writeString(host.resolve("f"), "content");
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> sandbox.put(file, "/opt/of-agents/tools/new", false))
        .matches(e -> e.kind() == Kind.BAD_REQUEST);
    assertThat(source.resolve("new")).doesNotExist();
    assertThat(tool).hasContent("#!/bin/sh\necho ran\n");
    assertThat(Files.getPosixFilePermissions(tool))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    out(sandbox, "echo x >/opt/of-agents/own");
    assertThat(sandbox.diff()).contains(new Change(Change.Kind.ADDED, "/opt/of-agents/own"));
    assertThat(sandbox.diff()).noneMatch(change -> change.path().contains("tools"));

    sandbox.freezeAndKill();
    assertThat(out(sandbox, "/opt/of-agents/tools/bin/tool")).isEqualTo("ran\n");
    sandbox.close();
    assertThat(tool).exists();
    assertGone(sandbox.id());
  }

  @Test
  void aLinkInTheWayOfAMountNeverLeadsToTheHost() throws Exception {
    Path source = Files.createDirectory(host.resolve("tools"));
    Path outside = Files.createDirectory(host.resolve("outside"));
    Sandbox sandbox = openMounted(new Mount(source, "/opt/of-agents/tools"));
    for (String way : new String[] {"", "/oldroot", "/newroot"}) {
      run(
          sandbox,
          "mv /opt/of-agents /opt/moved$RANDOM; rm -f /opt/of-agents; ln -s "
              + way
              + outside
              + " /opt/of-agents");
      sandbox.freezeAndKill();
      assertStillWorks(sandbox);
      assertThat(outside).isEmptyDirectory();
    }
  }

  @Test
  void aMountWithoutASourceIsRefused() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> openMounted(new Mount(host.resolve("none"), "/opt/tools")))
        .withMessageContaining("none");
    assertThat(host.resolve("none")).doesNotExist();
  }

  final Sandbox openMounted(Mount mount) {
    return open(Optional.empty(), Duration.ofMinutes(5), List.of(mount));
  }

  private static void echo(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread thread =
            new Thread(
                () -> {
                  try (channel) {
                    ByteBuffer buffer = ByteBuffer.allocate(65536);
                    while (channel.read(buffer.clear()) >= 0) {
                      channel.write(buffer.flip());
                    }
                  } catch (java.io.IOException e) {
                    // The other side has gone, as it may.
                    return;
                  }
                });
        thread.setDaemon(true);
        thread.start();
      }
    } catch (java.io.IOException e) {
      // Closed at the end of the test.
      return;
    }
  }

  @Test
  void theOuterLimitEndsTheSandboxByItself() throws Exception {
    Sandbox sandbox = openWithSomethingRunning(Duration.ofSeconds(2));
    eventually("ends by itself", () -> sandbox.processes().isEmpty());
  }

  /** On a busy machine a short limit may be over before anything runs; then a longer one. */
  private Sandbox openWithSomethingRunning(Duration outerLimit) throws Exception {
    Sandbox sandbox = open(Optional.empty(), outerLimit);
    try {
      run(sandbox, "setsid sleep 1000 >/dev/null 2>&1 & true");
      if (!sandbox.processes().isEmpty()) {
        return sandbox;
      }
    } catch (SandboxException e) {
      // It ended before anything ran.
    }
    assertThat(outerLimit).as("in which nothing ran").isLessThan(Duration.ofSeconds(15));
    return openWithSomethingRunning(outerLimit.multipliedBy(3));
  }

  @Test
  void conditionsSayWhatWasInForce() {
    SandboxConditions conditions = open().conditions();
    assertThat(conditions.provider()).isEqualTo(provider.name());
    assertThat(conditions.imageId()).isEqualTo(image.id());
    assertThat(conditions.dispatcher()).isIn("dispatcher", "exec");
    assertThat(conditions.engine()).isNotBlank();
  }
}
