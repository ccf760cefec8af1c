package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last bytes of what a container printed, from both of its streams as they came. */
final class LogTail extends ResultCallback.Adapter<Frame> {

  private static final int SHOWN_LINES = 8;
  private static final int SHOWN_CHARACTERS = 600;
  private static final long WAIT_SECONDS = 30;

  private final int most;
  private final Deque<byte[]> parts = new ArrayDeque<>();
  private long kept;

  private LogTail(int most) {
    this.most = most;
  }

  /** Asks the engine; what cannot be had is nothing. */
  static byte[] of(Engine engine, String container, int most) {
    LogTail tail = new LogTail(most);
    engine.run(
        "read what a service printed",
        () -> {
          try (tail) {
            engine
                .streams()
                .logContainerCmd(container)
                .withStdOut(true)
                .withStdErr(true)
                .withTailAll()
                .exec(tail)
                .awaitCompletion(WAIT_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return tail.bytes();
  }

  @Override
  public synchronized void onNext(Frame frame) {
    byte[] part = frame.getPayload();
    if (part == null) {
      return;
    }
    parts.addLast(part);
    kept += part.length;
    while (kept - parts.getFirst().length >= most) {
      kept -= parts.removeFirst().length;
    }
  }

  private synchronized byte[] bytes() {
    byte[] all = new byte[(int) kept];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    int from = Math.max(0, all.length - most);
    return Arrays.copyOfRange(all, from, all.length);
  }

  /** Its last lines as one, for a message; nobody vouches for what is in them. */
  static String shown(byte[] log) {
    List<String> lines =
        new String(log, StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    String end =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    return end.length() > SHOWN_CHARACTERS
        ? "..." + end.substring(end.length() - SHOWN_CHARACTERS)
        : end;
  }
}
