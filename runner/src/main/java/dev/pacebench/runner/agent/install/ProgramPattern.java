package dev.pacebench.runner.agent.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds a program in a folder by a path in which stars stand for what varies. */
final class ProgramPattern {

  private ProgramPattern() {}

  /** Paths inside the folder, sorted; a link counts as what it leads to. */
  static List<String> find(Path folder, String pattern) throws IOException {
    Pattern wanted = regex(pattern);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(path -> wanted.matcher(path).matches())
          .filter(path -> Files.isRegularFile(folder.resolve(path)))
          .sorted()
          .toList();
    }
  }

  private static Pattern regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    List<String> segments = List.of(pattern.split("/", -1));
    for (int i = 0; i < segments.size(); i++) {
      boolean last = i == segments.size() - 1;
      if (segments.get(i).equals("**")) {
        regex.append(last ? ".*" : "(?:[^/]+/)*");
      } else {
        regex.append(segment(segments.get(i))).append(last ? "" : "/");
      }
    }
    return Pattern.compile(regex.toString());
  }

  private static String segment(String segment) {
    return Arrays.stream(segment.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("[^/]*"));
  }
}
