package dev.pacebench.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a {@code .dockerignore} leaves out of a build context; the last rule that fits decides. */
final class DockerIgnore {

  private record Rule(Pattern pattern, boolean keep) {}

  private final List<Rule> rules;

  private DockerIgnore(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The file beside the Dockerfile named after it comes first, as the newer builder has it. */
  static DockerIgnore read(Path context, Path dockerfile) throws IOException {
    Path own = dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore");
    Path shared = context.resolve(".dockerignore");
    Path file = Files.isRegularFile(own) ? own : shared;
    return of(Files.isRegularFile(file) ? Files.readAllLines(file) : List.of());
  }

  static DockerIgnore of(List<String> lines) {
    List<Rule> rules = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (text.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean keep = text.startsWith("!");
      String pattern = normal(keep ? text.substring(1).strip() : text);
      if (!pattern.isEmpty()) {
        rules.add(new Rule(Pattern.compile(regex(pattern)), keep));
      }
    }
    return new DockerIgnore(rules);
  }

  private static String normal(String pattern) {
    String path = Path.of(pattern).normalize().toString();
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*' && pattern.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (c == '*' && pattern.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && pattern.indexOf(']', i) > i) {
        int end = pattern.indexOf(']', i);
        regex.append(pattern, i, end + 1);
        i = end;
      } else if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    // A rule for a folder is one for all that it holds.
    return regex.append("(?:/.*)?").toString();
  }

  /** Whether a path, relative to the context and with slashes, is left out. */
  boolean excludes(String path) {
    boolean excluded = false;
    for (Rule rule : rules) {
      if (excluded == rule.keep() && rule.pattern().matcher(path).matches()) {
        excluded = !rule.keep();
      }
    }
    return excluded;
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }
}
