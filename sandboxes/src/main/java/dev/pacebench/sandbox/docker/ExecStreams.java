package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of an exec as plain streams.
 *
 * <p>docker-java pulls what is written from an {@link InputStream} and pushes what is read to a
 * callback; two bounded queues turn that round, so that a slow reader slows the writer down.
 */
final class ExecStreams extends ResultCallback.Adapter<Frame> {

  private static final int CHUNKS = 64;
  private static final byte[] END = new byte[0];

  private final Chunks toInside = new Chunks();
  private final Chunks fromInside = new Chunks();
  private volatile String errors = "";

  /** Write what should go in. */
  OutputStream in() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
          toInside.put(Arrays.copyOfRange(bytes, offset, offset + length));
        }
      }
    };
  }

  /** Read what comes out of standard output. */
  InputStream out() {
    return fromInside;
  }

  /** What docker-java reads from. */
  InputStream source() {
    return toInside;
  }

  /** What came on standard error, which is short or nothing. */
  String errors() {
    return errors;
  }

  @Override
  public void onNext(Frame frame) {
    try {
      if (frame.getStreamType() == StreamType.STDERR) {
        if (errors.length() < 4096) {
          errors += new String(frame.getPayload(), java.nio.charset.StandardCharsets.UTF_8);
        }
      } else if (frame.getPayload().length > 0) {
        fromInside.put(frame.getPayload());
      }
    } catch (IOException e) {
      // Nobody reads any more.
    }
  }

  @Override
  public void onComplete() {
    fromInside.end();
    super.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    // A stream that breaks ends; what reads it knows whether it was finished.
    fromInside.end();
    onComplete();
  }

  /** Ends both directions; what writes or reads is let go. */
  void end() {
    toInside.end();
    fromInside.end();
    try {
      close();
    } catch (IOException e) {
      // It is closed as far as anybody here can tell.
    }
  }

  /** A queue of chunks that is read as a stream and returns what is there. */
  private static final class Chunks extends InputStream implements Closeable {

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CHUNKS);
    private byte @Nullable [] current;
    private int position;
    private volatile boolean ended;

    void put(byte[] chunk) throws IOException {
      try {
        while (!ended) {
          if (queue.offer(chunk, 100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("the stream has ended");
    }

    void end() {
      ended = true;
      // Wakes a reader; a full queue needs no waking.
      var unused = queue.offer(END);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      byte[] chunk = current;
      if (chunk == null) {
        chunk = next();
        if (chunk == null) {
          return -1;
        }
        current = chunk;
        position = 0;
      }
      int n = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, bytes, offset, n);
      position += n;
      if (position == chunk.length) {
        current = null;
      }
      return n;
    }

    private byte @Nullable [] next() throws IOException {
      try {
        byte[] chunk = ended ? queue.poll() : queue.take();
        return chunk == null || chunk.length == 0 ? null : chunk;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public int available() {
      byte[] chunk = current;
      return chunk == null ? 0 : chunk.length - position;
    }

    @Override
    public void close() {
      end();
    }
  }
}
