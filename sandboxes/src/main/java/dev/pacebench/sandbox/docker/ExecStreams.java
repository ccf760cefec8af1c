package dev.pacebench.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Both directions of an exec under way.
 *
 * <p>docker-java pulls what is written from an {@link InputStream} and pushes what is read to a
 * callback; two bounded pipes turn that round, so that a slow reader slows the writer down.
 */
final class ExecStreams extends ResultCallback.Adapter<Frame> {

  private static final int CAPACITY = 256 << 10;
  private static final int FIRST_BYTES = 512;
  private static final int MOST_ERRORS = 4096;

  private final BytePipe toInside = new BytePipe(CAPACITY);
  private final BytePipe fromInside = new BytePipe(CAPACITY);
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
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

  /** What came on standard error or broke the streams, which is short or nothing. */
  String errors() {
    return errors;
  }

  /** What an engine wrote in the place of a program that it could not start. */
  String inPlaceOfOutput() {
    return first.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
  }

  @Override
  public void onNext(Frame frame) {
    try {
      if (frame.getStreamType() == StreamType.STDERR) {
        note(new String(frame.getPayload(), StandardCharsets.UTF_8));
      } else {
        if (first.size() < FIRST_BYTES) {
          first.write(
              frame.getPayload(),
              0,
              Math.min(frame.getPayload().length, FIRST_BYTES - first.size()));
        }
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
    note(
        error instanceof DockerException answer
            ? Failures.engineMessage(answer)
            : Failures.rootMessage(error));
    fromInside.end();
    onComplete();
  }

  private synchronized void note(String error) {
    if (errors.length() < MOST_ERRORS) {
      errors = errors + error;
    }
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
