package dev.pacebench.sandbox.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed Dockerfile.
 *
 * @param instructions in order, with their lines
 * @param syntax the frontend that the file asks for
 */
record Dockerfile(List<Instruction> instructions, Optional<String> syntax) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)(?::?-([^}]*))?}|([A-Za-z_]\\w*))");

  Dockerfile {
    instructions = List.copyOf(instructions);
  }

  /**
   * One instruction.
   *
   * @param line where it starts, from 1
   * @param name in capitals
   * @param flags such as {@code --from=build}, without what follows them
   * @param rest what follows the flags, on one line
   * @param heredoc whether documents follow it
   */
  record Instruction(int line, String name, List<String> flags, String rest, boolean heredoc) {
    Instruction {
      flags = List.copyOf(flags);
    }

    Optional<String> flag(String flag) {
      String start = "--" + flag + "=";
      return flags.stream()
          .filter(each -> each.startsWith(start))
          .map(each -> each.substring(start.length()))
          .findFirst();
    }

    /** The arguments, from the JSON form or by blanks and quotes. */
    List<String> words() {
      return DockerfileWords.of(rest);
    }
  }

  /** One {@code FROM}. */
  record Stage(int line, String image, Optional<String> name) {}

  /** The stages, with build arguments of the top put in where they have defaults. */
  List<Stage> stages() {
    Map<String, String> arguments = new LinkedHashMap<>();
    List<Stage> stages = new ArrayList<>();
    for (Instruction each : instructions) {
      if (each.name().equals("ARG") && stages.isEmpty()) {
        for (String word : each.words()) {
          int equals = word.indexOf('=');
          if (equals > 0) {
            arguments.put(word.substring(0, equals), word.substring(equals + 1));
          }
        }
      } else if (each.name().equals("FROM")) {
        List<String> words = each.words();
        Optional<String> name =
            words.size() == 3 ? Optional.of(words.get(2)) : Optional.<String>empty();
        stages.add(new Stage(each.line(), expand(words.get(0), arguments), name));
      }
    }
    return stages;
  }

  /** Images that must exist before a build: those of {@code FROM} and of {@code --from}. */
  List<Stage> baseImages() {
    List<Stage> images = new ArrayList<>();
    List<Stage> before = new ArrayList<>();
    for (Stage stage : stages()) {
      if (!stage.image().equals("scratch") && !isStage(stage.image(), before)) {
        images.add(stage);
      }
      before.add(stage);
    }
    for (Instruction each : instructions) {
      each.flag("from")
          .filter(from -> !from.matches("\\d+") && !isStage(from, before) && !from.contains("$"))
          .ifPresent(from -> images.add(new Stage(each.line(), from, Optional.empty())));
    }
    return images;
  }

  private static boolean isStage(String name, List<Stage> stages) {
    return stages.stream()
        .anyMatch(stage -> stage.name().map(name::equalsIgnoreCase).orElse(false));
  }

  /** Puts known values in; what is unknown stays as it stands. */
  static String expand(String text, Map<String, String> values) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
      String value = values.getOrDefault(name, matcher.group(2));
      matcher.appendReplacement(
          expanded, Matcher.quoteReplacement(value == null ? matcher.group() : value));
    }
    return matcher.appendTail(expanded).toString();
  }
}
