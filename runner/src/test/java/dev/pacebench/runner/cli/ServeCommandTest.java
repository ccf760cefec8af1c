package dev.pacebench.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.runner.cli.CommandLineTester.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server from starting, and how it says so. */
class ServeCommandTest {

  @TempDir Path folder;

  @Test
  void aHomeThatIsNotThereIsNamed() {
    Result result = new CommandLineTester(folder.resolve("none")).run("serve", "--port", "0");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("none", "there is no such home", "remedy:");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void othersNeedATokenWhichIsNeverPrinted() throws IOException {
    CommandLineTester pacebench = new CommandLineTester(folder);
    Result result = pacebench.run("serve", "--bind", "0.0.0.0");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--token-file");
    Path file = Files.writeString(folder.resolve("token"), "tooshort\n");
    result = pacebench.run("serve", "--bind", "0.0.0.0", "--token-file", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("8 characters").doesNotContain("tooshort");
    result = pacebench.run("serve", "--token-file", folder.resolve("absent").toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("absent", "cannot be read");
  }

  @Test
  void aPortThatIsTakenIsInfrastructure() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Result result =
          new CommandLineTester(folder).run("serve", "--port", "" + taken.getLocalPort());
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains("" + taken.getLocalPort(), "--port");
    }
    assertThat(new CommandLineTester(folder).run("serve", "--port", "70000").code()).isEqualTo(2);
  }
}
