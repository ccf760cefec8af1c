package dev.pacebench.tasks.compose;

import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a service runs; that which a task is worked in may only wait. */
final class ProgramReader {

  private static final Pattern SHELL = Pattern.compile("(/bin/|/usr/bin/)?(ba|da)?sh( -l?c)?");
  private static final Pattern KEEPS_ALIVE =
      Pattern.compile(
          "(exec )?sleep (infinity|\\d+[smhd]?)|(exec )?tail -[fF] /dev/null"
              + "|while (true|:); do sleep \\d+; done|(/bin/|/usr/bin/)?(ba)?sh");

  private final Report report;
  private final boolean main;

  ProgramReader(Report report, boolean main) {
    this.report = report;
    this.main = main;
  }

  /** Empty for what only waits, and for what is reported. */
  Optional<List<String>> read(String key, YamlNode value) {
    if (main) {
      keepsAlive(key, value);
      return Optional.empty();
    }
    if (value instanceof Sequence list) {
      List<String> words = report.texts(key, list);
      return words.size() == list.items().size() ? Optional.of(words) : Optional.empty();
    }
    Optional<String> line = report.text(key, value);
    Optional<List<String>> words = line.flatMap(ShellWords::split);
    if (line.isPresent() && words.isEmpty()) {
      report.error(value.line(), key, "has a quote that does not end", "close it, or write a list");
    }
    return words;
  }

  /** The first process of a sandbox is our own; one that only waits is not missed. */
  private void keepsAlive(String key, YamlNode value) {
    String words;
    if (value instanceof Sequence list) {
      List<String> each = new ArrayList<>();
      list.items().forEach(item -> each.add(item instanceof Scalar one ? one.text() : "?"));
      words = String.join(" ", each);
    } else {
      words = value instanceof Scalar one ? one.text() : "?";
    }
    String plain = words.strip().replaceAll("\\s+", " ");
    Matcher shell = SHELL.matcher(plain);
    if (shell.lookingAt() && plain.length() > shell.end()) {
      plain = plain.substring(shell.end()).strip().replaceAll("^([\"'])(.*)\\1$", "$2");
    }
    boolean onlyWaits =
        plain.isEmpty()
            || KEEPS_ALIVE.matcher(plain.replaceAll(";$", "")).matches()
            || key.equals("entrypoint") && SHELL.matcher(plain).matches();
    if (!onlyWaits) {
      report.inVain(key, value.line());
    }
  }
}
