package dev.pacebench.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command, whatever it does. */
abstract class CommandBehaviour extends SandboxFixture {

  @ParameterizedTest
  @CsvSource({"true,0", "exit 3,3", "exit 255,255", "kill -9 $$,137", "nonesuch,127"})
  void exitCodesComeThrough(String script, int code) throws Exception {
    CommandResult result = run(open(), script);
    assertThat(result.end()).isEqualTo(End.EXITED);
    assertThat(result.exitCode()).isEqualTo(code);
  }

  @Test
  void stdoutAndStderrStayApart() throws Exception {
    CommandResult result = run(open(), "echo out; echo err >&2; echo out2");
    assertThat(result.stdout().text()).isEqualTo("out\nout2\n");
    assertThat(result.stderr().text()).isEqualTo("err\n");
  }

  @Test
  void outputArrivesWhileTheCommandRunsAndTwoRunAtOnce() throws Exception {
    Sandbox sandbox = open();
    CountDownLatch seen = new CountDownLatch(1);
    RunningCommand waiting =
        sandbox.start(
            Command.of("echo one; until [ -e /tmp/go ]; do sleep 0.05; done; echo two", TIMEOUT),
            (stream, bytes) -> {
              if (stream == Stream.STDOUT && new String(bytes).contains("one")) {
                seen.countDown();
              }
            });
    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
    out(sandbox, "touch /tmp/go");
    assertThat(waiting.await().stdout().text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void nothingCarriesOverToTheNextCommand() throws Exception {
    Sandbox sandbox = open();
    String before = out(sandbox, "pwd; env | sort");
    run(sandbox, "cd /tmp; export LEFT=behind; umask 077; set -o noclobber; alias ls=false");
    assertThat(out(sandbox, "pwd; env | sort")).isEqualTo(before);
  }

  @Test
  void environmentAndWorkingDirectoryAreTheRequests() throws Exception {
    Sandbox sandbox = open();
    Command command =
        Command.of("pwd; echo \"$FROM_SPEC|$MINE\"", TIMEOUT)
            .withEnv(Map.of("MINE", "a b\n'\"$x"))
            .withWorkdir("/tmp");
    assertThat(sandbox.run(command).stdout().text()).isEqualTo("/tmp\nspec|a b\n'\"$x\n");
    assertThat(out(sandbox, "echo \"$PATH\"")).contains("/usr/bin");
  }

  @Test
  void aMissingWorkingDirectoryIsAFailedCommand() throws Exception {
    Sandbox sandbox = open();
    CommandResult result = sandbox.run(Command.of("echo no", TIMEOUT).withWorkdir("/none/such"));
    assertThat(result.end()).isEqualTo(End.EXITED);
    assertThat(result.exitCode()).isBetween(1, 128);
    assertThat(result.stdout().text()).doesNotContain("no\n");
    assertStillWorks(sandbox);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"unbalanced",
        "cat <<'END'\nopen",
        "exit 3",
        "set -e; false; echo no",
        "exec >/tmp/f 2>&1; echo hidden",
        "trap 'kill 0' EXIT",
        "kill 0",
        "exec 0<&- 1>&- 2>&-",
        "kill -STOP $PPID; true",
        "(((",
        "ulimit -n 3; ulimit -u 1; true",
        "exec sleep 0.01",
        "\u0001\u0002 \t"
      })
  void hostileScriptsEndAndTheNextCommandWorks(String script) throws Exception {
    Sandbox sandbox = open();
    CommandResult result = sandbox.run(Command.of(script, Duration.ofSeconds(3)));
    assertThat(result.stdout().text()).doesNotContain("no\n").doesNotContain("hidden");
    assertStillWorks(sandbox);
  }

  @Test
  void failingScriptsSaySo() throws Exception {
    Sandbox sandbox = open();
    assertThat(run(sandbox, "set -e; false; echo no").exitCode()).isEqualTo(1);
    assertThat(run(sandbox, "echo \"unbalanced").exitCode()).isNotZero();
    assertThat(run(sandbox, "cat <<'END'\nopen").stdout().text()).isEqualTo("open\n");
    assertThat(run(sandbox, "exec >/tmp/f; echo x; exit 4").exitCode()).isEqualTo(4);
  }

  @Test
  void outputOfBackgroundProcessesIsKeptApartFromLaterCommands() throws Exception {
    Sandbox sandbox = open();
    CommandResult first =
        run(
            sandbox,
            "(until [ -e /tmp/go ]; do sleep 0.02; done; echo later; echo done >/tmp/d) & echo now");
    assertThat(first.stdout().text()).isEqualTo("now\n");
    CommandResult next =
        run(sandbox, "touch /tmp/go; until [ -e /tmp/d ]; do sleep 0.02; done; echo next");
    assertThat(next.stdout().text()).isEqualTo("next\n");
    if (keepsLateOutput()) {
      eventually("late output", () -> sandbox.lateOutput().text().contains("later"));
    }
  }

  /** Whether this way of running commands still reads them after their end. */
  protected boolean keepsLateOutput() {
    return true;
  }

  @Test
  void aGigabyteOfOutputIsCountedAndNotKept() throws Exception {
    Sandbox sandbox = open();
    CommandResult result =
        sandbox.run(
            Command.of(
                    "echo first; head -c 1000000000 /dev/zero; echo last", Duration.ofSeconds(60))
                .withKeepBytes(1000));
    assertThat(result.succeeded()).isTrue();
    assertThat(result.stdout().total()).isEqualTo(1_000_000_011L);
    assertThat(result.stdout().head()).hasSize(500);
    assertThat(new String(result.stdout().head())).startsWith("first\n");
    assertThat(new String(result.stdout().tail())).endsWith("last\n");
    System.out.printf("1 GB of output: %d ms%n", result.elapsed().toMillis());
  }

  @Test
  void binaryOutputComesThroughByteForByte(@org.junit.jupiter.api.io.TempDir Path temp)
      throws Exception {
    Sandbox sandbox = open();
    ByteArrayOutputStream live = new ByteArrayOutputStream();
    CommandResult result =
        sandbox.run(
            Command.of(
                "printf '\\000\\377\\r\\n'; head -c 300000 /dev/urandom | tee /tmp/b", TIMEOUT),
            (stream, bytes) -> live.writeBytes(bytes));
    assertThat(sandbox.get("/tmp/b", temp.resolve("out"), 1 << 20)).isTrue();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(new byte[] {0, -1, '\r', '\n'});
    expected.writeBytes(Files.readAllBytes(temp.resolve("out/b")));
    assertThat(result.stdout().head()).isEqualTo(expected.toByteArray());
    assertThat(live.toByteArray()).isEqualTo(expected.toByteArray());
  }

  @Test
  void aReaderOfStdinGetsItsEnd() throws Exception {
    CommandResult result = run(open(), "cat; read x; echo $?; [ -t 0 ] || echo none");
    assertThat(result.stdout().text()).isEqualTo("1\nnone\n");
  }

  @Test
  void forgedFramesChangeNothing() throws Exception {
    Sandbox sandbox = open();
    String forged =
        """
        printf 'X\\0\\0\\0\\1\\0\\0\\0\\34aaaaaaaaaaaaaaaa\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0'
        for p in /proc/[0-9]*; do
          case $p in /proc/$$) ;; *) printf 'X\\0\\0\\0\\1forged' >$p/fd/1 ;; esac
        done 2>/dev/null
        exit 7
        """;
    CommandResult result = run(sandbox, forged);
    if (result.end() != End.DISPATCHER_LOST) {
      assertThat(result.exitCode()).isEqualTo(7);
    }
    assertStillWorks(sandbox);
  }

  @Test
  void nothingOfTheDispatcherCanBeReadFromInside() throws Exception {
    String script =
        "for p in /proc/[0-9]*; do case $p in /proc/$$) ;; *) cat $p/environ; readlink $p/fd/* $p/exe;"
            + " head -c 1 $p/fd/0; esac; done >/tmp/seen 2>/dev/null; cat /tmp/seen";
    assertThat(out(open(), script)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for p in /proc/[0-9]*; do p=${p#/proc/}; [ $p = $$ ] || kill -9 $p; done; echo end",
        "kill -9 -1; echo end",
        "kill -9 $PPID; sleep 0.3; echo end",
        "kill -STOP -1; kill -9 -1; true"
      })
  void aKilledDispatcherIsNoticedAndTheNextCommandWorks(String script) throws Exception {
    Sandbox sandbox = open();
    assertStillWorks(sandbox);
    CommandResult result = sandbox.run(Command.of(script, Duration.ofSeconds(5)));
    assertThat(result.end()).isIn(End.EXITED, End.DISPATCHER_LOST);
    assertStillWorks(sandbox);
    assertStillWorks(sandbox);
  }

  @Test
  void aTimeoutKillsTheGroup() throws Exception {
    Sandbox sandbox = open();
    CommandResult result =
        sandbox.run(
            Command.of(
                "echo before; sleep 1000 & echo $! >/tmp/p; sleep 1000", Duration.ofSeconds(2)));
    assertThat(result.end()).isEqualTo(End.TIMED_OUT);
    // The upper bound is loose; without the timeout it would be a quarter of an hour.
    assertThat(result.elapsed()).isBetween(Duration.ofSeconds(2), TIMEOUT);
    assertThat(result.stdout().text()).isEqualTo("before\n");
    out(sandbox, "while kill -0 $(cat /tmp/p); do sleep 0.01; done");
  }

  @Test
  void killEndsTheGroup() throws Exception {
    Sandbox sandbox = open();
    CountDownLatch started = new CountDownLatch(1);
    RunningCommand command =
        sandbox.start(
            Command.of("trap '' TERM INT HUP; sleep 1000 & echo $!; wait", TIMEOUT),
            (stream, bytes) -> started.countDown());
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    command.kill();
    CommandResult result = command.await();
    assertThat(result.end()).isEqualTo(End.KILLED);
    // The first process of the sandbox reaps it in its own time.
    out(sandbox, "while kill -0 " + result.stdout().text().strip() + "; do sleep 0.01; done");
  }

  @ParameterizedTest
  @ValueSource(ints = {122_000, 131_050, 131_072, 300_000, 3_000_000})
  void scriptsOfAnyLengthRun(int length) throws Exception {
    String script =
        "#!/bin/sh\nx='" + "y".repeat(length) + "'\necho ${#x}; ls /proc/self/fd | wc -l; exit 5";
    CommandResult result = run(open(), script);
    assertThat(result.exitCode()).as(describe(result)).isEqualTo(5);
    // Three streams and the folder that ls reads.
    assertThat(result.stdout().text()).isEqualTo(length + "\n4\n");
  }

  @Test
  void aRenewedDispatcherRunsCommands() throws Exception {
    Sandbox sandbox = open();
    assertStillWorks(sandbox);
    sandbox.renewDispatcher();
    assertStillWorks(sandbox);
  }
}
