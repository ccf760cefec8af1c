package dev.pacebench.tasks.terminalbench;

import dev.pacebench.tasks.files.Show;
import dev.pacebench.tasks.yaml.YamlNode;
import dev.pacebench.tasks.yaml.YamlNode.Mapping;
import dev.pacebench.tasks.yaml.YamlNode.Scalar;
import dev.pacebench.tasks.yaml.YamlNode.Sequence;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A solution that was written to be typed into a terminal, as a script where that comes to the
 * same.
 *
 * <p>It does for whole commands, one after the other in one shell. Keys, text without a line's end
 * and programs that take over the screen need a terminal.
 *
 * @param text the script
 * @param malformed what the file is instead of a list of commands; empty for one
 * @param needsTerminal why it is no script; empty for one
 * @param line where that is
 */
record KeystrokeScript(String text, String malformed, String needsTerminal, int line) {

  private static final Pattern KEY =
      Pattern.compile(
          "([CMS]-)+\\S+|\\^.|Enter|Escape|Tab|BTab|BSpace|Space|Up|Down|Left|Right|Home|End"
              + "|(Page|Pg)(Up|Down|Dn)|NPage|PPage|DC|IC|F\\d{1,2}");
  private static final Set<String> FULL_SCREEN =
      Set.of(
          "vi", "vim", "nvim", "nano", "emacs", "ed", "less", "more", "man", "top", "htop", "tmux",
          "screen");
  private static final Set<String> PROMPTS =
      Set.of(
          "python", "python3", "ipython", "node", "irb", "psql", "mysql", "sqlite3", "gdb", "ftp",
          "telnet", "ssh", "bash", "sh", "su", "passwd");

  private static final int MOST_PAUSE = 60;

  static KeystrokeScript of(YamlNode root) {
    if (!(root instanceof Sequence list)) {
      return malformed("is " + root.kind(), root.line());
    }
    StringBuilder script = new StringBuilder("#!/bin/bash\n");
    for (YamlNode item : list.items()) {
      if (!(item instanceof Mapping step)) {
        return malformed("has " + item.kind() + " in place of a command", item.line());
      }
      if (!(step.get("command").orElse(null) instanceof Scalar command)) {
        return malformed("has a command without `command`", item.line());
      }
      String problem = terminalNeed(command.text(), text(step, "append_enter"));
      if (!problem.isEmpty()) {
        return new KeystrokeScript("", "", problem, command.line());
      }
      script.append(command.text().stripTrailing()).append('\n');
      // Later commands may count on a server that needs a moment.
      if (command.text().strip().endsWith("&")) {
        script.append("sleep ").append(pause(text(step, "min_timeout_sec"))).append('\n');
      }
    }
    return new KeystrokeScript(script.toString(), "", "", root.line());
  }

  private static KeystrokeScript malformed(String what, int line) {
    return new KeystrokeScript("", what, "", line);
  }

  private static String text(Mapping step, String key) {
    return step.get(key).orElse(null) instanceof Scalar one ? one.text() : "";
  }

  private static String terminalNeed(String command, String appendEnter) {
    String plain = command.strip();
    String[] words = plain.split("\\s+");
    if (KEY.matcher(plain).matches()) {
      return "the key " + Show.text(plain) + " needs a terminal";
    }
    if (appendEnter.toLowerCase(Locale.ROOT).matches("false|no|off")) {
      return "text without a line's end needs a terminal";
    }
    boolean prompts = words.length == 1 && PROMPTS.contains(words[0]);
    if (FULL_SCREEN.contains(words[0]) || prompts) {
      return Show.text(words[0]) + " needs a terminal";
    }
    return "";
  }

  private static int pause(String text) {
    boolean number = text.matches("\\d{1,6}(\\.\\d*)?");
    return number ? (int) Math.min(MOST_PAUSE, Math.ceil(Double.parseDouble(text))) : 0;
  }
}
