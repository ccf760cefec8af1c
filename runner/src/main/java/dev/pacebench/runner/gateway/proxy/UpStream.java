package dev.pacebench.runner.gateway.proxy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a caller's frames to the provider: whole messages, since they are read and may be
 * changed before they go on.
 */
final class UpStream implements FrameParser.Sink {

  /**
   * What is to be sent on.
   *
   * @param opcode of its first frame
   * @param payload unmasked
   * @param frames lengths of the frames that it came in
   * @param nanos the read that made it whole
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way, compared by nobody.
  record Message(int opcode, byte[] payload, List<Integer> frames, long nanos) {

    /** As it is sent: in the frames that it came in. */
    byte[] same() {
      ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
      int at = 0;
      for (int i = 0; i < frames.size(); i++) {
        int kind = i == 0 ? opcode : FrameParser.CONTINUATION;
        boolean last = i == frames.size() - 1;
        out.writeBytes(FrameParser.frame(kind, last, true, payload, at, frames.get(i)));
        at += frames.get(i);
      }
      return out.toByteArray();
    }
  }

  private final FrameParser parser = new FrameParser();
  private final TrialDoor door;
  private final Deque<Message> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream control = new ByteArrayOutputStream();
  private final SocketSide caller;
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  private List<Integer> frames = new ArrayList<>();
  private FrameParser.Head current = new FrameParser.Head(new byte[2], 0);
  private int opcode;
  private long now;
  private long taken;
  private @Nullable Problem problem;

  /** Why a caller's connection must be closed. */
  record Problem(int code, String reason) {}

  UpStream(TrialDoor door, SocketSide caller) {
    this.door = door;
    this.caller = caller;
  }

  void feed(byte[] bytes, long nanos) {
    now = nanos;
    parser.feed(bytes, this);
    if (parser.stopped() && problem == null) {
      problem = new Problem(1002, "no valid frame");
    }
  }

  /** The next whole message, or null; its bytes count until {@link #sent}. */
  @Nullable Message next() {
    return ready.poll();
  }

  void sent(Message done) {
    free(done.payload().length);
  }

  @Nullable Problem problem() {
    return problem;
  }

  /** Gives back all room. */
  void close() {
    free(taken);
  }

  private void free(long bytes) {
    long back = Math.min(bytes, taken);
    door.room(-back);
    taken -= back;
  }

  @Override
  public boolean begin(FrameParser.Head head) {
    current = head;
    if (!head.masked()) {
      problem = new Problem(1002, "frames of a client must be masked");
      return false;
    }
    if (head.control()) {
      control.reset();
      return true;
    }
    if (head.length() + message.size() > RequestBody.MOST || !door.room(head.length())) {
      problem = new Problem(1009, "messages may have 64 MB at most");
      return false;
    }
    taken += head.length();
    if (frames.isEmpty()) {
      opcode = head.opcode();
    }
    frames.add((int) head.length());
    return true;
  }

  @Override
  public void payload(byte[] bytes, int from, int length) {
    (current.control() ? control : message).write(bytes, from, length);
  }

  @Override
  public void end() {
    if (current.control()) {
      control(current.opcode(), control.toByteArray());
    } else if (current.last()) {
      ready.add(new Message(opcode, message.toByteArray(), frames, now));
      message = new ByteArrayOutputStream();
      frames = new ArrayList<>();
    }
  }

  private void control(int kind, byte[] payload) {
    if (kind == FrameParser.PING) {
      if (!caller.ping(payload, now)) {
        problem = new Problem(1008, "too many pings");
      }
    } else if (kind == FrameParser.CLOSE) {
      ready.add(new Message(kind, payload, List.of(payload.length), now));
    }
  }
}
