package dev.pacebench.runner.lineup;

import dev.pacebench.runner.UserError;
import dev.pacebench.runner.lineup.YamlNode.Mapping;
import dev.pacebench.runner.lineup.YamlNode.Scalar;
import dev.pacebench.runner.lineup.YamlNode.Sequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a YAML file into nodes that know their lines.
 *
 * <p>Aliases are refused: they are the one means by which a small file grows without limit.
 */
public final class YamlReader {

  static final long MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 20;

  private final String where;
  private final String whenEmpty;
  private final YAMLParser parser;

  private YamlReader(String where, String whenEmpty, YAMLParser parser) {
    this.where = where;
    this.whenEmpty = whenEmpty;
    this.parser = parser;
  }

  /**
   * Reads a file.
   *
   * @param whenEmpty what to do about a file that holds nothing
   * @throws UserError when it is no YAML file, or one that could grow without limit
   */
  public static YamlNode read(Path file, String whenEmpty) {
    String text = text(file);
    try (YAMLParser parser =
        (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      return new YamlReader(file.toString(), whenEmpty, parser).document();
    } catch (JacksonException e) {
      Syntax syntax = Syntax.of(String.valueOf(e.getOriginalMessage()));
      boolean tab = startsWithTab(text, syntax.line);
      throw new UserError(
          syntax.line > 0 ? file + ":" + syntax.line : file.toString(),
          tab ? "a tab indents this line" : "is not YAML: " + syntax.problem,
          tab ? "indent with blanks" : "mend the line or the one above it");
    }
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UserError(file.toString(), "is a folder", "name a YAML file");
      }
      if (!Files.exists(file)) {
        throw new UserError(file.toString(), "does not exist", "name a YAML file that exists");
      }
      if (!Files.isRegularFile(file)) {
        throw new UserError(file.toString(), "is not a regular file", "name a YAML file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UserError(file.toString(), "is larger than 1 MB", "name a smaller file");
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(file.toString(), "is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      throw new UserError(
          file.toString(), "cannot be read: " + e.getMessage(), "check the file's permissions");
    }
  }

  private YamlNode document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new UserError(where, "is empty", whenEmpty);
    }
    YamlNode root = node(first, 0);
    if (parser.nextToken() != null) {
      throw new UserError(at(line()), "a second document begins", "keep one document in the file");
    }
    return root;
  }

  private YamlNode node(JsonToken token, int depth) {
    int line = line();
    if (depth > MAX_DEPTH) {
      throw new UserError(at(line), "is nested too deeply", "write a flatter file");
    }
    if (parser.isCurrentAlias()) {
      throw new UserError(
          at(line), "an alias `*" + parser.getString() + "` stands here", "write the value out");
    }
    return switch (token) {
      case START_OBJECT -> mapping(line, depth);
      case START_ARRAY -> sequence(line, depth);
      case VALUE_NULL -> new Scalar("", Scalar.NOTHING, line);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(parser.getString(), Scalar.SWITCH, line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar(parser.getString(), Scalar.NUMBER, line);
      default -> new Scalar(parser.getString(), Scalar.TEXT, line);
    };
  }

  private Mapping mapping(int line, int depth) {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    Map<String, Integer> keyLines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      Integer earlier = keyLines.put(key, keyLine);
      if (earlier != null) {
        throw new UserError(
            at(keyLine),
            "`" + key + "` stands in line " + earlier + " already",
            "keep one of the two");
      }
      values.put(key, node(parser.nextToken(), depth + 1));
    }
    return new Mapping(values, keyLines, line);
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

  private String at(int line) {
    return where + ":" + line;
  }

  private static boolean startsWithTab(String text, int line) {
    return line > 0
        && text.lines()
            .skip(line - 1L)
            .findFirst()
            .map(found -> found.stripTrailing().matches("\\s*\\t.*"))
            .orElse(false);
  }

  /**
   * The place and problem that the YAML library names last; it tells of the surrounding construct
   * first.
   */
  private record Syntax(int line, String problem) {

    private static final Pattern PLACE = Pattern.compile("^ in .*, line ([0-9]+), column [0-9]+:?");

    static Syntax of(String message) {
      Syntax found = new Syntax(0, message.lines().findFirst().orElse("syntax error"));
      String before = found.problem;
      for (String line : message.lines().toList()) {
        Matcher place = PLACE.matcher(line);
        if (place.find()) {
          found = new Syntax(Integer.parseInt(place.group(1)), before);
        }
        before = line;
      }
      return found;
    }
  }
}
