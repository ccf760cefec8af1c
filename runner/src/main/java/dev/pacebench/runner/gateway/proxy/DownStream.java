package dev.pacebench.runner.gateway.proxy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The way of a provider's frames to the caller: what may go on, and the messages to read.
 *
 * <p>Frames go on as they came. Those of one message wait for each other, since a secret could be
 * split between them, but no longer than until {@value #MOST_HELD} bytes are there; a longer
 * message is passed on in parts, and of what is read beside no more than {@value #MOST_READ} bytes
 * are kept.
 */
final class DownStream implements FrameParser.Sink {

  /** Hears of control frames, in their place among the others. */
  interface Control {
    void control(int opcode, byte[] payload);
  }

  private static final int MOST_HELD = 1 << 20;
  private static final int MOST_READ = 8 << 20;

  private final FrameParser parser = new FrameParser();
  private final SecretFilter secrets;
  private final Control control;
  private final List<FrameParser.Head> heads = new ArrayList<>();
  private final ByteArrayOutputStream controlPayload = new ByteArrayOutputStream();
  private final List<byte[]> messages = new ArrayList<>();
  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  private FrameParser.Head current = new FrameParser.Head(new byte[2], 0);
  private boolean streaming;
  private boolean midFrame;
  private int dataBytes;

  DownStream(SecretFilter secrets, Control control) {
    this.secrets = secrets;
    this.control = control;
  }

  /** Reads on, and returns what may be written now. */
  byte[] feed(byte[] bytes) {
    parser.feed(bytes, this);
    return take();
  }

  /** What was held back of a message that will never be whole. */
  byte[] rest() {
    if (!streaming) {
      stream();
    }
    out.writeBytes(secrets.rest());
    out.writeBytes(parser.partial());
    return take();
  }

  private byte[] take() {
    byte[] ready = out.toByteArray();
    out = new ByteArrayOutputStream(Math.min(Math.max(ready.length, 64), 64 << 10));
    return ready;
  }

  /** Messages that became whole since this was asked last. */
  List<byte[]> messages() {
    List<byte[]> whole = List.copyOf(messages);
    messages.clear();
    return whole;
  }

  /** Bytes of data frames since this was asked last. */
  int dataBytes() {
    int bytes = dataBytes;
    dataBytes = 0;
    return bytes;
  }

  /** Whether what was returned last ends in the middle of a frame. */
  boolean inFrame() {
    return midFrame;
  }

  /** Whether something came that is no WebSocket. */
  boolean broken() {
    return parser.stopped();
  }

  @Override
  public boolean begin(FrameParser.Head head) {
    if (head.masked()) {
      return false;
    }
    current = head;
    if (head.control()) {
      controlPayload.reset();
      return true;
    }
    dataBytes += head.raw().length;
    if (streaming) {
      out.writeBytes(head.raw());
      midFrame = true;
    } else {
      heads.add(head);
    }
    return true;
  }

  @Override
  public void payload(byte[] bytes, int from, int length) {
    if (current.control()) {
      controlPayload.write(bytes, from, length);
      return;
    }
    dataBytes += length;
    if (streaming) {
      byte[] part = Arrays.copyOfRange(bytes, from, from + length);
      byte[] covered = secrets.pass(part);
      out.writeBytes(covered);
      keep(covered, 0, covered.length);
    } else {
      message.write(bytes, from, length);
      if (message.size() > MOST_HELD) {
        stream();
      }
    }
  }

  private void keep(byte[] bytes, int from, int length) {
    int room = MOST_READ - message.size();
    message.write(bytes, from, Math.min(room, length));
  }

  @Override
  public void end() {
    if (current.control()) {
      control.control(current.opcode(), controlPayload.toByteArray());
      return;
    }
    if (streaming) {
      byte[] rest = secrets.rest();
      out.writeBytes(rest);
      keep(rest, 0, rest.length);
      midFrame = false;
    }
    if (current.last()) {
      whole();
    }
  }

  /** Writes a control frame in its place. */
  void pass(int opcode, byte[] payload) {
    out.writeBytes(FrameParser.frame(opcode, false, secrets.whole(payload)));
  }

  /** A text on its own, secrets covered. */
  byte[] covered(byte[] text) {
    return secrets.whole(text);
  }

  private void whole() {
    byte[] text = message.toByteArray();
    if (!streaming) {
      text = secrets.whole(text);
      int at = 0;
      for (FrameParser.Head head : heads) {
        out.writeBytes(head.raw());
        out.write(text, at, (int) head.length());
        at += (int) head.length();
      }
    }
    messages.add(text);
    heads.clear();
    streaming = false;
    message = new ByteArrayOutputStream();
  }

  /** Too much to hold: what there is goes on, and everything that follows at once. */
  private void stream() {
    streaming = true;
    byte[] text = message.toByteArray();
    message = new ByteArrayOutputStream();
    int at = 0;
    for (FrameParser.Head head : heads) {
      out.writeBytes(head.raw());
      int size = (int) Math.min(head.length(), text.length - at);
      byte[] covered = secrets.pass(Arrays.copyOfRange(text, at, at + size));
      out.writeBytes(covered);
      keep(covered, 0, covered.length);
      at += size;
      midFrame = size < head.length();
      if (!midFrame) {
        byte[] rest = secrets.rest();
        out.writeBytes(rest);
        keep(rest, 0, rest.length);
      }
    }
    heads.clear();
  }
}
