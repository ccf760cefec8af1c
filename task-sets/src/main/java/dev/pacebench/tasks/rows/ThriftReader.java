package dev.pacebench.tasks.rows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Thrift's compact protocol into plain values: structures as maps by field number, lists,
 * numbers as {@code Long} or {@code Double}, booleans, and strings as bytes.
 *
 * <p>A number of elements or bytes is believed only while that much is left to read.
 */
final class ThriftReader {

  private static final int DEEPEST = 32;

  private final ByteBuffer in;

  ThriftReader(ByteBuffer in) {
    this.in = in;
  }

  /** Reads one structure. */
  Map<Integer, Object> struct() {
    return struct(0);
  }

  private Map<Integer, Object> struct(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("nests too deep");
    }
    Map<Integer, Object> fields = new HashMap<>();
    int id = 0;
    while (true) {
      int head = in.get() & 0xff;
      if (head == 0) {
        return fields;
      }
      int delta = head >> 4;
      id = delta == 0 ? (int) zigzag() : id + delta;
      int type = head & 0xf;
      fields.put(id, type == 1 ? Boolean.TRUE : type == 2 ? Boolean.FALSE : value(type, depth));
    }
  }

  private Object value(int type, int depth) {
    return switch (type) {
      case 1, 2 -> in.get() == 1;
      case 3 -> (long) in.get();
      case 4, 5, 6 -> zigzag();
      case 7 -> Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
      case 8 -> bytes(length(varint()));
      case 9, 10 -> list(depth);
      case 12 -> struct(depth + 1);
      default -> throw new IllegalArgumentException("type " + type);
    };
  }

  private List<Object> list(int depth) {
    int head = in.get() & 0xff;
    int size = length((head >> 4) == 15 ? varint() : head >> 4);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(value(head & 0xf, depth + 1));
    }
    return items;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private int length(long claimed) {
    if (claimed < 0 || claimed > in.remaining()) {
      throw new IllegalArgumentException("a length of " + claimed);
    }
    return (int) claimed;
  }

  private long zigzag() {
    long raw = varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  private long varint() {
    return varint(in);
  }

  /** A number of seven bits a byte, the lowest first. */
  static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without end");
  }
}
