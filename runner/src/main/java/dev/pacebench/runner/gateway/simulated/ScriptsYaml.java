package dev.pacebench.runner.gateway.simulated;

import dev.pacebench.runner.lineup.Nearest;
import dev.pacebench.runner.lineup.ProblemList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Walks a YAML text and takes only what is asked for; the rest becomes problems with their lines.
 *
 * <p>Each taking method starts at the value's first token and ends at its last. Aliases are
 * refused, so a short text cannot stand for a long one.
 */
final class ScriptsYaml implements AutoCloseable {

  private static final Pattern PLACE = Pattern.compile("line ([0-9]+), column [0-9]+");

  private final String where;
  private final YAMLParser parser;
  private final ProblemList problems;
  private boolean clean = true;

  ScriptsYaml(String where, String text, ProblemList problems) {
    this.where = where;
    this.problems = problems;
    this.parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text);
  }

  /** Whether no problem was found so far. */
  boolean clean() {
    return clean;
  }

  boolean next() {
    return parser.nextToken() != null;
  }

  boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  void problem(String what, String remedy) {
    problemAt(line(), what, remedy);
  }

  void problemAt(int line, String what, String remedy) {
    clean = false;
    problems.add(where + ":" + line, what, remedy);
  }

  /** The YAML library names the innermost place last. */
  void syntax(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int line = 1;
    Matcher place = PLACE.matcher(message);
    while (place.find()) {
      line = Integer.parseInt(place.group(1));
    }
    problemAt(
        line,
        "is not YAML: " + message.lines().findFirst().orElse("syntax error"),
        "mend the line or the one above it; commands are best written after `|`");
  }

  /** Takes a mapping; the reader takes the value of each known key. */
  void mapping(String name, List<String> keys, Consumer<String> reader) {
    if (!at(JsonToken.START_OBJECT)) {
      refuse(name, "a mapping", "write `key: value` lines");
      return;
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = String.valueOf(parser.currentName());
      boolean known = keys.contains(key);
      boolean again = !seen.add(key);
      if (!known) {
        String owner = name.isEmpty() ? "" : " in `" + name + "`";
        problem("unknown key `" + key + "`" + owner, Nearest.hint(key, keys));
      } else if (again) {
        problem("`" + key + "` stands here twice", "keep one of the two");
      }
      parser.nextToken();
      if (known && !again) {
        reader.accept(key);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Takes a list; the reader takes each item and is told its index. */
  void list(String name, IntConsumer reader) {
    if (!at(JsonToken.START_ARRAY)) {
      refuse(name, "a list", "write lines under it that start with `- `");
      return;
    }
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      reader.accept(index);
    }
  }

  /** Takes a text without the line feeds at its end. */
  Optional<String> text(String name) {
    if (!at(JsonToken.VALUE_STRING) || parser.isCurrentAlias()) {
      refuse(name, "text", "write text, in quotes where it looks like something else");
      return Optional.empty();
    }
    String text = parser.getString();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    text = text.substring(0, end);
    if (text.isBlank()) {
      problem("`" + name + "` is blank", "write something, or leave the key out");
      return Optional.empty();
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      problem("`" + name + "` has control characters", "remove them; a command can use printf");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** Takes a whole number. */
  Optional<Integer> number(String name, int least, int most) {
    if (!at(JsonToken.VALUE_NUMBER_INT)) {
      refuse(name, "a whole number", "write a number from " + least + " to " + most);
      return Optional.empty();
    }
    String digits = parser.getString();
    // Compared by length first: no number is parsed that an int cannot hold.
    boolean plain = digits.matches("[0-9]{1,9}");
    if (!plain || Integer.parseInt(digits) < least || Integer.parseInt(digits) > most) {
      problem("`" + name + "` is out of range", "write a number from " + least + " to " + most);
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(digits));
  }

  private void refuse(String name, String wanted, String remedy) {
    String subject = name.isEmpty() ? "the file" : "`" + name + "`";
    if (parser.isCurrentAlias()) {
      problem(subject + " is an alias", "write the value out");
    } else {
      problem(subject + " must be " + wanted + ", is " + kind(), remedy);
    }
    parser.skipChildren();
  }

  private String kind() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "a mapping";
      case START_ARRAY -> "a list";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "nothing";
      default -> "text";
    };
  }

  @Override
  public void close() {
    parser.close();
  }
}
