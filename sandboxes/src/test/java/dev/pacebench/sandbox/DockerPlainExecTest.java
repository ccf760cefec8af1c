package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.docker.DockerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same promises where there is no dispatcher for the engine's architecture. */
@Tag("docker")
class DockerPlainExecTest extends DockerSandboxTest {

  @Override
  DockerOptions options() {
    return DockerOptions.usual().withPlainExec();
  }

  /** All but the one that stops its parent, which here is itself. */
  @Override
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"unbalanced",
        "cat <<'END'\nopen",
        "set -e; false; echo no",
        "exec >/tmp/f 2>&1; echo hidden",
        "trap 'kill 0' EXIT",
        "kill 0",
        "exec 0<&- 1>&- 2>&-",
        "(((",
        "ulimit -n 3; ulimit -u 1; true"
      })
  void hostileScriptsEndAndTheNextCommandWorks(String script) throws Exception {
    super.hostileScriptsEndAndTheNextCommandWorks(script);
  }

  @Test
  void aCommandThatStopsItsGroupEndsAtItsTimeout() throws Exception {
    // The parent is outside of the sandbox and so has the number 0, which means the own group.
    Sandbox sandbox = open();
    CommandResult result = sandbox.run(Command.of("kill -STOP $PPID; true", Duration.ofSeconds(1)));
    assertThat(result.end()).isEqualTo(End.TIMED_OUT);
    assertStillWorks(sandbox);
  }

  /**
   * Fewer, since how a command was started matters little to a freeze, and engines tell of the end
   * of an exec seconds late while something holds its output.
   */
  @Override
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nohup sh -c 'while :; do echo x >>/tmp/beat; sleep 0.002; done' >/dev/null 2>&1 & true",
        "echo 'echo x >>/tmp/beat; sleep 0.01; sh /tmp/storm & exit' >/tmp/storm;"
            + " for i in 1 2 3 4 5 6 7 8; do setsid sh /tmp/storm >/dev/null 2>&1 & done; true"
      })
  void nothingWritesOrRunsAfterAFreeze(String script) throws Exception {
    super.nothingWritesOrRunsAfterAFreeze(script);
  }
}
