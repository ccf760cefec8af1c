package dev.pacebench.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.Command;
import dev.pacebench.sandbox.PreparedImage;
import dev.pacebench.sandbox.Sandbox;
import dev.pacebench.sandbox.SandboxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that published tasks ask for and that fail where too much was taken from root. */
@Tag("docker")
class DockerServicesTest extends DockerFixture {

  @TempDir Path folder;

  @Test
  void sudoSshdAndNginxWork() throws Exception {
    try (Sandbox sandbox = provider.open(spec(withServices()))) {
      assertThat(sandbox.run(Command.of("sudo id -u", TIMEOUT).withUser("someone")).stdout().text())
          .isEqualTo("0\n");

      out(sandbox, "nginx && echo served >/var/www/html/f");
      assertThat(
              out(
                  sandbox,
                  "exec 3<>/dev/tcp/127.0.0.1/80; printf 'GET /f HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"))
          .contains("200 OK")
          .endsWith("served\n");

      out(
          sandbox,
          "mkdir -p /run/sshd ~someone/.ssh && ssh-keygen -q -t ed25519 -N '' -f /tmp/key"
              + " && cp /tmp/key.pub ~someone/.ssh/authorized_keys && /usr/sbin/sshd");
      assertThat(
              out(
                  sandbox,
                  "ssh -i /tmp/key -o StrictHostKeyChecking=no -o BatchMode=yes someone@127.0.0.1"
                      + " 'id -un' 2>/dev/null"))
          .isEqualTo("someone\n");

      assertThat(sandbox.processes()).anyMatch(each -> each.command().contains("nginx"));
      assertThat(sandbox.freezeAndKill().remaining()).isEmpty();
    }
  }

  @Test
  void noNewPrivilegesTakesThePowerOfSudo() throws Exception {
    try (Sandbox sandbox =
        provider.open(
            withLimits(spec(withServices()), dev.pacebench.sandbox.Limits.none(), true))) {
      assertThat(sandbox.run(Command.of("sudo id -u", TIMEOUT).withUser("someone")).exitCode())
          .isNotZero();
    }
  }

  /** Built once; later runs find it. The packages come from the network of the build. */
  private PreparedImage withServices() throws Exception {
    try {
      return provider.prepare(
          dockerfile(
              folder,
              "FROM "
                  + BASE
                  + "\n"
                  + "RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq"
                  + " --no-install-recommends sudo openssh-server openssh-client nginx-light"
                  + " && rm -rf /var/lib/apt/lists/*\n"
                  + "RUN useradd -m someone && usermod -p '*' someone"
                  + " && echo 'someone ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/someone\n"));
    } catch (SandboxException e) {
      return Assumptions.abort("packages cannot be installed here: " + e.getMessage());
    }
  }
}
