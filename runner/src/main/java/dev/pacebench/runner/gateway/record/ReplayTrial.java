package dev.pacebench.runner.gateway.record;

import dev.pacebench.runner.gateway.call.Protocol;
import dev.pacebench.runner.gateway.call.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which recorded call answers a request, for one trial that is played; safe for several threads.
 *
 * <p>Requests must come as they were recorded. Only calls that were under way at the same time may
 * change places. After the first request that matches nothing, no request is answered any more:
 * what comes later rests on an answer that the recording does not have.
 */
final class ReplayTrial {

  private final Recording recording;
  private final Pace pace;
  private final RequestMatcher matcher = new RequestMatcher();
  private final List<RecordedCall> left;
  private @Nullable String mismatch;
  private volatile boolean over;

  ReplayTrial(Recording recording, Pace pace) {
    this.recording = recording;
    this.pace = pace;
    this.left = new ArrayList<>(recording.calls());
  }

  Pace pace() {
    return pace;
  }

  /** The recorded call that a request means, which is played with it. */
  synchronized RecordedCall take(Protocol protocol, boolean socket, byte[] body)
      throws MismatchException, IOException {
    if (mismatch != null) {
      throw new MismatchException(mismatch);
    }
    int now = played() + 1;
    if (left.isEmpty()) {
      throw fail("call " + now + " is one more than the recording of " + size() + " calls has");
    }
    String said = "";
    for (int i = 0; i < left.size() && mayComeNext(i); i++) {
      RecordedCall candidate = left.get(i);
      Optional<String> difference = difference(candidate, protocol, socket, body);
      if (difference.isEmpty()) {
        left.remove(i);
        return candidate;
      }
      said = said.isEmpty() ? difference.get() : said;
    }
    throw fail("call " + now + " differs from the recorded one " + said);
  }

  /** The refused upgrade that comes next, which is played with this. */
  synchronized Optional<RecordedCall> takeRefusedUpgrade() {
    if (mismatch == null && !left.isEmpty()) {
      RecordedCall next = left.get(0);
      if (isSocket(next) && next.head().filter(head -> head.status() >= 400).isPresent()) {
        return Optional.of(left.remove(0));
      }
    }
    return Optional.empty();
  }

  /** The next upgrade that was accepted, for its headers; it stays to be played. */
  synchronized Optional<RecordedCall> nextOnSocket() {
    return left.stream().filter(ReplayTrial::isSocket).findFirst();
  }

  /** What did not match, once something did not. */
  synchronized Optional<String> mismatch() {
    return Optional.ofNullable(mismatch);
  }

  synchronized int played() {
    return size() - left.size();
  }

  int size() {
    return recording.size();
  }

  /** Nothing is played any more. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  /** Whether a call comes first, or was sent while the one that comes first was under way. */
  private boolean mayComeNext(int place) {
    return place == 0 || left.get(place).sent() < left.get(0).call().times().end();
  }

  private Optional<String> difference(
      RecordedCall recorded, Protocol protocol, boolean socket, byte[] body) throws IOException {
    if (recorded.call().protocol() != protocol) {
      return Optional.of(
          "in its protocol: recorded "
              + recorded.call().protocol().word()
              + ", now "
              + protocol.word());
    }
    if (isSocket(recorded) != socket) {
      return Optional.of(
          "in its transport: recorded "
              + (isSocket(recorded) ? "a WebSocket" : "HTTP")
              + ", now "
              + (socket ? "a WebSocket" : "HTTP"));
    }
    return matcher.compare(recorded.requestBytes(), body).map(RequestMatcher.Difference::toString);
  }

  private static boolean isSocket(RecordedCall call) {
    return call.call().transport() == Transport.WEBSOCKET;
  }

  private MismatchException fail(String text) {
    mismatch = text;
    return new MismatchException(text);
  }

  /** A request is not the recorded one. */
  static final class MismatchException extends Exception {
    private static final long serialVersionUID = 1;

    MismatchException(String message) {
      super(message);
    }
  }
}
