package dev.pacebench.tasks.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The ports that the last stage of a Dockerfile says its image listens on. */
final class ExposedPorts {

  private static final Pattern PORT = Pattern.compile("([1-9]\\d{0,4})(/(tcp|udp))?");
  private static final long LONGEST = 1 << 20;

  private ExposedPorts() {}

  /** None for a file that cannot be read, of which others tell. */
  static SortedSet<String> of(Path dockerfile) {
    SortedSet<String> ports = new TreeSet<>();
    try {
      if (!Files.isRegularFile(dockerfile) || Files.size(dockerfile) > LONGEST) {
        return ports;
      }
      for (String line : Files.readAllLines(dockerfile)) {
        String[] words = line.strip().split("\\s+");
        switch (words[0].toUpperCase(Locale.ROOT)) {
          case "FROM" -> ports.clear();
          case "EXPOSE" -> {
            for (int i = 1; i < words.length; i++) {
              if (PORT.matcher(words[i]).matches()) {
                ports.add(words[i].contains("/") ? words[i] : words[i] + "/tcp");
              }
            }
          }
          default -> {}
        }
      }
      return ports;
    } catch (IOException e) {
      return ports;
    }
  }
}
