package dev.pacebench.sandbox.docker;

import dev.pacebench.sandbox.docker.Dockerfile.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a Dockerfile far enough to say, before anything is built, whether it can be and where it
 * goes wrong.
 */
final class DockerfileParser {

  private static final Set<String> KNOWN =
      Set.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");
  private static final Set<String> WITH_DOCUMENTS = Set.of("RUN", "COPY", "ADD");
  private static final Pattern DIRECTIVE =
      Pattern.compile("^#\\s*([A-Za-z][\\w-]*)\\s*=\\s*(.+?)\\s*$");
  private static final Pattern DOCUMENT =
      Pattern.compile("^\\d*<<(-?)(?:'([^'<]+)'|\"([^\"<]+)\"|([^'\"<\\s]+))$");
  private static final Pattern FLAG = Pattern.compile("^(--[a-z][\\w-]*(?:=\\S*)?)(?:\\s+|$)");

  private final String[] lines;
  private int next;
  private char escape = '\\';
  private Optional<String> syntax = Optional.empty();

  private DockerfileParser(String text) {
    this.lines = text.replace("\uFEFF", "").split("\r?\n", -1);
  }

  static Dockerfile parse(String text) throws DockerfileProblem {
    return new DockerfileParser(text).parse();
  }

  private Dockerfile parse() throws DockerfileProblem {
    directives();
    List<Instruction> instructions = new ArrayList<>();
    while (next < lines.length) {
      String line = lines[next].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        next++;
      } else {
        instructions.add(instruction());
      }
    }
    if (instructions.isEmpty()) {
      throw new DockerfileProblem(1, "the Dockerfile is empty", "start it with FROM IMAGE");
    }
    checkOrder(instructions);
    return new Dockerfile(instructions, syntax);
  }

  /** Settings in comments count only before the first line of any other kind. */
  private void directives() throws DockerfileProblem {
    while (next < lines.length) {
      Matcher matcher = DIRECTIVE.matcher(lines[next]);
      if (!matcher.matches()) {
        return;
      }
      String value = matcher.group(2);
      switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
        case "escape" -> {
          if (!value.equals("\\") && !value.equals("`")) {
            throw new DockerfileProblem(
                next + 1, "the escape character is " + value, "use \\ or `");
          }
          escape = value.charAt(0);
        }
        case "syntax" -> syntax = Optional.of(value);
        case "check" -> {}
        default -> {
          return;
        }
      }
      next++;
    }
  }

  private Instruction instruction() throws DockerfileProblem {
    int start = next + 1;
    String text = logicalLine();
    String[] parts = text.split("\\s+", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    if (!KNOWN.contains(name)) {
      throw new DockerfileProblem(
          start,
          "unknown instruction " + parts[0],
          "use one of " + String.join(", ", KNOWN.stream().sorted().toList()));
    }
    String rest = parts.length > 1 ? parts[1].strip() : "";
    List<String> flags = new ArrayList<>();
    Matcher flag = FLAG.matcher(rest);
    while (takesFlags(name) && flag.find()) {
      flags.add(flag.group(1));
      rest = rest.substring(flag.end()).strip();
      flag = FLAG.matcher(rest);
    }
    if (rest.isEmpty()) {
      throw new DockerfileProblem(start, name + " needs an argument", "complete or remove it");
    }
    boolean documents = WITH_DOCUMENTS.contains(name) && skipDocuments(rest, start);
    Instruction instruction = new Instruction(start, name, flags, rest, documents);
    DockerfileRules.checkShape(instruction);
    return instruction;
  }

  private static boolean takesFlags(String name) {
    return switch (name) {
      case "ADD", "COPY", "FROM", "HEALTHCHECK", "RUN" -> true;
      default -> false;
    };
  }

  /** Joins continued lines; comments and blank lines between them are left out. */
  private String logicalLine() {
    StringBuilder text = new StringBuilder();
    boolean first = true;
    while (next < lines.length) {
      String line = lines[next];
      next++;
      String stripped = line.strip();
      if (!first && (stripped.isEmpty() || stripped.startsWith("#"))) {
        continue;
      }
      first = false;
      String end = line.stripTrailing();
      if (end.isEmpty() || end.charAt(end.length() - 1) != escape) {
        return text.append(line).toString().strip();
      }
      text.append(end, 0, end.length() - 1);
    }
    return text.toString().strip();
  }

  private boolean skipDocuments(String rest, int start) throws DockerfileProblem {
    if (DockerfileWords.json(rest).isPresent()) {
      return false;
    }
    Deque<String[]> open = new ArrayDeque<>();
    for (String word : rest.split("\\s+")) {
      Matcher matcher = DOCUMENT.matcher(word);
      if (matcher.matches()) {
        String end =
            matcher.group(2) != null
                ? matcher.group(2)
                : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
        open.add(new String[] {end, matcher.group(1)});
      }
    }
    boolean any = !open.isEmpty();
    while (!open.isEmpty()) {
      if (next >= lines.length) {
        throw new DockerfileProblem(
            start,
            "the document " + open.peek()[0] + " has no end",
            "end it with a line that holds only " + open.peek()[0]);
      }
      String line = open.peek()[1].isEmpty() ? lines[next] : lines[next].replaceAll("^\t+", "");
      next++;
      if (line.equals(open.peek()[0])) {
        open.remove();
      }
    }
    return any;
  }

  private static void checkOrder(List<Instruction> instructions) throws DockerfileProblem {
    for (Instruction each : instructions) {
      if (each.name().equals("FROM")) {
        return;
      }
      if (!each.name().equals("ARG")) {
        throw new DockerfileProblem(
            each.line(), each.name() + " stands before FROM", "start with FROM IMAGE");
      }
    }
    throw new DockerfileProblem(
        instructions.get(0).line(), "there is no FROM", "start with FROM IMAGE");
  }
}
