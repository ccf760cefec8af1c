package dev.pacebench.tasks.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/** One column of text in one group of rows: its pages, one after the other. */
final class ParquetColumn {

  private static final int DATA_PAGE = 0;
  private static final int DICTIONARY_PAGE = 2;
  private static final int DATA_PAGE_2 = 3;
  private static final int PLAIN = 0;
  private static final int OLD_DICTIONARY = 2;
  private static final int DICTIONARY = 8;
  private static final long LARGEST_PAGE = 1L << 30;

  private final ByteBuffer data;
  private final Map<Integer, Object> chunk;
  private final boolean optional;
  private List<String> dictionary = List.of();

  ParquetColumn(ByteBuffer data, Map<Integer, Object> chunk, boolean optional) {
    this.data = data;
    this.chunk = chunk;
    this.optional = optional;
  }

  /** All values, empty where there is none. */
  List<Optional<String>> read(int rows) throws IOException {
    long start = ParquetFile.number(chunk, 9);
    if (chunk.containsKey(11) && ParquetFile.number(chunk, 11) > 0) {
      start = Math.min(start, ParquetFile.number(chunk, 11));
    }
    ByteBuffer in = data.duplicate();
    in.position(Math.toIntExact(start));
    List<Optional<String>> values = new ArrayList<>();
    while (values.size() < rows) {
      Map<Integer, Object> header = new ThriftReader(in).struct();
      int size = Math.toIntExact(ParquetFile.number(header, 3));
      ByteBuffer page = in.slice(in.position(), size);
      in.position(in.position() + size);
      long plain = ParquetFile.number(header, 2);
      int type = Math.toIntExact(ParquetFile.number(header, 1));
      switch (type) {
        case DICTIONARY_PAGE -> {
          Map<Integer, Object> words = ParquetFile.map(ParquetFile.field(header, 7));
          dictionary = texts(unpacked(page, plain), ParquetFile.number(words, 1));
        }
        case DATA_PAGE -> {
          Map<Integer, Object> about = ParquetFile.map(ParquetFile.field(header, 5));
          ByteBuffer unpacked = unpacked(page, plain);
          int count = count(about, rows - values.size());
          boolean[] present = all(count);
          if (optional) {
            int length = unpacked.order(ByteOrder.LITTLE_ENDIAN).getInt();
            present = present(unpacked.slice(unpacked.position(), length), count);
            unpacked.position(unpacked.position() + length);
          }
          add(unpacked, present, ParquetFile.number(about, 2), values);
        }
        case DATA_PAGE_2 -> {
          Map<Integer, Object> about = ParquetFile.map(ParquetFile.field(header, 8));
          int count = count(about, rows - values.size());
          int levels = Math.toIntExact(ParquetFile.number(about, 5));
          boolean[] present = optional ? present(page.slice(0, levels), count) : all(count);
          ByteBuffer body = page.slice(levels, page.limit() - levels);
          boolean packed = !Boolean.FALSE.equals(about.get(7));
          ByteBuffer unpacked = packed ? unpacked(body, plain - levels) : body;
          add(unpacked, present, ParquetFile.number(about, 4), values);
        }
        default -> {
          // Indexes are of no use here.
        }
      }
    }
    return values;
  }

  private static int count(Map<Integer, Object> about, int most) {
    long count = ParquetFile.number(about, 1);
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("a page of " + count + " values");
    }
    return (int) count;
  }

  private void add(ByteBuffer in, boolean[] present, long encoding, List<Optional<String>> values) {
    int there = 0;
    for (boolean one : present) {
      there += one ? 1 : 0;
    }
    List<String> texts;
    if (encoding == PLAIN) {
      texts = texts(in, there);
    } else if (encoding == DICTIONARY || encoding == OLD_DICTIONARY) {
      texts = new ArrayList<>();
      int width = there == 0 ? 0 : in.get();
      for (int index : numbers(in, width, there)) {
        texts.add(dictionary.get(index));
      }
    } else {
      throw new IllegalArgumentException("values in encoding " + encoding);
    }
    int next = 0;
    for (boolean one : present) {
      values.add(one ? Optional.of(texts.get(next++)) : Optional.empty());
    }
  }

  private static List<String> texts(ByteBuffer in, long count) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("a text of " + length + " bytes");
      }
      byte[] bytes = new byte[length];
      in.get(bytes);
      texts.add(new String(bytes, StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static boolean[] all(int count) {
    boolean[] present = new boolean[count];
    Arrays.fill(present, true);
    return present;
  }

  private static boolean[] present(ByteBuffer in, int count) {
    int[] levels = numbers(in, 1, count);
    boolean[] present = new boolean[count];
    for (int i = 0; i < count; i++) {
      present[i] = levels[i] == 1;
    }
    return present;
  }

  /** The hybrid of runs and packed bits. */
  private static int[] numbers(ByteBuffer in, int width, int count) {
    if (width < 0 || width > 31) {
      throw new IllegalArgumentException("numbers of " + width + " bits");
    }
    int[] numbers = new int[count];
    int at = 0;
    while (at < count) {
      long head = ThriftReader.varint(in);
      if ((head & 1) == 0) {
        int value = 0;
        for (int i = 0; i < (width + 7) / 8; i++) {
          value |= (in.get() & 0xff) << (8 * i);
        }
        long run = head >>> 1;
        if (run == 0) {
          throw new IllegalArgumentException("a run of nothing");
        }
        for (long i = 0; i < run && at < count; i++) {
          numbers[at++] = value;
        }
      } else {
        at = packed(in, width, (head >>> 1) * 8, numbers, at);
      }
    }
    return numbers;
  }

  private static int packed(ByteBuffer in, int width, long values, int[] numbers, int from) {
    int at = from;
    long bits = 0;
    int held = 0;
    for (long i = 0; i < values; i++) {
      while (held < width) {
        // Writers may leave out the bytes behind the last value.
        long next = in.hasRemaining() ? in.get() & 0xff : 0;
        bits |= next << held;
        held += 8;
      }
      if (at < numbers.length) {
        numbers[at++] = (int) (bits & ((1L << width) - 1));
      } else if (!in.hasRemaining()) {
        return at;
      }
      bits >>>= width;
      held -= width;
    }
    return at;
  }

  private ByteBuffer unpacked(ByteBuffer page, long size) throws IOException {
    if (size < 0 || size > LARGEST_PAGE) {
      throw new IllegalArgumentException("a page of " + size + " bytes");
    }
    byte[] bytes = new byte[page.remaining()];
    page.get(bytes);
    int codec = Math.toIntExact(ParquetFile.number(chunk, 4));
    ByteArrayInputStream packed = new ByteArrayInputStream(bytes);
    return switch (codec) {
      case 0 -> ByteBuffer.wrap(bytes);
      case 1 -> all(new SnappyCompressorInputStream(packed), size);
      case 2 -> all(new GZIPInputStream(packed), size);
      default -> throw new IllegalArgumentException("it is compressed in way " + codec);
    };
  }

  private static ByteBuffer all(InputStream in, long size) throws IOException {
    try (in) {
      return ByteBuffer.wrap(in.readNBytes((int) size));
    }
  }
}
