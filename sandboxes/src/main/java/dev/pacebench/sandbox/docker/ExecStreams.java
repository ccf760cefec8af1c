package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Both directions of an exec as plain streams.
 *
 * <p>docker-java pulls what is written from an {@link InputStream} and pushes what is read to a
 * callback; two bounded pipes turn that round, so that a slow reader slows the writer down.
 */
final class ExecStreams extends ResultCallback.Adapter<Frame> {

  private static final int CAPACITY = 256 << 10;

  private final BytePipe toInside = new BytePipe(CAPACITY);
  private final BytePipe fromInside = new BytePipe(CAPACITY);
  private volatile String errors = "";

  /** Write what should go in. */
  OutputStream in() {
    return toInside.writer();
  }

  /** Read what comes out of standard output. */
  InputStream out() {
    return fromInside.reader();
  }

  /** What docker-java reads from. */
  InputStream source() {
    return toInside.reader();
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
      } else {
        // Copied here: docker-java fills the same array again.
        fromInside.write(frame.getPayload(), 0, frame.getPayload().length);
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
}
