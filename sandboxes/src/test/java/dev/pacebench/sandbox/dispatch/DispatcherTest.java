package dev.pacebench.sandbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pacebench.sandbox.CommandResult;
import dev.pacebench.sandbox.CommandResult.End;
import dev.pacebench.sandbox.OutputListener;
import dev.pacebench.sandbox.RunningCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The host's side against a lying dispatcher, and against the real one as a plain process. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatcherTest {

  @TempDir Path temp;
  private final OutputCollector late = new OutputCollector(1000);
  private final ByteArrayOutputStream requests = new ByteArrayOutputStream();
  private final PipedOutputStream frames = new PipedOutputStream();
  private volatile boolean closed;
  private Process process;

  @AfterEach
  void stop() throws Exception {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void anEndWithAWrongMarkLosesTheDispatcher() throws Exception {
    Dispatcher dispatcher = lying();
    RunningCommand command = dispatcher.start(request("true", 5), OutputListener.NONE);
    frames.write(end(1, new byte[16]));
    frames.flush();
    assertThat(command.await().end()).isEqualTo(End.DISPATCHER_LOST);
    assertThat(dispatcher.isAlive()).isFalse();
    assertThat(dispatcher.failure()).hasValueSatisfying(why -> assertThat(why).contains("end"));
    assertThat(closed).isTrue();
  }

  @Test
  void theRightMarkEndsACommandWithItsStatus() throws Exception {
    Dispatcher dispatcher = lying();
    RunningCommand command = dispatcher.start(request("true", 5), OutputListener.NONE);
    byte[] mark = java.util.Arrays.copyOfRange(requests.toByteArray(), 9, 25);
    frames.write(frame('O', 1, "hello".getBytes()));
    frames.write(end(1, mark));
    frames.write(frame('o', 1, "later".getBytes()));
    frames.flush();
    CommandResult result = command.await();
    assertThat(result.end()).isEqualTo(End.EXITED);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.stdout().text()).isEqualTo("hello");
    dispatcher.close();
  }

  @Test
  void outputOfAnUnknownCommandLosesTheDispatcher() throws Exception {
    assertLostBy(frame('O', 7, "x".getBytes()));
  }

  @Test
  void lateOutputOfARunningCommandLosesTheDispatcher() throws Exception {
    assertLostBy(frame('o', 1, "x".getBytes()));
  }

  @Test
  void impossibleLengthsAndTypesLoseTheDispatcher() throws Exception {
    assertLostBy(ByteBuffer.allocate(9).put((byte) 'O').putInt(1).putInt(-1).array());
  }

  @Test
  void anUnknownFrameLosesTheDispatcher() throws Exception {
    assertLostBy(frame('?', 1, new byte[0]));
  }

  @Test
  void aDispatcherThatEndsLosesItsCommands() throws Exception {
    Dispatcher dispatcher = lying();
    RunningCommand command = dispatcher.start(request("true", 5), OutputListener.NONE);
    frames.close();
    assertThat(command.await().end()).isEqualTo(End.DISPATCHER_LOST);
    assertThat(dispatcher.start(request("true", 5), OutputListener.NONE).await().end())
        .isEqualTo(End.DISPATCHER_LOST);
  }

  @Test
  void silenceBeyondTheTimeoutLosesTheDispatcher() throws Exception {
    Dispatcher dispatcher =
        new Dispatcher(
            "silent",
            requests,
            new PipedInputStream(frames),
            late,
            () -> {},
            Duration.ofMillis(50));
    RunningCommand command =
        dispatcher.start(request("true", Duration.ofMillis(50)), OutputListener.NONE);
    assertThat(command.await().end()).isEqualTo(End.DISPATCHER_LOST);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStoppedDispatcherThatNoLongerReadsDoesNotBlockTheCaller() throws Exception {
    Dispatcher dispatcher = real(Duration.ofMillis(100));
    assertThat(dispatcher.hello(Duration.ofSeconds(20))).isPresent();
    new ProcessBuilder("kill", "-STOP", "" + process.pid()).start().waitFor();
    String large = "# " + "x".repeat(1 << 20);
    RunningCommand command =
        dispatcher.start(request(large, Duration.ofMillis(100)), OutputListener.NONE);
    assertThat(command.await().end()).isEqualTo(End.DISPATCHER_LOST);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theRealDispatcherRunsManyCommandsOneAfterTheOther() throws Exception {
    Dispatcher dispatcher = real(Dispatcher.GRACE);
    for (int i = 0; i < 200; i++) {
      CommandResult result =
          dispatcher.start(request("echo " + i, 20), OutputListener.NONE).await();
      assertThat(result.stdout().text()).isEqualTo(i + "\n");
    }
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closingKillsWhatRuns() throws Exception {
    Dispatcher dispatcher = real(Dispatcher.GRACE);
    Path file = temp.resolve("pid");
    RunningCommand command =
        dispatcher.start(
            request("echo $$ >" + file + ".new; mv " + file + ".new " + file + "; sleep 60", 60),
            OutputListener.NONE);
    while (!java.nio.file.Files.exists(file)) {
      Thread.sleep(5);
    }
    long pid = Long.parseLong(java.nio.file.Files.readString(file).strip());
    dispatcher.close(End.KILLED);
    assertThat(command.await().end()).isEqualTo(End.KILLED);
    ProcessHandle.of(pid).ifPresent(p -> p.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }

  private void assertLostBy(byte[] frame) throws Exception {
    Dispatcher dispatcher = lying();
    RunningCommand command = dispatcher.start(request("true", 5), OutputListener.NONE);
    frames.write(frame);
    frames.flush();
    assertThat(command.await().end()).isEqualTo(End.DISPATCHER_LOST);
    assertThat(dispatcher.failure()).isPresent();
  }

  private Dispatcher lying() throws IOException {
    return new Dispatcher(
        "lying", requests, new PipedInputStream(frames), late, () -> closed = true);
  }

  private Dispatcher real(Duration grace) throws IOException {
    process =
        new ProcessBuilder(Inside.onHost(temp).toString(), "dispatch")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    OutputStream to = process.getOutputStream();
    return new Dispatcher(
        "real",
        to,
        process.getInputStream(),
        late,
        () -> {
          // A dispatcher that is alive kills its commands when its stream ends; closing the stream
          // waits for a write under way, which may never end.
          Thread closing = new Thread(this::closeRequests);
          closing.setDaemon(true);
          closing.start();
          try {
            process.waitFor(1, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          process.destroyForcibly();
        },
        grace);
  }

  private void closeRequests() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request(String script, long seconds) {
    return request(script, Duration.ofSeconds(seconds));
  }

  private static Request request(String script, Duration timeout) {
    return new Request(script, Map.of("PATH", "/usr/bin:/bin"), "/", timeout, 1000);
  }

  private static byte[] end(int id, byte[] mark) {
    byte[] body = ByteBuffer.allocate(28).put(mark).putInt(3 << 8).putInt(0).putInt(0).array();
    return frame('X', id, body);
  }

  private static byte[] frame(char type, int id, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) type)
        .putInt(id)
        .putInt(payload.length)
        .put(payload)
        .array();
  }
}
