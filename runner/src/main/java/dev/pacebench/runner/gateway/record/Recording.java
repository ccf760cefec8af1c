package dev.pacebench.runner.gateway.record;

import static java.util.Objects.requireNonNull;

import dev.pacebench.runner.gateway.call.CallTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A recorded trial, checked from its first line to its last before anything of it is played. */
public final class Recording {

  private final String trial;
  private final Path file;
  private final List<RecordedCall> calls;

  Recording(String trial, Path file, List<RecordedCall> calls) {
    this.trial = requireNonNull(trial, "trial is null");
    this.file = requireNonNull(file, "file is null");
    this.calls = List.copyOf(calls);
  }

  /**
   * Reads a recording.
   *
   * @param folder that holds {@link CallFiles#RECORDING}
   * @throws dev.pacebench.runner.UserError naming file and line when it is torn, not whole or no
   *     recording
   */
  public static Recording read(Path folder) {
    return RecordingReader.read(folder.resolve(CallFiles.RECORDING));
  }

  /** Name of the trial that was recorded. */
  public String trial() {
    return trial;
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  /** How many requests it answers. */
  public int size() {
    return calls.size();
  }

  /** Median time that a new connection took; zero when none was made. */
  public Duration connect() {
    long[] lengths =
        calls.stream()
            .map(call -> call.call().times())
            .filter(times -> times.connectStart() != null && times.connectEnd() != null)
            .mapToLong(Recording::connectNanos)
            .sorted()
            .toArray();
    int middle = lengths.length / 2;
    return lengths.length == 0
        ? Duration.ZERO
        : Duration.ofNanos(
            lengths.length % 2 == 1
                ? lengths[middle]
                : Arrays.stream(lengths, middle - 1, middle + 1).sum() / 2);
  }

  private static long connectNanos(CallTimes times) {
    Long start = times.connectStart();
    Long end = times.connectEnd();
    return start == null || end == null ? 0 : Math.max(0, end - start);
  }

  /** In the order of the requests. */
  List<RecordedCall> calls() {
    return calls;
  }
}
