package dev.pacebench.runner.gateway.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds where the fields of a JSON object stand.
 *
 * <p>It follows strings and brackets and checks no more than it needs for that: what is wrong
 * inside a value goes on to the provider, which has the last word on it.
 */
final class JsonScan {

  /** A field: its name, and from where to where its value stands. */
  record Member(String name, int start, int end) {}

  /** The fields of an object, in order, and where its closing brace stands. */
  record Members(List<Member> all, int close) {}

  private static final int WRONG = -1;

  private final byte[] bytes;

  JsonScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The fields of the document; absent when it is not one whole object. */
  Optional<Members> document() {
    int start = blanks(0);
    return object(start).filter(members -> blanks(members.close() + 1) == bytes.length);
  }

  /** The fields of the object whose brace stands there; absent when none does. */
  Optional<Members> object(int start) {
    if (at(start) != '{') {
      return Optional.empty();
    }
    List<Member> all = new ArrayList<>();
    int next = blanks(start + 1);
    if (at(next) == '}') {
      return Optional.of(new Members(all, next));
    }
    while (at(next) == '"') {
      int nameEnd = string(next);
      int colon = nameEnd == WRONG ? WRONG : blanks(nameEnd);
      if (colon == WRONG || at(colon) != ':') {
        return Optional.empty();
      }
      int valueStart = blanks(colon + 1);
      int valueEnd = value(valueStart);
      String name = name(next, nameEnd);
      if (valueEnd == WRONG || name == null) {
        return Optional.empty();
      }
      all.add(new Member(name, valueStart, valueEnd));
      next = blanks(valueEnd);
      if (at(next) == '}') {
        return Optional.of(new Members(all, next));
      }
      if (at(next) != ',') {
        return Optional.empty();
      }
      next = blanks(next + 1);
    }
    return Optional.empty();
  }

  private int at(int index) {
    return index >= 0 && index < bytes.length ? bytes[index] : WRONG;
  }

  private int blanks(int index) {
    int next = index;
    while (next < bytes.length && isBlank(bytes[next])) {
      next++;
    }
    return next;
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  /** The index after a string that begins there. */
  private int string(int start) {
    for (int i = start + 1; i < bytes.length; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i + 1;
      }
    }
    return WRONG;
  }

  /** The index after a value that begins there. */
  private int value(int start) {
    int first = at(start);
    if (first == '"') {
      return string(start);
    }
    if (first == '{' || first == '[') {
      return nested(start);
    }
    int end = start;
    while (isOfScalar(at(end))) {
      end++;
    }
    return end == start ? WRONG : end;
  }

  private int nested(int start) {
    int depth = 0;
    int i = start;
    while (i < bytes.length) {
      int character = bytes[i];
      if (character == '"') {
        i = string(i);
        if (i == WRONG) {
          return WRONG;
        }
        continue;
      }
      if (character == '{' || character == '[') {
        depth++;
      } else if (character == '}' || character == ']') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
      i++;
    }
    return WRONG;
  }

  private static boolean isOfScalar(int character) {
    return (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || character == '-'
        || character == '+'
        || character == '.';
  }

  private @Nullable String name(int start, int end) {
    for (int i = start + 1; i < end - 1; i++) {
      if (bytes[i] == '\\') {
        return decoded(start, end);
      }
    }
    return new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  private @Nullable String decoded(int start, int end) {
    try {
      return JsonMapper.shared().readValue(bytes, start, end - start, String.class);
    } catch (JacksonException e) {
      return null;
    }
  }
}
