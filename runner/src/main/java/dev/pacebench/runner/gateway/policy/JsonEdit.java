package dev.pacebench.runner.gateway.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sets fields of a JSON object by exchanging their bytes alone.
 *
 * <p>All other bytes stay as they came: order, blanks, long numbers, escapes. A parser that reads
 * and writes the whole would round some of these, and could change what a provider's cache sees. A
 * field that stands there more than once is set everywhere. Two new fields in one new object need
 * two edits.
 */
final class JsonEdit {

  /** A change: what stands from {@code start} to {@code end} becomes this text. */
  private record Splice(int start, int end, String text) {}

  private final byte[] body;
  private final JsonScan scan;
  private final JsonScan.Members top;
  private final List<Splice> splices = new ArrayList<>();
  private final List<String> added = new ArrayList<>();

  private JsonEdit(byte[] body, JsonScan scan, JsonScan.Members top) {
    this.body = body;
    this.scan = scan;
    this.top = top;
  }

  /** An edit of a document; absent when it is no JSON object. */
  static Optional<JsonEdit> of(byte[] body) {
    JsonScan scan = new JsonScan(body);
    return scan.document().map(top -> new JsonEdit(body, scan, top));
  }

  /** The text that stands at a path. */
  Optional<String> text(String... path) {
    return value(path).flatMap(this::decoded);
  }

  /** The whole number that stands at a path. */
  Optional<Long> whole(String... path) {
    return value(path)
        .flatMap(
            member -> {
              try {
                return Optional.of(Long.valueOf(raw(member)));
              } catch (NumberFormatException e) {
                return Optional.empty();
              }
            });
  }

  /** Whether that literal, such as {@code true}, stands at a path. */
  boolean is(String literal, String... path) {
    return value(path).filter(member -> raw(member).equals(literal)).isPresent();
  }

  /** Whether anything stands at a path. */
  boolean has(String... path) {
    return value(path).isPresent();
  }

  private Optional<JsonScan.Member> value(String... path) {
    Optional<JsonScan.Member> found = last(top, path[0]);
    for (int i = 1; i < path.length; i++) {
      String name = path[i];
      found = found.flatMap(parent -> scan.object(parent.start())).flatMap(all -> last(all, name));
    }
    return found;
  }

  /** Of fields of one name readers take the last. */
  private static Optional<JsonScan.Member> last(JsonScan.Members members, String name) {
    return members.all().stream()
        .filter(member -> member.name().equals(name))
        .reduce((first, second) -> second);
  }

  /** Sets a text; returns whether that changes anything. */
  boolean setText(String text, String... path) {
    return set(JsonMapper.shared().writeValueAsString(text), text, path);
  }

  /** Sets a number, true or false; returns whether that changes anything. */
  boolean setLiteral(String literal, String... path) {
    return set(literal, null, path);
  }

  private boolean set(String json, @Nullable String text, String... path) {
    List<JsonScan.Member> found =
        top.all().stream().filter(member -> member.name().equals(path[0])).toList();
    if (found.isEmpty()) {
      added.add(quoted(path[0]) + ":" + nested(path, 1, json));
      return true;
    }
    boolean changed = false;
    for (JsonScan.Member member : found) {
      changed |= set(member, path, 1, json, text);
    }
    return changed;
  }

  private boolean set(
      JsonScan.Member parent, String[] path, int at, String json, @Nullable String text) {
    if (at == path.length) {
      return exchange(parent, json, text);
    }
    Optional<JsonScan.Members> object = scan.object(parent.start());
    if (object.isEmpty()) {
      splices.add(new Splice(parent.start(), parent.end(), nested(path, at, json)));
      return true;
    }
    List<JsonScan.Member> found =
        object.get().all().stream().filter(member -> member.name().equals(path[at])).toList();
    if (found.isEmpty()) {
      String comma = object.get().all().isEmpty() ? "" : ",";
      int close = object.get().close();
      String member = quoted(path[at]) + ":" + nested(path, at + 1, json);
      splices.add(new Splice(close, close, comma + member));
      return true;
    }
    boolean changed = false;
    for (JsonScan.Member member : found) {
      changed |= set(member, path, at + 1, json, text);
    }
    return changed;
  }

  private boolean exchange(JsonScan.Member member, String json, @Nullable String text) {
    boolean same =
        text == null
            ? raw(member).equals(json)
            : decoded(member).filter(found -> found.equals(text)).isPresent();
    if (!same) {
      splices.add(new Splice(member.start(), member.end(), json));
    }
    return !same;
  }

  /** The document with all that was set; the same array when nothing changed. */
  byte[] result() {
    if (!added.isEmpty()) {
      String comma = top.all().isEmpty() ? "" : ",";
      splices.add(new Splice(top.close(), top.close(), comma + String.join(",", added)));
      added.clear();
    }
    if (splices.isEmpty()) {
      return body;
    }
    splices.sort(Comparator.comparingInt(Splice::start));
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 256);
    int from = 0;
    for (Splice splice : splices) {
      out.write(body, from, splice.start() - from);
      out.writeBytes(splice.text().getBytes(StandardCharsets.UTF_8));
      from = splice.end();
    }
    out.write(body, from, body.length - from);
    return out.toByteArray();
  }

  private Optional<String> decoded(JsonScan.Member member) {
    if (body[member.start()] != '"') {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JsonMapper.shared()
              .readValue(body, member.start(), member.end() - member.start(), String.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private String raw(JsonScan.Member member) {
    int length = member.end() - member.start();
    return length > 30 ? "" : new String(body, member.start(), length, StandardCharsets.ISO_8859_1);
  }

  /** The value within objects of the names that the path still has. */
  private static String nested(String[] path, int from, String json) {
    String value = json;
    for (int i = path.length - 1; i >= from; i--) {
      value = "{" + quoted(path[i]) + ":" + value + "}";
    }
    return value;
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }
}
