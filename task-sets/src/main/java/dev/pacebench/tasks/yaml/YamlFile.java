package dev.pacebench.tasks.yaml;

import dev.pacebench.tasks.Problem;
import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a YAML text into nodes that know their lines.
 *
 * <p>Aliases are refused: they are the one means by which a small file grows without limit. So are
 * tags, which ask a reader to make more of a value than a value, keys that stand there twice, and
 * second documents.
 */
public final class YamlFile {

  private static final int MAX_DEPTH = 20;
  private static final Pattern PLACE = Pattern.compile("^ in .*, line ([0-9]+), column [0-9]+:?");

  private final Path file;
  private final String whenEmpty;
  private final YAMLParser parser;

  private YamlFile(Path file, String whenEmpty, YAMLParser parser) {
    this.file = file;
    this.whenEmpty = whenEmpty;
    this.parser = parser;
  }

  /** Thrown with the first thing that is wrong. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Wrong(Problem problem) {
      super(problem.toString());
      this.problem = problem;
    }
  }

  /**
   * Parses a text.
   *
   * @param file where it was read from, for messages
   * @param problems receives what is wrong
   * @return empty when the text is no YAML, or one that could grow without limit, or holds nothing
   */
  public static Optional<YamlNode> parse(Path file, String text, List<Problem> problems) {
    return parse(file, text, "write what belongs into it", problems);
  }

  /**
   * As {@link #parse(Path, String, List)}.
   *
   * @param whenEmpty what to do about a file that holds nothing
   */
  public static Optional<YamlNode> parse(
      Path file, String text, String whenEmpty, List<Problem> problems) {
    try (YAMLParser parser =
        (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      return Optional.of(new YamlFile(file, whenEmpty, parser).document());
    } catch (Wrong e) {
      problems.add(e.problem);
    } catch (JacksonException e) {
      problems.add(syntax(file, String.valueOf(e.getOriginalMessage()), text));
    }
    return Optional.empty();
  }

  private YamlNode document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new Wrong(Problem.error(Show.path(file), "is empty", whenEmpty));
    }
    YamlNode root = node(first, 0);
    if (parser.nextToken() != null) {
      throw wrong(line(), "a second document begins", "keep one document in the file");
    }
    return root;
  }

  private YamlNode node(JsonToken token, int depth) {
    int line = line();
    if (depth > MAX_DEPTH) {
      throw wrong(line, "is nested too deeply", "write a flatter file");
    }
    if (parser.isCurrentAlias()) {
      throw wrong(
          line,
          "an alias *" + Show.text(parser.getString()) + " stands here",
          "write the value out");
    }
    String tag = parser.getRawTag();
    if (tag != null && !tag.isEmpty()) {
      throw wrong(line, "the tag " + Show.text(tag) + " stands here", "remove the tag");
    }
    return switch (token) {
      case START_OBJECT -> mapping(line, depth);
      case START_ARRAY -> sequence(line, depth);
      case VALUE_NULL -> new Scalar(Scalar.Type.NOTHING, "", line);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(Scalar.Type.SWITCH, parser.getString(), line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar(Scalar.Type.NUMBER, parser.getString(), line);
      default -> new Scalar(Scalar.Type.TEXT, parser.getString(), line);
    };
  }

  private Mapping mapping(int line, int depth) {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      Integer earlier = lines.put(key, keyLine);
      if (earlier != null) {
        throw wrong(
            keyLine,
            Show.text(key) + " stands in line " + earlier + " already",
            "keep one of the two");
      }
      values.put(key, node(parser.nextToken(), depth + 1));
    }
    return new Mapping(values, lines, line);
  }

  private Sequence sequence(int line, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(token, depth + 1));
    }
    return new Sequence(items, line);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private Wrong wrong(int line, String what, String remedy) {
    return new Wrong(Problem.error(Show.path(file) + ":" + line, what, remedy));
  }

  /** The place and problem that the library names last; it tells of what surrounds them first. */
  private static Problem syntax(Path file, String message, String text) {
    int line = 0;
    String problem = message.lines().findFirst().orElse("syntax error");
    String before = problem;
    for (String each : message.lines().toList()) {
      Matcher place = PLACE.matcher(each);
      if (place.find()) {
        line = Integer.parseInt(place.group(1));
        problem = before;
      }
      before = each;
    }
    String where = line > 0 ? Show.path(file) + ":" + line : Show.path(file);
    boolean tab =
        line > 0 && text.lines().skip(line - 1L).findFirst().orElse("").matches("\\s*\\t.*");
    return tab
        ? Problem.error(where, "a tab indents this line", "indent with blanks")
        : Problem.error(
            where, "is not YAML: " + Show.text(problem), "mend the line or the one above it");
  }
}
