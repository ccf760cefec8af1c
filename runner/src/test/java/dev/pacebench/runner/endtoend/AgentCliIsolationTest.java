package dev.pacebench.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.gateway.call.CallRecord;
import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.sandbox.CommandResult;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a sandbox with a relay nothing can be reached but its own door, and there only its calls.
 */
@Tag("docker")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentCliIsolationTest {

  private static final String CALLS = Protocol.OPENAI_RESPONSES.path();

  /** Prints "open" or "shut", and waits no longer than a silent network would make it. */
  private static final String REACH =
      "timeout 3 bash -c 'exec 3<>/dev/tcp/%s/%d' 2>/dev/null && echo open || echo shut";

  /** Prints the first line of an answer. */
  private static final String ASK =
      """
      exec 3<>/dev/tcp/127.0.0.1/%d || exit 1
      printf 'POST %s HTTP/1.1\\r\\nHost: here\\r\\nAuthorization: Bearer %s\\r\\n' >&3
      printf 'Content-Type: application/json\\r\\nConnection: close\\r\\n' >&3
      printf 'Content-Length: %d\\r\\n\\r\\n%%s' '%s' >&3
      IFS= read -r -t 20 line <&3 && printf '%%s' "$line"
      """;

  private static final String BODY = "{\"model\":\"m\",\"input\":\"go\"}";

  private AgentCliGateway gateway;
  private AgentCliPlace place;
  private AgentCliPlace other;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = new AgentCliGateway(folder);
    place = new AgentCliPlace(gateway, Protocol.OPENAI_RESPONSES, "sse");
    other = new AgentCliPlace(gateway, Protocol.OPENAI_RESPONSES, "sse");
  }

  @AfterAll
  void stop() {
    if (other != null) {
      other.close();
    }
    if (place != null) {
      place.close();
    }
    gateway.close();
  }

  @Test
  void theRelayLeadsToTheDoorWithItsTokenOnly() throws Exception {
    assertThat(reach("127.0.0.1", place.port())).isEqualTo("open");
    assertThat(ask(place, CALLS, place.door().token())).contains(" 200 ");
    assertThat(ask(place, CALLS, other.door().token())).contains(" 401 ");
    assertThat(ask(place, CALLS, "")).contains(" 401 ");
    assertThat(other.calls()).isEmpty();
  }

  @Test
  void otherPathsAreNotThere() throws Exception {
    String token = place.door().token();
    for (String path :
        List.of(
            "/v1/models",
            "/v1/files",
            "/v1/chat/completions",
            "/v1/messages",
            "/v1/responses/../models",
            "/v1/responses/resp_1/cancel",
            "/containers/json")) {
      assertThat(ask(place, path, token)).as(path).contains(" 404 ");
    }
  }

  @Test
  void noPortOfThisMachineIsReached() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"))) {
      List<String> addresses = addresses();
      assertThat(addresses).hasSizeGreaterThan(1).contains("127.0.0.1");
      for (String address : addresses) {
        // What is tried from inside can be reached from here.
        try (Socket near = new Socket()) {
          near.connect(new InetSocketAddress(address, server.getLocalPort()), 2_000);
          server.accept().close();
        }
        assertThat(reach(address, server.getLocalPort())).as(address).isEqualTo("shut");
      }
      server.setSoTimeout(50);
      assertThat(accepted(server)).isFalse();
    }
    assertThat(reach("127.0.0.1", gateway.server().address().getPort())).isEqualTo("shut");
    assertThat(reach("127.0.0.1", gateway.simulated().baseUrl().getPort())).isEqualTo("shut");
  }

  @Test
  void anotherTrialsRelayIsNotReached() throws Exception {
    assertThat(reach("127.0.0.1", other.port())).isEqualTo("shut");
    assertThat(out(other, REACH.formatted("127.0.0.1", other.port()))).isEqualTo("open");
  }

  @Test
  void noSocketFileIsThere() throws Exception {
    for (Path path :
        List.of(
            place.socket(),
            place.socket().getParent(),
            other.socket(),
            Path.of("/var/run/docker.sock"),
            Path.of("/run/docker.sock"))) {
      assertThat(out(place, "test -e " + path + " && echo there || echo absent"))
          .as(path.toString())
          .isEqualTo("absent");
    }
    assertThat(out(place, "find / -type s -not -path '/proc/*' 2>/dev/null")).isEmpty();
  }

  @Test
  void thereIsNoWayToTheInternetAndNobodyWhoKnowsNames() throws Exception {
    assertThat(out(place, "ls /sys/class/net")).isEqualTo("lo");
    assertThat(out(place, "tail -n +2 /proc/net/route")).isEmpty();
    assertThat(out(place, "grep -vc ' lo$' /proc/net/ipv6_route 2>/dev/null || true"))
        .isIn("0", "");
    assertThat(reach("169.254.169.254", 80)).isEqualTo("shut");
    assertThat(reach("1.1.1.1", 443)).isEqualTo("shut");
    assertThat(out(place, "timeout 20 getent hosts example.org || echo unknown"))
        .isEqualTo("unknown");
  }

  @Test
  void aTokenIsWorthNothingOnceItsDoorIsShut() throws Exception {
    try (AgentCliPlace ended = new AgentCliPlace(gateway, Protocol.OPENAI_RESPONSES, "sse")) {
      String token = ended.door().token();
      assertThat(ask(ended, CALLS, token)).contains(" 200 ");

      ended.door().shut();
      // From here on records are final.
      List<CallRecord> before = ended.calls();

      assertThat(ask(ended, CALLS, token)).contains(" 401 ");
      assertThat(ask(place, CALLS, token)).contains(" 401 ");
      assertThat(ended.calls()).isEqualTo(before).hasSize(1);
      assertThat(ended.door().callsAfterShut()).isEqualTo(1);
    }
  }

  private String reach(String address, int port) throws InterruptedException {
    return out(place, REACH.formatted(address, port));
  }

  private static String ask(AgentCliPlace place, String path, String token)
      throws InterruptedException {
    return out(place, ASK.formatted(place.port(), path, token, BODY.length(), BODY));
  }

  private static String out(AgentCliPlace place, String script) throws InterruptedException {
    CommandResult result = place.run(script);
    assertThat(result.end()).as(script).isEqualTo(CommandResult.End.EXITED);
    return result.stdout().text().strip();
  }

  private static boolean accepted(ServerSocket server) throws IOException {
    try (Socket caller = server.accept()) {
      return caller.isConnected();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static List<String> addresses() throws IOException {
    List<String> found = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        if (address instanceof Inet4Address) {
          found.add(address.getHostAddress());
        }
      }
    }
    return found;
  }
}
