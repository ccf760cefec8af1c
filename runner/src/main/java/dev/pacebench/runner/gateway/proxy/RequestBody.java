package dev.pacebench.runner.gateway.proxy;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole, up to a limit and only as fast as the door has room. */
final class RequestBody {

  static final int MOST = 64 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Why a body could not be read. */
  enum Failure {
    TOO_LARGE,
    NO_ROOM,
    TOO_SLOW,
    GONE
  }

  private final TrialDoor door;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Consumer<byte[]> whole;
  private final Consumer<Failure> failed;
  private final Watch watch;
  private long taken;
  private boolean over;

  private RequestBody(TrialDoor door, Consumer<byte[]> whole, Consumer<Failure> failed) {
    this.door = door;
    this.whole = whole;
    this.failed = failed;
    this.watch = new Watch(door.vertx(), door.ticker(), PATIENCE, () -> fail(Failure.TOO_SLOW));
  }

  /** Room for the bytes stays taken until {@link #free} when this succeeds. */
  static RequestBody read(
      TrialDoor door, HttpServerRequest in, Consumer<byte[]> whole, Consumer<Failure> failed) {
    RequestBody body = new RequestBody(door, whole, failed);
    in.exceptionHandler(e -> body.fail(Failure.GONE));
    in.handler(part -> body.add(part.getBytes()));
    in.endHandler(v -> body.end());
    body.watch.release();
    in.resume();
    return body;
  }

  private void add(byte[] part) {
    if (over) {
      return;
    }
    watch.touch(door.nanos());
    if (bytes.size() + (long) part.length > MOST) {
      fail(Failure.TOO_LARGE);
    } else if (!door.room(part.length)) {
      fail(Failure.NO_ROOM);
    } else {
      taken += part.length;
      bytes.write(part, 0, part.length);
    }
  }

  private void end() {
    if (!over) {
      over = true;
      watch.stop();
      whole.accept(bytes.toByteArray());
    }
  }

  private void fail(Failure why) {
    if (!over) {
      over = true;
      watch.stop();
      free();
      failed.accept(why);
    }
  }

  /** Gives the room back, and stops reading. */
  void free() {
    over = true;
    watch.stop();
    door.room(-taken);
    taken = 0;
  }

  /** The body as text to read, or nothing where its encoding is unknown or wrong. */
  static Optional<byte[]> decoded(byte[] body, @Nullable String encoding) {
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return Optional.of(body);
    }
    try (InputStream in = decoder(body, encoding.strip().toLowerCase(Locale.ROOT))) {
      // One more than allowed tells a small bomb from a large body.
      byte[] out = in.readNBytes(MOST + 1);
      return out.length > MOST ? Optional.empty() : Optional.of(out);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static InputStream decoder(byte[] body, String encoding) throws IOException {
    InputStream raw = new ByteArrayInputStream(body);
    return switch (encoding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(raw);
      case "deflate" -> new InflaterInputStream(raw);
      default -> throw new IOException("unknown encoding");
    };
  }
}
