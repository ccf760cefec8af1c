package dev.pacebench.tasks.rows;

import dev.pacebench.tasks.Problem;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Parquet in which published sets are written: flat columns of text.
 *
 * <p>Columns of any other kind are left out, as no field that a task needs is of another kind.
 */
final class ParquetFile {

  private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TEXT = 6;
  private static final int REPEATED = 2;
  private static final String REMEDY =
      "write its rows as JSON lines, with pandas: read_parquet(IN).to_json(OUT, orient=\"records\","
          + " lines=True)";

  private record Column(String name, boolean optional) {}

  private ParquetFile() {}

  static List<Row> read(Path file, String shown, JsonMapper json, List<Problem> problems)
      throws IOException {
    try {
      return rows(ByteBuffer.wrap(Files.readAllBytes(file)), shown, json);
    } catch (ArithmeticException
        | IllegalArgumentException
        | NegativeArraySizeException
        | BufferUnderflowException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      // All ways in which a file that lies about itself shows.
      problems.add(
          Problem.error(
              shown, "cannot be read as a Parquet file of text columns: " + reason(e), REMEDY));
      return List.of();
    }
  }

  private static String reason(RuntimeException e) {
    return e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : "it is damaged";
  }

  private static List<Row> rows(ByteBuffer data, String shown, JsonMapper json) throws IOException {
    int end = data.limit() - 8;
    if (end < 4 || !has(data, 0) || !has(data, end + 4)) {
      throw new IllegalArgumentException("it has no Parquet marks");
    }
    int length = data.order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    Map<Integer, Object> footer =
        new ThriftReader(data.slice(Math.subtractExact(end, length), length)).struct();
    List<Optional<Column>> columns = columns(list(footer, 2));
    List<Row> rows = new ArrayList<>();
    for (Object group : list(footer, 4)) {
      int count = Math.toIntExact(number(map(group), 3));
      if (count < 0 || count > data.limit() * 64L) {
        throw new IllegalArgumentException("a number of rows of " + count);
      }
      int first = rows.size();
      for (int i = 0; i < count; i++) {
        rows.add(new Row(shown + " row " + (first + i + 1), json.createObjectNode()));
      }
      List<Object> chunks = list(map(group), 1);
      for (int i = 0; i < columns.size(); i++) {
        Optional<Column> column = columns.get(i);
        if (column.isPresent()) {
          List<Optional<String>> values =
              new ParquetColumn(data, map(field(map(chunks.get(i)), 3)), column.get().optional())
                  .read(count);
          for (int j = 0; j < count; j++) {
            ObjectNode fields = rows.get(first + j).fields();
            String name = column.get().name();
            values.get(j).ifPresent(value -> fields.put(name, value));
          }
        }
      }
    }
    return rows;
  }

  /** The leaves of the schema; those that are not flat text are absent. */
  private static List<Optional<Column>> columns(List<Object> schema) {
    List<Optional<Column>> columns = new ArrayList<>();
    int at = 1;
    while (at < schema.size()) {
      Map<Integer, Object> element = map(schema.get(at++));
      if (element.containsKey(5)) {
        at = skip(schema, at, number(element, 5), columns);
      } else {
        long repetition = element.containsKey(3) ? number(element, 3) : 0;
        boolean text = number(element, 1) == TEXT && repetition != REPEATED;
        String name = new String((byte[]) field(element, 4), StandardCharsets.UTF_8);
        columns.add(text ? Optional.of(new Column(name, repetition == 1)) : Optional.empty());
      }
    }
    return columns;
  }

  /** Passes over what is nested, counting its leaves. */
  private static int skip(
      List<Object> schema, int from, long children, List<Optional<Column>> columns) {
    int at = from;
    for (long i = 0; i < children; i++) {
      Map<Integer, Object> element = map(schema.get(at++));
      if (element.containsKey(5)) {
        at = skip(schema, at, number(element, 5), columns);
      } else {
        columns.add(Optional.empty());
      }
    }
    return at;
  }

  private static boolean has(ByteBuffer data, int at) {
    return data.slice(at, MARK.length).equals(ByteBuffer.wrap(MARK));
  }

  /** A field that must be there. */
  static Object field(Map<Integer, Object> struct, int field) {
    Object value = struct.get(field);
    if (value == null) {
      throw new IllegalArgumentException("field " + field + " of a structure is absent");
    }
    return value;
  }

  @SuppressWarnings("unchecked") // The reader makes no other maps.
  static Map<Integer, Object> map(Object value) {
    return (Map<Integer, Object>) value;
  }

  @SuppressWarnings("unchecked") // The reader makes no other lists.
  private static List<Object> list(Map<Integer, Object> struct, int field) {
    return (List<Object>) field(struct, field);
  }

  static long number(Map<Integer, Object> struct, int field) {
    return (Long) field(struct, field);
  }
}
