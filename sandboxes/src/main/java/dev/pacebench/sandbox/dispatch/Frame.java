package dev.pacebench.sandbox.dispatch;

import dev.pacebench.sandbox.OutputListener.Stream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The two directions of the dispatcher's protocol as bytes; {@code src/main/native/dispatch.h}
 * describes it.
 */
final class Frame {

  static final int VERSION = 1;
  static final int MARK_BYTES = 16;
  static final int MAX_OUTPUT = 65536;

  /** What the dispatcher sends. */
  enum Type {
    HELLO,
    OUTPUT,
    LATE_OUTPUT,
    END
  }

  private static final int END_BYTES = MARK_BYTES + 12;
  private static final int HELLO_BYTES = 16;
  private static final int MAX_REQUEST = 64 << 20;

  final byte[] payload = new byte[MAX_OUTPUT];
  Type type = Type.HELLO;
  Stream stream = Stream.STDOUT;
  int id;
  int length;

  /** Reads the next frame into this one. */
  void read(DataInputStream in) throws IOException {
    byte letter = in.readByte();
    id = in.readInt();
    length = in.readInt();
    stream = letter == 'E' || letter == 'e' ? Stream.STDERR : Stream.STDOUT;
    type =
        switch (letter) {
          case 'H' -> Type.HELLO;
          case 'O', 'E' -> Type.OUTPUT;
          case 'o', 'e' -> Type.LATE_OUTPUT;
          case 'X' -> Type.END;
          default -> throw new ProtocolException("a frame of unknown type " + letter);
        };
    boolean fits =
        switch (type) {
          case HELLO -> length == HELLO_BYTES;
          case END -> length == END_BYTES;
          case OUTPUT, LATE_OUTPUT -> length > 0 && length <= MAX_OUTPUT;
        };
    if (!fits) {
      throw new ProtocolException("a frame of type " + type + " with " + length + " bytes");
    }
    in.readFully(payload, 0, length);
  }

  ByteBuffer body() {
    return ByteBuffer.wrap(payload, 0, length);
  }

  static byte[] run(int id, byte[] mark, Request request) {
    byte[] script = request.script().getBytes(StandardCharsets.UTF_8);
    byte[] workdir = request.workdir().getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    for (String line : Environment.lines(request.environment())) {
      text.append(line).append('\0');
    }
    byte[] environment = text.toString().getBytes(StandardCharsets.UTF_8);
    long length = 5L + MARK_BYTES + 8 + 12 + workdir.length + environment.length + script.length;
    if (length > MAX_REQUEST) {
      throw new IllegalArgumentException("a command of " + length + " bytes is too long");
    }
    return ByteBuffer.allocate(4 + (int) length)
        .putInt((int) length)
        .put((byte) 'R')
        .putInt(id)
        .put(mark)
        .putLong(Math.max(1, request.timeout().toMillis()))
        .putInt(workdir.length)
        .putInt(environment.length)
        .putInt(script.length)
        .put(workdir)
        .put(environment)
        .put(script)
        .array();
  }

  static byte[] kill(int id) {
    return ByteBuffer.allocate(9).putInt(5).put((byte) 'K').putInt(id).array();
  }
}
