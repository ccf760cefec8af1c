package dev.pacebench.runner.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.gateway.call.CallRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder leaves behind. */
@Timeout(60)
class RecorderTest {

  @TempDir Path temporary;

  private Recorder start(boolean bodies, RecordLimits limits, UnaryOperator<String> filter)
      throws IOException {
    return Recorder.start(
        temporary.resolve(CallFiles.FOLDER), "t", Calls.ORIGIN, bodies, limits, filter);
  }

  private Path folder() {
    return temporary.resolve(CallFiles.FOLDER);
  }

  @Test
  void rowsComeBackAsTheyWereWithTimesFromTheOrigin() throws IOException {
    List<CallRecord> calls = List.of(Calls.full(1, 1), Calls.full(2, 1), Calls.full(2, 2));

    try (Recorder recorder = start(false, RecordLimits.DEFAULT, UnaryOperator.identity())) {
      calls.forEach(recorder::ended);
    }

    assertThat(CallFiles.read(folder()))
        .isEqualTo(calls.stream().map(call -> call.since(Calls.ORIGIN)).toList());
    assertThat(folder().resolve(CallFiles.RECORDING)).doesNotExist();
  }

  @Test
  void whatWasSaidComesBackByteForByte() throws IOException {
    byte[] torn = Arrays.copyOf(Calls.bytes("data: grün"), 9);
    byte[] rest = {(byte) 0xBC, 'n', '\n'};

    try (Recorder recorder = start(true, RecordLimits.DEFAULT, UnaryOperator.identity())) {
      long start = Calls.ORIGIN + 1_000_000_000L;
      recorder.request(1, 1, Calls.bytes("{\"model\":\"m\"}"), start + 5);
      recorder.head(1, 1, 200, Map.of("content-type", List.of("text/event-stream")), start + 6);
      recorder.answer(1, 1, torn, false, start + 7);
      recorder.answer(1, 1, rest, false, start + 9);
      recorder.ended(Calls.full(1, 1));
    }
    Recording recording = Recording.read(folder());

    assertThat(recording.trial()).isEqualTo("t");
    assertThat(recording.connect().toMillis()).isEqualTo(12);
    RecordedCall call = recording.calls().get(0);
    assertThat(call.requestBytes()).isEqualTo(Calls.bytes("{\"model\":\"m\"}"));
    assertThat(call.answerBytes()).usingRecursiveComparison().isEqualTo(List.of(torn, rest));
    assertThat(call.sent()).isEqualTo(1_000_000_005L);
    assertThat(call.parts())
        .extracting(RecordedCall.Part::nanos)
        .containsExactly(1_000_000_007L, 1_000_000_009L);
    assertThat(call.head().orElseThrow())
        .isEqualTo(
            new RecordedCall.Head(
                200, Map.of("content-type", List.of("text/event-stream")), 1_000_000_006L));
  }

  @Test
  void callsOfOneTimeAreKeptApartAndOrderedByTheirRequests() throws IOException {
    try (Recorder recorder = start(true, RecordLimits.DEFAULT, UnaryOperator.identity())) {
      recorder.request(2, 1, Calls.bytes("{}"), Calls.ORIGIN + 20);
      recorder.request(1, 1, Calls.bytes("{}"), Calls.ORIGIN + 10);
      recorder.answer(2, 1, Calls.bytes("two"), false, Calls.ORIGIN + 30);
      recorder.answer(1, 1, Calls.bytes("one"), false, Calls.ORIGIN + 40);
      recorder.ended(Calls.full(2, 1));
      recorder.ended(Calls.full(1, 1));
      // Stopped by a limit before it was sent.
      recorder.ended(Calls.full(3, 1));
    }

    List<RecordedCall> calls = Recording.read(folder()).calls();

    assertThat(calls).extracting(call -> call.call().seq()).containsExactly(1, 2);
    assertThat(calls).extracting(RecordedCall::number).containsExactly(1, 2);
    assertThat(calls.get(0).answerBytes()).containsExactly(Calls.bytes("one"));
  }

