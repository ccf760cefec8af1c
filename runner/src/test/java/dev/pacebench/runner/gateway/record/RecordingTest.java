package dev.pacebench.runner.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pacebench.runner.InfrastructureError;
import dev.pacebench.runner.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings that are torn, changed or of another kind are refused with file and line. */
class RecordingTest {

  @TempDir Path folder;
  private Path file;
  private List<String> lines;

  @BeforeEach
  void recordTwoCalls() throws IOException {
    Path made = folder.resolve("made");
    try (Recorder recorder =
        Recorder.start(
            made, "t", Calls.ORIGIN, true, RecordLimits.DEFAULT, UnaryOperator.identity())) {
      for (int seq = 1; seq <= 2; seq++) {
        recorder.request(seq, 1, Calls.bytes("{\"n\":" + seq + "}"), Calls.ORIGIN + seq);
        recorder.head(seq, 1, 200, Map.of(), Calls.ORIGIN + seq);
        recorder.answer(seq, 1, Calls.bytes("data: x\n\n"), false, Calls.ORIGIN + seq);
        recorder.ended(Calls.full(seq, 1));
      }
    }
    lines = new ArrayList<>(Files.readAllLines(made.resolve(CallFiles.RECORDING)));
    file = folder.resolve(CallFiles.RECORDING);
  }

  private void write() throws IOException {
    Files.write(file, lines);
  }

  @Test
  void aWholeOneIsRead() throws IOException {
    write();

    assertThat(lines).hasSize(10);
    assertThat(Recording.read(folder).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | {\"kind\":\"request\",\"seq\":1,\"attempt\":1,\"ns\":1,\"text\":\"\"} | does not begin a recording",
        "1 | {\"kind\":\"recording\",\"version\":2,\"trial\":\"t\"} | of version 2",
        "2 | {\"kind\":\"request\",\"seq\":1,\"attempt\":1,\"ns\":1} | neither text nor valid Base64",
        "2 | {\"kind\":\"request\",\"seq\":1,\"attempt\":1,\"ns\":1,\"base64\":\"%\"} | neither text",
        "2 | {\"kind\":\"request\",\"attempt\":1,\"ns\":1,\"text\":\"\"} | has no number `seq`",
        "2 | {\"kind\":\"request\",\"seq\":1.5,\"attempt\":1,\"ns\":1} | has no number `seq`",
        "3 | {\"kind\":\"head\",\"seq\":1,\"attempt\":1,\"ns\":1} | has no number `status`",
        "4 | {\"kind\":\"song\",\"seq\":1} | is of no known kind",
        "4 | [] | is no JSON object",
        "4 | {\"kind\": | is no JSON",
        "5 | {\"kind\":\"end\",\"seq\":1,\"attempt\":1,\"complete\":true} | describes no call",
        "10 | {\"kind\":\"last\",\"calls\":3} | lines are missing"
      })
  void aChangedLineIsNamed(int line, String text, String what) throws IOException {
    lines.set(line - 1, text);
    write();

    assertThatThrownBy(() -> Recording.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(what)
        .satisfies(
            error ->
                assertThat(error.getMessage())
                    .contains(what.startsWith("of version") ? file + ":" : file + ":" + line));
  }

  @Test
  void aMissingLineIsFound() throws IOException {
    String end = lines.remove(8);
    assertThat(end).contains("\"end\"");
    write();

    assertThatThrownBy(() -> Recording.read(folder))
        .hasMessageContaining(":9")
        .hasMessageContaining("lines are missing");
  }

  @Test
  void aLineAfterTheEndIsRefused() throws IOException {
    lines.add(lines.get(1));
    write();

    assertThatThrownBy(() -> Recording.read(folder))
        .hasMessageContaining(":11")
        .hasMessageContaining("after the end");
  }

  @Test
  void aRecordingCutAnywhereIsRefusedWithItsLastLine() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);

    for (int i = 0; i < 60; i++) {
      int length = random.nextInt(whole.length);
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      long complete = Files.readString(file).chars().filter(c -> c == '\n').count();

      assertThatThrownBy(() -> Recording.read(folder))
          .as("cut to " + length)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ":" + (complete + 1) + ": ");
    }
  }

  @Test
  void aRowThatIsNoCallIsNamedByItsLine() throws IOException {
    Files.writeString(folder.resolve(CallFiles.CALLS), "{\"seq\":0}\n");

    assertThatThrownBy(() -> CallFiles.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("calls.jsonl:1: is no call");
  }

  @Test
  void aMissingFileIsNoMatterOfItsLines() {
    assertThatThrownBy(() -> Recording.read(folder.resolve("nowhere")))
        .isInstanceOf(InfrastructureError.class)
        .hasMessageContaining("recording.jsonl cannot be read");
  }
}