  @Test
  void everyTextPassesTheFilter() throws IOException {
    String key = "sk-canary-123";
    UnaryOperator<String> filter = text -> text.replace(key, "*".repeat(key.length()));
    byte[] notText = Calls.bytes("_ " + key);
    notText[0] = (byte) 0xFF;

    try (Recorder recorder = start(true, RecordLimits.DEFAULT, filter)) {
      recorder.request(1, 1, Calls.bytes("{\"input\":\"" + key + "\"}"), Calls.ORIGIN);
      recorder.head(1, 1, 200, Map.of("x-echo", List.of("a " + key)), Calls.ORIGIN);
      recorder.answer(1, 1, Calls.bytes("you said " + key), false, Calls.ORIGIN);
      recorder.answer(1, 1, notText, false, Calls.ORIGIN);
      CallRecord call = Calls.full(1, 1);
      recorder.ended(
          new CallRecord(
              1,
              1,
              call.protocol(),
              call.transport(),
              1,
              false,
              call.asked(),
              dev.pacebench.runner.gateway.call.Answer.nothing(
                  dev.pacebench.runner.gateway.call.CallEnd.REFUSED, "bad key " + key),
              call.times(),
              1,
              1));
    }

    for (String file : List.of(CallFiles.CALLS, CallFiles.RECORDING)) {
      assertThat(Files.readString(folder().resolve(file))).doesNotContain(key).contains("***");
    }
    assertThat(Recording.read(folder()).calls().get(0).answerBytes())
        .allSatisfy(part -> assertThat(new String(part, "ISO-8859-1")).contains("***"));
  }

  @Test
  void aCallAboveItsLimitIsCountedButCannotBePlayed() throws IOException {
    try (Recorder recorder =
        start(true, new RecordLimits(10, 1000, 1 << 20), UnaryOperator.identity())) {
      recorder.request(1, 1, Calls.bytes("{}"), Calls.ORIGIN);
      recorder.answer(1, 1, new byte[9], false, Calls.ORIGIN);
      recorder.ended(Calls.full(1, 1));
    }

    assertThat(CallFiles.read(folder())).hasSize(1);
    assertThatThrownBy(() -> Recording.read(folder()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("recording.jsonl:3: ends call 1, which was not kept whole")
        .hasMessageContaining("larger than 10 bytes");
  }

  @Test
  void aTrialAboveItsLimitIsCountedButCannotBePlayed() throws IOException {
    try (Recorder recorder =
        start(true, new RecordLimits(10, 15, 1 << 20), UnaryOperator.identity())) {
      for (int seq = 1; seq <= 2; seq++) {
        recorder.request(seq, 1, Calls.bytes("{}      "), Calls.ORIGIN);
        recorder.ended(Calls.full(seq, 1));
      }
    }

    assertThat(CallFiles.read(folder())).hasSize(2);
    assertThatThrownBy(() -> Recording.read(folder()))
        .hasMessageContaining("ends call 2")
        .hasMessageContaining("larger than 15 bytes");
  }

  @Test
  void aSlowDiskNeverMakesTheGatewayWaitAndRowsStayComplete() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    UnaryOperator<String> slowDisk =
        text -> {
          try {
            stuck.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return text;
        };

    Recorder recorder;
    try (Recorder opened = recorderOn(slowDisk, stuck)) {
      recorder = opened;
      for (int i = 0; i < 1000; i++) {
        recorder.answer(1, 1, new byte[1000], false, Calls.ORIGIN);
      }
      recorder.ended(Calls.full(1, 1));
      stuck.countDown();
    }

    assertThat(CallFiles.read(folder())).hasSize(1);
    assertThat(Files.size(folder().resolve(CallFiles.RECORDING))).isLessThan(200_000);
    assertThatThrownBy(() -> Recording.read(folder())).hasMessageContaining("disk was too slow");
  }

  /** Starts on a disk that answers only for the first line, which is written at the start. */
  private Recorder recorderOn(UnaryOperator<String> disk, CountDownLatch stuck) throws IOException {
    boolean[] begun = {false};
    return start(
        true,
        new RecordLimits(1 << 20, 1 << 20, 20_000),
        text -> begun[0] && stuck.getCount() > 0 ? disk.apply(text) : begin(begun, text));
  }

  private static String begin(boolean[] begun, String text) {
    begun[0] = true;
    return text;
  }

  @Test
  void whatCouldNotBeWrittenIsToldAtTheEnd() throws IOException {
    Recorder recorder =
        start(
            false,
            RecordLimits.DEFAULT,
            text -> {
              throw new IllegalStateException("no filter today");
            });

    recorder.ended(Calls.full(1, 1));

    assertThatThrownBy(recorder::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not be recorded");
  }

  @Test
  void anotherTrialsFolderIsNotWrittenOver() throws IOException {
    start(false, RecordLimits.DEFAULT, UnaryOperator.identity()).close();

    assertThatThrownBy(() -> start(false, RecordLimits.DEFAULT, UnaryOperator.identity()))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
  }
}
